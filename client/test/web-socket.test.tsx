import type { ServerResponse } from 'node:http';
import { act } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { backoffDelayMs, sessionKeys, useAlerts, useWebSocket, type Alert, type DisconnectInfo, type UseWebSocketOptions } from '@invigil/client';
import { aResult, aSession, anAlert, problem } from './fake-service';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();
const SESSION = 'GET /api/v1/session/s1';

function connect(options: Partial<UseWebSocketOptions> = {}, strict = false) {
  return render(at, (changes: Partial<UseWebSocketOptions>) => useWebSocket({ sessionId: 's1', random: () => 1, ...options, ...changes }), {}, strict).result;
}

async function connected(options: Partial<UseWebSocketOptions> = {}) {
  at.service.on(SESSION, () => aSession('s1'));
  const result = connect(options);
  await until(() => result.current.isConnected);
  return result;
}

/** Lets the dial that waits at the end of the task go out under fake timers. */
const dial = () => advance(1);

describe('backoffDelayMs', () => {
  it('should double up to its limit and leave the upper half to chance', () => {
    const at1 = (attempt: number) => backoffDelayMs(attempt, { random: () => 1 });
    expect([1, 2, 3, 4, 5, 6, 20].map(at1)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    expect([1, 2, 3].map((attempt) => backoffDelayMs(attempt, { random: () => 0 }))).toEqual([500, 1_000, 2_000]);
  });
});

describe('useWebSocket', () => {
  it('should dial the session and tell when it is connected', async () => {
    const onConnect = vi.fn();
    const result = await connected({ onConnect });
    expect(at.service.connection.sessionId).toBe('s1');
    expect(at.service.connection.protocols).toBe('');
    expect(onConnect).toHaveBeenCalledOnce();
    expect(result.current.phase).toBe('open');
  });

  it('should offer the token as a subprotocol, and in the address only if it is no legal one', async () => {
    let token: string | null = null;
    at.options.getToken = ({ sessionId }) => token ?? `token-for-${sessionId}`;
    const result = connect();
    await until(() => result.current.isConnected);
    expect(at.service.connection.protocols).toBe('invigil.v1,invigil.token.token-for-s1');
    expect(at.service.connection.query.get('token')).toBeNull();
    token = 'a b/c';
    act(() => result.current.reconnect());
    await until(() => at.service.connections.length === 2);
    expect(at.service.connection.protocols).toBe('');
    expect(at.service.connection.query.get('token')).toBe('a b/c');
  });

  it('should dial nothing without a session or while it is off', async () => {
    connect({ sessionId: null });
    connect({ enabled: false });
    await settle(100);
    expect(at.service.handshakes).toBe(0);
  });

  it('should reach the network once under StrictMode\'s double mount', async () => {
    at.service.on(SESSION, () => aSession('s1'));
    const onConnect = vi.fn();
    const result = connect({ onConnect }, true);
    await until(() => result.current.isConnected);
    await settle(100);
    expect(at.service.handshakes).toBe(1);
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it('should not dial again when only its callbacks change', async () => {
    at.service.on(SESSION, () => aSession('s1'));
    const seen: string[] = [];
    const { result, rerender } = render(at, ({ name }) => useWebSocket({ sessionId: 's1', onMessage: () => seen.push(name) }), { name: 'first' });
    await until(() => result.current.isConnected);
    rerender({ name: 'second' });
    at.service.push({ type: 'pong' });
    await until(() => seen.length === 1);
    expect(seen).toEqual(['second']);
    expect(at.service.handshakes).toBe(1);
  });

  it('should close when it is unmounted', async () => {
    at.service.on(SESSION, () => aSession('s1'));
    const { result, unmount } = render(at, () => useWebSocket({ sessionId: 's1' }));
    await until(() => result.current.isConnected);
    unmount();
    await until(() => at.service.connection.socket.readyState === 3, 'the service saw the close');
  });

  it('should leave the first session when it is given a second', async () => {
    const { result, rerender } = render(at, ({ id }) => useWebSocket({ sessionId: id }), { id: 's1' });
    await until(() => result.current.isConnected);
    const first = at.service.connection;
    rerender({ id: 's2' });
    await until(() => at.service.connections.length === 2 && result.current.isConnected);
    expect(at.service.connection.sessionId).toBe('s2');
    await until(() => first.socket.readyState === 3, 'the first socket is closed');
    act(() => void result.current.sendBlob(new Uint8Array([1]).buffer));
    await until(() => at.service.connection.received.length === 1);
    expect(first.received).toHaveLength(0);
  });
});

describe('messages', () => {
  it('should send JSON and pictures', async () => {
    const result = await connected();
    expect(result.current.sendMessage({ type: 'event', name: 'paste' })).toBe(true);
    expect(result.current.sendBlob(new Uint8Array([255, 216]).buffer)).toBe('sent');
    await until(() => at.service.connection.received.length === 2);
    expect(at.service.connection.received[0]).toBe('{"type":"event","name":"paste"}');
    expect([...(at.service.connection.received[1] as Buffer)]).toEqual([255, 216]);
  });

  it('should skip a frame instead of queueing it while earlier ones wait in the socket', async () => {
    const result = await connected({ maxBufferedBytes: 1_000 });
    const buffered = vi.spyOn(WebSocket.prototype, 'bufferedAmount', 'get').mockReturnValue(1_001);
    expect(result.current.sendBlob(new Uint8Array([1]).buffer)).toBe('buffer_full');
    buffered.mockReturnValue(1_000);
    expect(result.current.sendBlob(new Uint8Array([2]).buffer)).toBe('sent');
    await until(() => at.service.connection.received.length === 1);
    expect([...(at.service.connection.received[0] as Buffer)]).toEqual([2]);
  });

  it('should say that nothing can be sent without a connection', () => {
    const result = connect({ sessionId: null });
    expect(result.current.sendMessage({})).toBe(false);
    expect(result.current.sendBlob(new ArrayBuffer(1))).toBe('not_open');
  });

  it('should report a message that is not JSON and live on', async () => {
    const onError = vi.fn();
    const onMessage = vi.fn();
    await connected({ onError, onMessage });
    at.service.push('no json');
    at.service.push({ type: 'pong' });
    await until(() => onMessage.mock.calls.length === 1);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: 'The service sent a message that is not JSON' });
  });

  it('should put live alerts into the list that polling fills, each once', async () => {
    const listed = [anAlert('a1')];
    at.service.on(SESSION, () => aSession('s1')).on('GET /api/v1/proctoring/alerts/s1', () => ({ session_id: 's1', alerts: listed, next_cursor: null }));
    const onAlert = vi.fn<(alert: Alert) => void>();
    const onAlertUpdate = vi.fn<(alert: Alert) => void>();
    const { result } = render(at, () => ({ socket: useWebSocket({ sessionId: 's1', onAlert, onAlertUpdate }), alerts: useAlerts('s1') }));
    await until(() => result.current.socket.isConnected && result.current.alerts.isSuccess);
    const opened = anAlert('a2', { timestamp: '2026-01-02T10:05:00Z' });
    at.service.push(aResult('s1', [opened], [opened]));
    at.service.push({ ...aResult('s1', [opened]), alerts: [opened] });
    at.service.push(aResult('s1', [], [{ ...opened, phase: 'closed', end_s: 370 }]));
    // One that has closed again by the time that its opening is told.
    const brief = anAlert('a0', { timestamp: '2026-01-01T10:00:00Z' });
    at.service.push(aResult('s1', [brief], [brief, { ...brief, phase: 'closed' }]));
    await until(() => onAlertUpdate.mock.calls.length === 2);
    listed.unshift({ ...opened, phase: 'updated' });
    await act(() => result.current.alerts.refetch());
    await settle();
    expect(result.current.alerts.data?.alerts.map(({ alert_id, phase }) => [alert_id, phase])).toEqual([['a2', 'closed'], ['a1', 'open'], ['a0', 'closed']]);
    expect(onAlert.mock.calls.map(([alert]) => alert.alert_id)).toEqual(['a2', 'a0']);
    expect(onAlertUpdate.mock.calls.map(([{ alert_id, phase }]) => [alert_id, phase])).toEqual([['a2', 'closed'], ['a0', 'closed']]);
  });

  it('should leave to an alert what a reviewer made of it, which the socket does not tell', async () => {
    const reviewed = anAlert('a1', { review: { state: 'dismissed', note: 'A radio.', by: 'proctor', at: null } });
    at.service.on(SESSION, () => aSession('s1')).on('GET /api/v1/proctoring/alerts/s1', () => ({ session_id: 's1', alerts: [reviewed], next_cursor: null }));
    const onAlertUpdate = vi.fn<(alert: Alert) => void>();
    const { result } = render(at, () => ({ socket: useWebSocket({ sessionId: 's1', onAlertUpdate }), alerts: useAlerts('s1') }));
    await until(() => result.current.socket.isConnected && result.current.alerts.isSuccess);
    at.service.push(aResult('s1', [anAlert('a2')], [anAlert('a1', { phase: 'closed', end_s: 65 })]));
    await until(() => onAlertUpdate.mock.calls.length === 1);
    await settle();
    const shown = new Map(result.current.alerts.data?.alerts.map((alert) => [alert.alert_id, alert]));
    expect(shown.get('a1')).toMatchObject({ phase: 'closed', end_s: 65, review: reviewed.review });
    expect(shown.get('a2')?.review.state).toBe('open');
  });

  it('should take a result without data', async () => {
    const onMessage = vi.fn();
    await connected({ onMessage });
    at.service.push({ type: 'proctoring_result', session_id: 's1', data: null });
    await until(() => onMessage.mock.calls.length === 1);
  });
});

describe('losing the connection', () => {
  it('should look the session up and then dial again, later each time, up to the limit', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    at.service.refuseWith = 503;
    const onDisconnect = vi.fn<(info: DisconnectInfo) => void>();
    const result = connect({ maxAttempts: 3, onDisconnect });
    await dial();
    await until(() => result.current.phase === 'waiting');
    for (const [attempt, wait] of [[1, 1_000], [2, 2_000], [3, 4_000]] as const) {
      expect(result.current.attempt).toBe(attempt);
      await advance(wait - 10);
      expect(at.service.handshakes).toBe(attempt);
      await advance(10);
      await until(() => at.service.handshakes === attempt + 1 && result.current.phase !== 'connecting' && result.current.attempt !== attempt || result.current.phase === 'exhausted');
    }
    expect(result.current.phase).toBe('exhausted');
    expect(onDisconnect.mock.calls.map(([{ willRetry }]) => willRetry)).toEqual([true, true, true, false]);
    expect(at.service.count(SESSION)).toBe(3);
    await advance(600_000);
    expect(at.service.handshakes).toBe(4);
  });

  it('should come back, and take what comes, though callbacks throw, and report what they throw', async () => {
    useFakeTimers();
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    at.service.on(SESSION, () => aSession('s1'));
    const fail = (name: string) => () => {
      throw name;
    };
    const names = ['onConnect', 'onDisconnect', 'onError', 'onAlert', 'onAlertUpdate', 'onMessage', 'onEnded'] as const;
    const result = connect(Object.fromEntries(names.map((name) => [name, fail(name)])));
    await dial();
    await until(() => result.current.isConnected);
    at.service.refuseWith = 503;
    at.service.connection.socket.terminate();
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.attempt === 2 && result.current.phase === 'waiting');
    at.service.refuseWith = null;
    await advance(2_000);
    await until(() => result.current.isConnected);
    expect([...new Set(reported)].sort()).toEqual(['onConnect', 'onDisconnect', 'onError']);
    at.service.push(aResult('s1', [anAlert('a1')], [anAlert('a2', { phase: 'closed' })]));
    at.service.push({ type: 'session', session_id: 's1', state: 'ended' });
    await until(() => result.current.phase === 'ended');
    expect([...new Set(reported)].sort()).toEqual([...names].sort());
    vi.unstubAllGlobals();
  });

  it('should come back to a service that was restarted and forget the failures once it lasts', async () => {
    useFakeTimers();
    const onDisconnect = vi.fn();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect({ onDisconnect });
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.terminate();
    await until(() => result.current.phase === 'waiting');
    expect(onDisconnect.mock.calls[0]?.[0]).toMatchObject({ code: 1006, willRetry: true });
    await advance(1_000);
    await until(() => result.current.isConnected);
    expect(result.current.attempt).toBe(1);
    await advance(5_000);
    expect(result.current.attempt).toBe(0);
  });

  it('should not take each short-lived connection for a success', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect();
    await dial();
    for (const wait of [1_000, 2_000, 4_000]) {
      await until(() => result.current.isConnected);
      const before = at.service.handshakes;
      at.service.connection.socket.close(1011);
      await until(() => result.current.phase === 'waiting');
      await advance(wait - 10);
      expect(at.service.handshakes).toBe(before);
      await advance(10);
    }
    await until(() => result.current.isConnected);
  });

  it('should not dial while the service cannot be reached, but go on trying', async () => {
    useFakeTimers();
    at.service.on(SESSION, (_call, response) => problem(response, 503, 'starting'));
    const result = connect();
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.terminate();
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.attempt === 2);
    expect(at.service.handshakes).toBe(1);
    at.service.on(SESSION, () => aSession('s1'));
    await advance(2_000);
    await until(() => result.current.isConnected);
  });

  it.each([
    ['is ended', 'ended', () => at.service.on(SESSION, () => aSession('s1', { state: 'ended', status: 'ended' }))],
    ['has expired', 'expired', () => at.service.on(SESSION, () => aSession('s1', { state: 'expired', status: 'expired' }))],
    ['is unknown', 'unknown', () => at.service.on(SESSION, (_call, response) => problem(response, 404, 'Session not found'))],
    ['is gone', 'ended', () => at.service.on(SESSION, (_call, response) => problem(response, 410, 'Session is over'))],
  ])('should never dial again after a refused handshake when the session %s, and say how', async (_what, how, prepare) => {
    useFakeTimers();
    const onEnded = vi.fn();
    prepare();
    at.service.refuseWith = 410;
    const result = connect({ onEnded });
    await dial();
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.phase === 'ended');
    await advance(600_000);
    expect(at.service.handshakes).toBe(1);
    expect(onEnded).toHaveBeenCalledExactlyOnceWith(how);
  });

  it.each([
    ['page', (response: ServerResponse) => void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>')],
    ['JSON', (response: ServerResponse) => void response.writeHead(404).end(JSON.stringify({ status: 404, title: 'no route matched' }))],
  ])('should go on trying when something in front of the service says with its own %s that nothing is there', async (_what, refuse) => {
    useFakeTimers();
    const onEnded = vi.fn();
    at.service.on(SESSION, (_call, response) => refuse(response));
    at.service.refuseWith = 404;
    const result = connect({ onEnded });
    await dial();
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.attempt === 2);
    expect(result.current.phase).toBe('waiting');
    at.service.refuseWith = null;
    at.service.on(SESSION, () => aSession('s1'));
    await advance(2_000);
    await until(() => result.current.isConnected);
    expect(onEnded).not.toHaveBeenCalled();
  });

  it('should never dial again when the token is refused', async () => {
    useFakeTimers();
    at.service.on(SESSION, (_call, response) => problem(response, 401, 'no token'));
    at.service.refuseWith = 401;
    const result = connect();
    await dial();
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.phase === 'refused');
    await advance(600_000);
    expect(at.service.handshakes).toBe(1);
  });

  it('should never dial again after its own close, until it is asked to', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const onDisconnect = vi.fn();
    const result = connect({ onDisconnect });
    await dial();
    await until(() => result.current.isConnected);
    act(() => result.current.disconnect());
    expect(result.current.phase).toBe('closed');
    await until(() => at.service.connection.socket.readyState === 3, 'the service saw the close');
    act(() => void window.dispatchEvent(new Event('online')));
    await advance(600_000);
    expect(at.service.handshakes).toBe(1);
    act(() => result.current.reconnect());
    await until(() => result.current.isConnected);
    expect(at.service.handshakes).toBe(2);
  });

  it('should stop a try that is due when it is closed', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect();
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.terminate();
    await until(() => result.current.phase === 'waiting');
    act(() => result.current.disconnect());
    await advance(600_000);
    expect(at.service.handshakes).toBe(1);
    expect(at.service.count(SESSION)).toBe(0);
  });

  it('should stop when the service says that the session is over, and note it in the cache', async () => {
    useFakeTimers();
    const onEnded = vi.fn();
    at.service.on(SESSION, () => aSession('s1'));
    at.queryClient.setQueryData(sessionKeys.detail('s1'), aSession('s1'));
    const result = connect({ onEnded });
    await dial();
    await until(() => result.current.isConnected);
    at.service.push({ type: 'session', session_id: 's1', state: 'ended' });
    await until(() => result.current.phase === 'ended');
    expect(at.queryClient.getQueryData(sessionKeys.detail('s1'))).toMatchObject({ state: 'ended' });
    expect(onEnded).toHaveBeenCalledOnce();
    await advance(600_000);
    expect(at.service.handshakes).toBe(1);
  });

  it('should not fight with another page that took the session over', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect();
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.close(1000);
    await until(() => result.current.phase === 'replaced');
    await advance(600_000);
    expect(at.service.handshakes).toBe(1);
  });

  it('should not take a normal close for a take-over while the service cannot be asked', async () => {
    useFakeTimers();
    at.service.on(SESSION, (_call, response) => problem(response, 503, 'stopping'));
    const result = connect();
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.close(1000);
    await until(() => at.service.count(SESSION) === 1);
    await settle();
    expect(result.current.phase).toBe('waiting');
    at.service.on(SESSION, () => aSession('s1'));
    await advance(1_000);
    await until(() => result.current.isConnected);
  });

  it.each([1001, 1008, 1013])('should dial again after a close with %i, as the service makes it when it stops or the socket was idle or slow', async (code) => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect();
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.close(code);
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.isConnected);
    expect(at.service.handshakes).toBe(2);
  });

  it('should try at once when the network comes back', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect({ baseMs: 60_000, maxMs: 60_000 });
    await dial();
    await until(() => result.current.isConnected);
    at.service.connection.socket.terminate();
    await until(() => result.current.phase === 'waiting');
    act(() => void window.dispatchEvent(new Event('online')));
    await until(() => result.current.isConnected);
  });

  it('should give up a connection that answers no ping', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    const result = connect({ heartbeatMs: 10_000 });
    await dial();
    await until(() => result.current.isConnected);
    await advance(10_000);
    await until(() => at.service.connection.received.includes('{"type":"ping"}'));
    at.service.push({ type: 'pong' });
    await settle();
    await advance(10_000);
    expect(result.current.isConnected).toBe(true);
    await advance(10_000);
    await until(() => result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => result.current.isConnected);
    expect(at.service.handshakes).toBe(2);
  });

  it('should give up a dial that is not answered, and dial again', async () => {
    useFakeTimers();
    at.service.on(SESSION, () => aSession('s1'));
    at.service.swallows = true;
    const onDisconnect = vi.fn();
    const result = connect({ onDisconnect });
    await dial();
    await until(() => at.service.handshakes === 1);
    await advance(14_000);
    expect(result.current.phase).toBe('connecting');
    await advance(1_000);
    await until(() => result.current.phase === 'waiting');
    expect(onDisconnect).toHaveBeenCalledExactlyOnceWith({ code: 4408, reason: 'the dial was not answered', willRetry: true });
    at.service.swallows = false;
    await advance(1_000);
    await until(() => result.current.isConnected);
    await advance(14_999);
    expect(at.service.handshakes).toBe(2);
  });
});
