import type { ServerResponse } from 'node:http';
import { act, render as renderTree, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { QueryProvider, useAlerts, useDetailedHealthCheck, useHealthCheck, useLiveEvents, useSession, useSessions } from '@invigil/client';
import { readEventStream } from '../src/live/event-stream';
import { aSession, anAlert, gate, problem } from './fake-service';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();

describe('health', () => {
  it('should ask once a minute at most, and nothing while it is off', async () => {
    useFakeTimers();
    at.service.on('GET /health', () => ({ status: 'ok', environment: 'test', debug: false }));
    const { result, rerender } = render(at, ({ on }) => useHealthCheck(on), { on: false });
    await settle();
    expect(at.service.calls).toHaveLength(0);
    rerender({ on: true });
    await until(() => result.current.data?.status === 'ok');
    await advance(59_000);
    rerender({ on: true });
    await settle();
    expect(at.service.count('GET /health')).toBe(1);
  });

  it('should give the detailed form', async () => {
    at.service.on('GET /health/detailed', () => ({ status: 'degraded', problems: ['store'] }));
    const { result } = render(at, () => useDetailedHealthCheck());
    await until(() => result.current.data?.status === 'degraded');
  });
});

describe('devtools', () => {
  it('should not be there outside of development', async () => {
    renderTree(
      <QueryProvider apiUrl={at.service.url}>
        <p>content</p>
      </QueryProvider>,
    );
    await settle();
    expect(screen.getByText('content')).toBeTruthy();
    expect(document.querySelector('.tsqd-parent-container')).toBeNull();
  });

  it('should be there in development, unless switched off', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    vi.resetModules();
    vi.doMock('@tanstack/react-query-devtools', () => ({ ReactQueryDevtools: () => <p>the devtools</p> }));
    const fresh = await import('@invigil/client');
    const view = renderTree(<fresh.QueryProvider apiUrl={at.service.url} />);
    await until(() => screen.queryByText('the devtools') !== null);
    view.rerender(<fresh.QueryProvider apiUrl={at.service.url} devtools={false} />);
    expect(screen.queryByText('the devtools')).toBeNull();
    vi.doUnmock('@tanstack/react-query-devtools');
    vi.unstubAllEnvs();
    view.unmount();
  });
});

async function collect(...chunks: (string | Uint8Array)[]) {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEventStream(stream)) {
    events.push(event);
  }
  return events;
}

describe('readEventStream', () => {
  it('should read events cut anywhere, with every line end', async () => {
    const text = 'event: alert\r\nid: 7\r\ndata: one\r\ndata: two\r\n\r\n: comment\n\ndata:three\n\nid\ndata: four\r\rdata: unfinished';
    const expected = [
      { event: 'alert', data: 'one\ntwo', id: '7' },
      { event: 'message', data: 'three', id: '7' },
      { event: 'message', data: 'four', id: '' },
    ];
    expect(await collect(text)).toEqual(expected);
    for (let cut = 1; cut < text.length; cut++) {
      expect(await collect(text.slice(0, cut), text.slice(cut))).toEqual(expected);
    }
  });

  it('should put a character together that two chunks share', async () => {
    const bytes = new TextEncoder().encode('data: ü\n\n');
    expect(await collect(bytes.slice(0, 7), bytes.slice(7))).toEqual([{ event: 'message', data: 'ü', id: '' }]);
  });
});

describe('useLiveEvents', () => {
  const streams: ServerResponse[] = [];
  function serveStream() {
    streams.length = 0;
    at.service.on('GET /api/v1/events', (_call, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': hello\n\n');
      streams.push(response);
    });
  }
  const say = (event: string, data: unknown, id = '1') =>
    streams.at(-1)?.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  it('should follow with the token, feed alerts into their lists and sessions into their entries', async () => {
    at.options.getToken = () => 'proctor';
    serveStream();
    at.service
      .on('GET /api/v1/proctoring/alerts/s1', () => ({ session_id: 's1', alerts: [], next_cursor: null }))
      .on('GET /api/v1/session/s1', () => aSession('s1'));
    const onAlert = vi.fn();
    const { result } = render(at, () => ({ live: useLiveEvents({ onAlert }), alerts: useAlerts('s1'), session: useSession('s1') }));
    await until(() => result.current.live.isFollowing && result.current.alerts.isSuccess && result.current.session.isSuccess);
    expect(at.service.last('GET /api/v1/events').headers.authorization).toBe('Bearer proctor');
    say('alert', { session_id: 's1', alert: anAlert('a1') });
    say('session', aSession('s1', { state: 'paused', status: 'paused' }));
    await until(() => result.current.alerts.data?.alerts.length === 1 && result.current.session.data?.state === 'paused');
    expect(onAlert).toHaveBeenCalledWith('s1', anAlert('a1'));
  });

  it('should tell the token source which session it follows', async () => {
    at.options.getToken = ({ sessionId }) => `for-${sessionId}`;
    serveStream();
    const { result } = render(at, () => useLiveEvents({ sessionId: 's1' }));
    await until(() => result.current.isFollowing);
    expect(at.service.last('GET /api/v1/events').headers.authorization).toBe('Bearer for-s1');
  });

  it('should resume after the last event it heard', async () => {
    useFakeTimers();
    serveStream();
    const { result } = render(at, () => useLiveEvents({ sessionId: 's1', random: () => 1 }));
    await until(() => result.current.isFollowing);
    say('status', { session_id: 's1' }, '41');
    await settle();
    streams[0]?.destroy();
    await until(() => !result.current.isFollowing);
    await advance(1_000);
    await until(() => result.current.isFollowing);
    expect(at.service.last('GET /api/v1/events').headers['last-event-id']).toBe('41');
    expect(at.service.last('GET /api/v1/events').query.get('session')).toBe('s1');
  });

  it('should take what is cached for uncertain where a stream without an event is open again, and only then', async () => {
    useFakeTimers();
    serveStream();
    let state: 'active' | 'ended' = 'active';
    at.service.on('GET /api/v1/session/s1', () => aSession('s1', { state, status: state }));
    const onEvent = vi.fn();
    const { result } = render(at, () => ({ live: useLiveEvents({ random: () => 1, onEvent }), session: useSession('s1') }));
    await until(() => result.current.live.isFollowing && result.current.session.isSuccess);
    expect(onEvent).not.toHaveBeenCalled();
    state = 'ended';
    streams[0]?.destroy();
    await until(() => !result.current.live.isFollowing);
    await advance(1_000);
    await until(() => result.current.session.data?.state === 'ended');
    expect(onEvent.mock.calls).toEqual([[{ kind: 'reset', sessionId: undefined, data: {} }]]);
    say('paste', {}, '7');
    await settle();
    streams.at(-1)?.destroy();
    await until(() => !result.current.live.isFollowing);
    await advance(1_000);
    await until(() => result.current.live.isFollowing);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });

  it('should not trust a stream that has fallen silent', async () => {
    useFakeTimers();
    serveStream();
    const { result } = render(at, () => useLiveEvents({ random: () => 0 }));
    await until(() => result.current.isFollowing);
    await advance(20_000);
    streams[0]?.write(': beat\n\n');
    await settle();
    await advance(20_000);
    expect(at.service.count('GET /api/v1/events')).toBe(1);
    await advance(10_000);
    await until(() => !result.current.isFollowing);
    await advance(1_000);
    await until(() => result.current.isFollowing);
    expect(at.service.count('GET /api/v1/events')).toBe(2);
  });

  it.each([401, 403])('should say so when the token may not follow (%i), and try once a minute whether there is another', async (status) => {
    useFakeTimers();
    at.service.on('GET /api/v1/events', (_call, response) => problem(response, status, 'needs the scope proctor'));
    const phases: string[] = [];
    const { result } = render(at, () => {
      const live = useLiveEvents({ maxAttempts: 1 });
      phases.push(live.phase);
      return live;
    });
    await until(() => result.current.phase === 'refused');
    await advance(59_999);
    expect(at.service.count('GET /api/v1/events')).toBe(1);
    phases.length = 0;
    for (let tries = 2; tries <= 4; tries++) {
      await advance(tries === 2 ? 1 : 60_000);
      await until(() => at.service.count('GET /api/v1/events') === tries);
      await settle();
    }
    expect(phases.filter((phase) => phase !== 'refused')).toEqual([]);
    serveStream();
    await advance(60_000);
    await until(() => result.current.isFollowing);
  });

  it('should come back though something in between did not know the stream for a while', async () => {
    useFakeTimers();
    at.service.on('GET /api/v1/events', (_call, response) => problem(response, 404, 'no such page'));
    const { result } = render(at, () => useLiveEvents({ random: () => 1 }));
    await until(() => result.current.phase === 'waiting');
    serveStream();
    await advance(1_000);
    await until(() => result.current.isFollowing);
  });

  it('should give up after so many tries, until the network comes back or it is asked to', async () => {
    useFakeTimers();
    at.service.on('GET /api/v1/events', (_call, response) => problem(response, 503, 'busy'));
    const { result } = render(at, () => useLiveEvents({ random: () => 1, maxAttempts: 3 }));
    const tries = () => at.service.count('GET /api/v1/events');
    await until(() => result.current.phase === 'waiting');
    for (const waitMs of [1_000, 2_000, 4_000]) {
      const before = tries();
      await advance(waitMs - 1);
      expect(tries()).toBe(before);
      await advance(1);
      await until(() => tries() === before + 1);
    }
    await until(() => result.current.phase === 'exhausted');
    await advance(600_000);
    expect(tries()).toBe(4);
    act(() => result.current.reconnect());
    await until(() => tries() === 5 && result.current.phase === 'waiting');
    await advance(1_000);
    await until(() => tries() === 6 && result.current.phase === 'waiting');
    serveStream();
    act(() => void window.dispatchEvent(new Event('online')));
    await until(() => result.current.isFollowing);
  });

  it('should count no stream as a failed try that lasted, though nothing happened in it', async () => {
    useFakeTimers();
    serveStream();
    const { result } = render(at, () => useLiveEvents({ random: () => 1, maxAttempts: 1 }));
    for (let lost = 1; lost <= 3; lost++) {
      await until(() => result.current.isFollowing);
      await advance(5_000);
      streams.at(-1)?.destroy();
      await until(() => result.current.phase === 'waiting');
      await advance(1_000);
    }
    await until(() => result.current.isFollowing);
    // One that breaks at once is.
    streams.at(-1)?.destroy();
    await until(() => result.current.phase === 'exhausted');
  });

  it('should report what callbacks throw, and neither lose the event nor the stream', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    serveStream();
    at.service.on('GET /api/v1/proctoring/alerts/s1', () => ({ session_id: 's1', alerts: [], next_cursor: null }));
    const thrown = new Error('of the application');
    const kinds: string[] = [];
    const { result } = render(at, () => ({
      live: useLiveEvents({
        onAlert: () => {
          throw thrown;
        },
        onEvent: ({ kind }) => {
          kinds.push(kind);
          throw thrown;
        },
      }),
      alerts: useAlerts('s1'),
    }));
    await until(() => result.current.live.isFollowing && result.current.alerts.isSuccess);
    say('alert', { session_id: 's1', alert: anAlert('a1') });
    say('alert', { session_id: 's1', alert: anAlert('a2') });
    await until(() => result.current.alerts.data?.alerts.length === 2 && kinds.length === 2);
    expect(reported).toEqual([thrown, thrown, thrown, thrown]);
    expect(at.service.count('GET /api/v1/events')).toBe(1);
    vi.unstubAllGlobals();
  });

  it('should wait for a listing that takes longer than events are apart, and then ask for what has changed since', async () => {
    useFakeTimers();
    serveStream();
    let sessions = [aSession('s1')];
    const answers: ReturnType<typeof gate<void>>[] = [];
    at.service.on('GET /api/v1/sessions', async () => {
      const answer = { sessions, next_cursor: null };
      answers.push(gate());
      await answers.at(-1)?.promise;
      return answer;
    });
    const { result } = render(at, () => ({ live: useLiveEvents(), list: useSessions() }));
    await until(() => result.current.live.isFollowing && answers.length === 1);
    answers[0]?.open();
    await until(() => result.current.list.isSuccess);
    sessions = [aSession('s1'), aSession('s2')];
    say('paste', { session_id: 's1' });
    await settle();
    await advance(1_000);
    await until(() => answers.length === 2);
    for (let seconds = 0; seconds < 3; seconds++) {
      sessions = [...sessions, aSession(`s${seconds + 3}`)];
      say('paste', { session_id: 's1' });
      await settle();
      await advance(1_000);
    }
    expect(answers).toHaveLength(2);
    answers[1]?.open();
    await until(() => result.current.list.data?.sessions.length === 2);
    await advance(1_000);
    await until(() => answers.length === 3);
    answers[2]?.open();
    await until(() => result.current.list.data?.sessions.length === 5);
  });

  it('should hang up when it is unmounted', async () => {
    serveStream();
    const { result, unmount } = render(at, () => useLiveEvents());
    await until(() => result.current.isFollowing);
    act(() => unmount());
    await until(() => at.service.last('GET /api/v1/events').aborted, 'the stream is closed');
  });
});
