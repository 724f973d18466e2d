import { act } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePageEvents, useWebSocket, type PageEvent, type SocketPhase } from '@invigil/client';
import { aResult, aSession } from './fake-service';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();

describe('usePageEvents', () => {
  let focused = true;
  let visibility = 'visible';
  beforeEach(() => {
    focused = true;
    visibility = 'visible';
    vi.spyOn(document, 'hasFocus').mockImplementation(() => focused);
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility as DocumentVisibilityState);
  });
  const leave = () => act(() => {
    visibility = 'hidden';
    focused = false;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const comeBack = () => act(() => {
    visibility = 'visible';
    focused = true;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const brief = (events: PageEvent[]) => events.map(({ name, phase }) => `${name} ${phase}`);
  const NOTHING_OPEN = ['tab_switch ended', 'window_blur ended', 'second_display ended'];

  it('should bracket leaving the tab, without a second report for the lost focus', async () => {
    const sent: PageEvent[] = [];
    const { result } = render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    leave();
    comeBack();
    expect(brief(sent)).toEqual([...NOTHING_OPEN, 'tab_switch began', 'tab_switch ended']);
    expect(result.current.counts.tab_switch).toBe(1);
  });

  it('should report a window that is not in front, and a paste', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    focused = false;
    act(() => void window.dispatchEvent(new Event('blur')));
    await advance(1);
    act(() => void document.dispatchEvent(new Event('paste')));
    focused = true;
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(brief(sent)).toEqual([...NOTHING_OPEN, 'window_blur began', 'paste moment', 'window_blur ended']);
  });

  it('should report leaving full screen and a second display', async () => {
    const sent: PageEvent[] = [];
    let full: Element | null = null;
    Object.defineProperty(document, 'fullscreenElement', { configurable: true, get: () => full });
    Object.defineProperty(window.screen, 'isExtended', { configurable: true, value: true });
    const { result } = render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    full = document.body;
    act(() => void document.dispatchEvent(new Event('fullscreenchange')));
    full = null;
    act(() => void document.dispatchEvent(new Event('fullscreenchange')));
    expect(brief(sent)).toEqual(['second_display began', 'tab_switch ended', 'window_blur ended', 'fullscreen_exit moment']);
    expect(result.current.hasSecondDisplay).toBe(true);
    delete (window.screen as { isExtended?: boolean }).isExtended;
  });

  it('should keep what could not be sent and send it in order once it can', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    let connected = false;
    render(at, () => usePageEvents({ send: (event) => connected && sent.push(event) > 0 }));
    leave();
    comeBack();
    expect(sent).toHaveLength(0);
    connected = true;
    await advance(2_000);
    expect(brief(sent)).toEqual([...NOTHING_OPEN, 'tab_switch began', 'tab_switch ended']);
  });

  it('should keep what could not be sent while it is switched off and on again', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    let connected = false;
    const { rerender } = render(at, ({ on }) => usePageEvents({ enabled: on, send: (event) => connected && sent.push(event) > 0 }), { on: true });
    leave();
    rerender({ on: false });
    comeBack();
    rerender({ on: true });
    act(() => void document.dispatchEvent(new Event('paste')));
    rerender({ on: false });
    expect(sent).toHaveLength(0);
    connected = true;
    await advance(2_000);
    expect(brief(sent)).toEqual([...NOTHING_OPEN, 'tab_switch began', 'tab_switch ended', 'paste moment']);
  });

  it('should never send to one session what was not sent to another, and end and begin what is open with them', async () => {
    useFakeTimers();
    const sent: string[] = [];
    let connected = false;
    const { rerender } = render(at, ({ id }: { id: string | null }) =>
      usePageEvents({ sessionId: id, send: ({ name, phase }) => connected && sent.push(`${id} ${name} ${phase}`) > 0 }), { id: 's1' as string | null });
    leave();
    rerender({ id: null });
    connected = true;
    rerender({ id: 's2' });
    await advance(2_000);
    comeBack();
    expect(sent.filter((line) => !line.startsWith('null'))).toEqual(['s2 tab_switch began', 's2 window_blur ended', 's2 second_display ended', 's2 tab_switch ended']);
  });

  it('should end what is open when it is switched off, and watch only what it is told', async () => {
    const sent: PageEvent[] = [];
    const { rerender } = render(at, ({ on }) => usePageEvents({ enabled: on, events: ['tab_switch'], send: (event) => sent.push(event) > 0 }), { on: true });
    act(() => void document.dispatchEvent(new Event('paste')));
    leave();
    rerender({ on: false });
    comeBack();
    expect(brief(sent)).toEqual(['tab_switch ended', 'tab_switch began', 'tab_switch ended']);
  });

  it('should tell on each new connection how the page stands, after what it had to say before', () => {
    const sent: PageEvent[] = [];
    const onEvent = vi.fn();
    const { rerender, result } = render(at, ({ phase }: { phase: SocketPhase }) =>
      usePageEvents({ phase, onEvent, send: (event) => phase === 'open' && sent.push(event) > 0 }), { phase: 'connecting' } as { phase: SocketPhase });
    rerender({ phase: 'open' });
    expect(brief(sent.splice(0))).toEqual(NOTHING_OPEN);
    leave();
    rerender({ phase: 'waiting' });
    rerender({ phase: 'open' });
    expect(brief(sent.splice(0))).toEqual(['tab_switch began', 'tab_switch began', 'window_blur ended', 'second_display ended']);
    rerender({ phase: 'waiting' });
    comeBack();
    rerender({ phase: 'open' });
    expect(brief(sent)).toEqual(['tab_switch ended', 'window_blur ended', 'second_display ended']);
    // How the page stands is no event: nothing happened.
    expect(onEvent).toHaveBeenCalledTimes(2);
    expect(result.current.counts.tab_switch).toBe(1);
  });

  it('should not send what began or ended while another page had the session', () => {
    const sent: PageEvent[] = [];
    const { rerender } = render(at, ({ phase }: { phase: SocketPhase }) =>
      usePageEvents({ phase, send: (event) => phase === 'open' && sent.push(event) > 0 }), { phase: 'open' } as { phase: SocketPhase });
    leave();
    rerender({ phase: 'waiting' });
    comeBack();
    act(() => void document.dispatchEvent(new Event('paste')));
    rerender({ phase: 'replaced' });
    leave();
    comeBack();
    leave();
    sent.length = 0;
    rerender({ phase: 'open' });
    expect(brief(sent)).toEqual(['paste moment', 'tab_switch began', 'window_blur ended', 'second_display ended']);
  });

  it('should say again, in order and with its time, what went into a connection that was dead, and nothing that was answered', async () => {
    at.service.on('GET /api/v1/session/s1', () => aSession('s1'));
    const { result } = render(at, () => {
      const socket = useWebSocket({ sessionId: 's1', baseMs: 10 });
      usePageEvents({ sessionId: 's1', events: ['paste', 'tab_switch'], send: socket.sendMessage, phase: socket.phase });
      return socket;
    });
    const heard = () => at.service.connection.received.map((message) => JSON.parse(String(message)) as PageEvent);
    const answer = (name: string) => at.service.push({ type: 'event_result', session_id: 's1', name, status: 'ignored', alert_id: null });
    const paste = () => act(() => void document.dispatchEvent(new Event('paste')));
    await until(() => result.current.isConnected && heard().length === 1);
    leave();
    comeBack();
    await until(() => heard().length === 3);
    // What is refused is answered too.
    answer('tab_switch');
    answer('tab_switch');
    at.service.push({ ...aResult('s1'), data: { ...aResult('s1').data, status: 'error', frame_index: -1 } });
    await settle();
    const first = at.service.connection;
    paste();
    leave();
    await until(() => heard().length === 5);
    expect(heard().every(({ timestamp }) => timestamp === undefined)).toBe(true);
    first.socket.terminate();
    await until(() => !result.current.isConnected);
    paste();
    await until(() => result.current.isConnected && at.service.connection !== first && heard().length >= 3);
    await settle(100);
    expect(brief(heard())).toEqual(['paste moment', 'tab_switch began', 'paste moment']);
    const [lost, later] = heard();
    expect(Date.parse(lost?.timestamp ?? '')).toBeLessThanOrEqual(Date.parse(later?.timestamp ?? ''));
    // The answer to the first was left out.
    answer('tab_switch');
    answer('paste');
    await settle();
    const second = at.service.connection;
    second.socket.terminate();
    await until(() => result.current.isConnected && at.service.connection !== second && heard().length >= 1);
    await settle(100);
    // How the page stands, and no more.
    expect(brief(heard())).toEqual(['tab_switch began']);
  });

  it('should send no more at once than the service takes', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    let connected = false;
    render(at, () => usePageEvents({ events: ['tab_switch'], send: (event) => connected && sent.push(event) > 0 }));
    for (let times = 0; times < 22; times++) {
      leave();
      comeBack();
    }
    connected = true;
    await advance(2_000);
    expect(sent).toHaveLength(20);
    leave();
    expect(sent).toHaveLength(20);
    await advance(2_000);
    expect(sent).toHaveLength(40);
    await advance(2_000);
    expect(brief(sent)).toEqual(['tab_switch ended', ...Array.from({ length: 22 }, () => ['tab_switch began', 'tab_switch ended']).flat(), 'tab_switch began']);
  });

  it('should leave the time of what is sent as it happens to the service, and go by its clock where that is known', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'], now: new Date('2026-01-02T09:00:00Z') });
    const sent: PageEvent[] = [];
    let connected = true;
    const { rerender } = render(at, ({ now }: { now?: () => number }) =>
      usePageEvents({ events: ['tab_switch'], now, send: (event) => connected && sent.push(event) > 0 }), {} as { now?: () => number });
    sent.length = 0;
    leave();
    connected = false;
    comeBack();
    connected = true;
    act(() => void vi.advanceTimersByTime(2_000));
    rerender({ now: () => Date.now() + 600_000 });
    leave();
    connected = false;
    comeBack();
    act(() => void vi.advanceTimersByTime(2_000));
    connected = true;
    act(() => void vi.advanceTimersByTime(2_000));
    expect(sent.map(({ phase, timestamp }) => `${phase} ${timestamp}`)).toEqual([
      'began undefined',
      'ended 2026-01-02T09:00:00.000Z',
      'began 2026-01-02T09:10:02.000Z',
      'ended 2026-01-02T09:10:02.000Z',
    ]);
  });
});
