import { act } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePageEvents, type PageEvent } from '@invigil/client';
import { advance, bench, render, useFakeTimers } from './harness';

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

  it('should bracket leaving the tab, without a second report for the lost focus', async () => {
    const sent: PageEvent[] = [];
    const { result } = render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    leave();
    comeBack();
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended']);
    expect(result.current.counts.tab_switch).toBe(1);
    expect(sent[0]?.timestamp).toMatch(/Z$/);
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
    expect(brief(sent)).toEqual(['window_blur began', 'paste moment', 'window_blur ended']);
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
    expect(brief(sent)).toEqual(['second_display began', 'fullscreen_exit moment']);
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
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended']);
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
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended', 'paste moment']);
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
    expect(sent.filter((line) => !line.startsWith('null'))).toEqual(['s2 tab_switch began', 's2 tab_switch ended']);
  });

  it('should end what is open when it is switched off, and watch only what it is told', async () => {
    const sent: PageEvent[] = [];
    const { rerender } = render(at, ({ on }) => usePageEvents({ enabled: on, events: ['tab_switch'], send: (event) => sent.push(event) > 0 }), { on: true });
    act(() => void document.dispatchEvent(new Event('paste')));
    leave();
    rerender({ on: false });
    comeBack();
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended']);
  });
});
