import { act, fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { QueryProvider, type PageEvent, type UseCameraResult } from '@invigil/client';
import { LiveInterview } from '../pages/interview/live-interview';
import { aResult, aSession, aStatus, anAlert, problem } from './fake-service';
import { advance, bench, settle, until, useFakeTimers } from './harness';

const at = bench();
const STATUS = 'GET /api/v1/proctoring/status/s1';
const ALERTS = 'GET /api/v1/proctoring/alerts/s1';

const CAMERA = {
  status: 'live',
  stream: null,
  devices: [],
  deviceId: null,
  permission: 'granted',
  error: null,
  start: () => Promise.resolve(true),
  stop: () => {},
  videoRef: () => {},
} satisfies UseCameraResult;

describe('a running interview', () => {
  const over = vi.fn();
  const tree = (camera: UseCameraResult) => (
    <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
      <LiveInterview session={aSession('s1')} camera={camera} onOver={over} />
    </QueryProvider>
  );
  async function open(camera: UseCameraResult = CAMERA) {
    at.service.on('GET /api/v1/session/s1', () => aSession('s1'));
    const { rerender } = render(tree(camera));
    fireEvent.click(screen.getByRole('button', { name: 'Skip this step' }));
    if (vi.isFakeTimers()) {
      await advance(1);
    }
    await until(() => screen.getByTestId('connection').textContent === 'Connected');
    return (next: UseCameraResult) => rerender(tree(next));
  }
  const told = () => [...document.querySelectorAll<HTMLElement>('.messages [data-kind]')].map(({ dataset }) => dataset.kind);

  it('should tell what opens and closes though the alerts cannot be loaded', async () => {
    at.service.on(STATUS, () => aStatus('s1')).on(ALERTS, (_call, response) => problem(response, 503, 'the store does not answer'));
    await open();
    await until(() => screen.queryByText('All is well.') !== null);
    const alert = anAlert('a1', { type: 'black_screen' });
    act(() => at.service.push(aResult('s1', [alert])));
    await until(() => told().includes('black_screen'));
    expect(screen.queryByText('All is well.')).toBeNull();
    act(() => at.service.push(aResult('s1', [], [{ ...alert, phase: 'closed' }])));
    await until(() => screen.queryByText('All is well.') !== null);
  });

  it('should tell what is open though newer alerts have taken its place in the list', async () => {
    const old = anAlert('old', { type: 'second_display', timestamp: '2026-01-02T09:00:00Z' });
    at.service.on(STATUS, () => aStatus('s1', { open_alerts: [old] })).on(ALERTS, () => ({
      session_id: 's1',
      alerts: Array.from({ length: 20 }, (_unused, index) => anAlert(`a${index}`, { phase: 'closed' })),
      next_cursor: null,
    }));
    await open();
    await until(() => told().includes('second_display'));
  });

  it('should note nothing that happens on the page while the interview is paused, from the moment it is', async () => {
    // So that no poll tells of the pause.
    useFakeTimers();
    at.service.on(STATUS, () => aStatus('s1')).on(ALERTS, () => ({ session_id: 's1', alerts: [], next_cursor: null }));
    await open();
    await until(() => screen.queryByText('All is well.') !== null);
    const pastes = () => at.service.connection.received.filter((message) => typeof message === 'string' && message.includes('"paste"')).length;
    const paste = () => act(() => void document.dispatchEvent(new Event('paste')));
    paste();
    await until(() => pastes() === 1);
    at.service.on(STATUS, () => aStatus('s1', { state: 'paused' }));
    act(() => at.service.push({ type: 'session', session_id: 's1', state: 'paused' }));
    await until(() => screen.queryByText(/^Your interviewer has paused/) !== null);
    paste();
    at.service.on(STATUS, () => aStatus('s1'));
    act(() => at.service.push({ type: 'session', session_id: 's1', state: 'active' }));
    await until(() => screen.queryByText(/^Your interviewer has paused/) === null);
    paste();
    await until(() => pastes() >= 2);
    await settle(100);
    expect(pastes()).toBe(2);
  });

  it('should send the times of what happens on the page by the service\'s clock', async () => {
    at.service.on(STATUS, () => aStatus('s1')).on(ALERTS, () => ({ session_id: 's1', alerts: [], next_cursor: null }));
    await open();
    act(() => at.service.push(aResult('s1', [anAlert('a1', { type: 'black_screen' })])));
    await until(() => told().includes('black_screen'));
    act(() => void document.dispatchEvent(new Event('paste')));
    const paste = () => at.service.connection.received.find((message) => typeof message === 'string' && message.includes('"paste"'));
    await until(() => paste() !== undefined);
    // The frame of the result is of the year before that of the test's clock.
    expect((JSON.parse(String(paste())) as PageEvent).timestamp).toMatch(/^2026-01-02T10:/);
  });

  it('should let a candidate choose and restart the camera', async () => {
    at.service.on(STATUS, () => aStatus('s1')).on(ALERTS, () => ({ session_id: 's1', alerts: [], next_cursor: null }));
    const start = vi.fn(() => Promise.resolve(true));
    const devices = ['Front', 'Desk'].map((label, index) => ({ deviceId: `cam${index}`, label }));
    await open({ ...CAMERA, start, devices, deviceId: 'cam0' });
    fireEvent.change(screen.getByLabelText('Camera'), { target: { value: 'cam1' } });
    expect(start).toHaveBeenLastCalledWith('cam1');
    fireEvent.click(screen.getByRole('button', { name: 'Restart the camera' }));
    expect(start).toHaveBeenLastCalledWith();
  });

  it('should leave the focus where a button was that has done its work', async () => {
    at.service.on(STATUS, () => aStatus('s1')).on(ALERTS, () => ({ session_id: 's1', alerts: [], next_cursor: null }));
    const show = await open({ ...CAMERA, status: 'lost' });
    const press = (name: string) => {
      const button = screen.getByRole('button', { name });
      act(() => (button.focus(), button.click()));
    };
    press('Try the camera again');
    show({ ...CAMERA, status: 'requesting' });
    expect(screen.queryByRole('button', { name: 'Try the camera again' })).toBeNull();
    expect(document.activeElement?.className).toBe('self-view');
    show(CAMERA);
    expect(document.activeElement?.className).toBe('self-view');
    at.service.connection.socket.close(1000);
    await until(() => screen.queryByRole('button', { name: 'Carry on here' }) !== null);
    press('Carry on here');
    await until(() => screen.getByTestId('connection').textContent === 'Connected');
    expect(document.activeElement?.textContent).toBe('Your interview is running');
  });

  it('should not say that all is well before the service has told', async () => {
    at.service.on(STATUS, (_call, response) => problem(response, 503, 'busy')).on(ALERTS, (_call, response) => problem(response, 503, 'busy'));
    await open();
    await settle();
    expect(screen.queryByText('All is well.')).toBeNull();
  });
});
