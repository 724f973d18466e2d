import { act } from '@testing-library/react';
import { useEffect, useLayoutEffect } from 'react';
import { describe, expect, it } from 'vitest';
import {
  ApiError,
  proctoringKeys,
  useCreateSession,
  useApiClient,
  useEndSession,
  useLiveSessions,
  useProctoringStatus,
  useSession,
  useSessions,
  type Session,
} from '@invigil/client';
import { aSession, aStatus, gate, pageOf, problem } from './fake-service';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();

describe('useCreateSession', () => {
  it('should send what was asked for and prime the new session\'s entry', async () => {
    at.service.on('POST /api/v1/session/create', () => aSession('s1', { token: 'secret' }));
    const { result } = render(at, () => ({ create: useCreateSession(), session: useSession('s1') }));
    at.service.on('GET /api/v1/session/s1', () => aSession('s1', { candidate_name: 'fetched' }));
    await until(() => result.current.session.isSuccess);
    const fetches = at.service.count('GET /api/v1/session/s1');
    const request = { candidate_name: 'Ada', interview_type: 'technical', duration_minutes: 45 };
    let created: unknown;
    await act(async () => {
      created = await result.current.create.mutateAsync(request);
    });
    await settle();
    expect(at.service.last('POST /api/v1/session/create').json()).toEqual(request);
    expect(created).toMatchObject({ session_id: 's1', token: 'secret' });
    expect(result.current.session.data?.candidate_name).toBe('Ada');
    expect(at.service.count('GET /api/v1/session/s1')).toBe(fetches);
  });

  it('should keep the candidate token out of the cache', async () => {
    at.service.on('POST /api/v1/session/create', () => aSession('s1', { token: 'secret' }));
    const mutations = () => JSON.stringify(at.queryClient.getMutationCache().getAll().map(({ state }) => state));
    for (const leave of ['unmount', 'reset'] as const) {
      const { result, unmount } = render(at, () => useCreateSession());
      await act(() => result.current.mutateAsync({ candidate_name: 'Ada', interview_type: 'technical' }));
      expect(JSON.stringify(at.queryClient.getQueryCache().getAll().map(({ state }) => state))).toMatch(/^(?!.*secret).*Ada/);
      act(() => (leave === 'unmount' ? unmount() : result.current.reset()));
      await settle();
      expect(mutations()).not.toContain('secret');
    }
  });

  it('should repeat once after a fault of the service and never after a refusal', async () => {
    useFakeTimers();
    let status = 503;
    at.service.on('POST /api/v1/session/create', (_call, response) => problem(response, status, 'full'));
    const { result } = render(at, () => useCreateSession());
    act(() => result.current.mutate({ candidate_name: 'Ada', interview_type: 'technical' }));
    await until(() => at.service.count('POST /api/v1/session/create') === 1);
    await settle();
    await advance(1_000);
    await until(() => result.current.isError);
    expect(at.service.count('POST /api/v1/session/create')).toBe(2);
    status = 422;
    act(() => result.current.mutate({ candidate_name: '', interview_type: 'technical' }));
    await until(() => result.current.isError && at.service.count('POST /api/v1/session/create') === 3);
    await advance(10_000);
    expect(at.service.count('POST /api/v1/session/create')).toBe(3);
    expect(result.current.error).toBeInstanceOf(ApiError);
  });
});

describe('useSession', () => {
  it('should fetch nothing without an id', async () => {
    const { result } = render(at, () => useSession(null));
    await settle();
    expect(result.current.fetchStatus).toBe('idle');
    expect(at.service.calls).toHaveLength(0);
  });

  it('should ask once for two users of one session', async () => {
    at.service.on('GET /api/v1/session/s1', () => aSession('s1'));
    const { result } = render(at, () => [useSession('s1'), useSession('s1')] as const);
    await until(() => result.current[0].isSuccess && result.current[1].isSuccess);
    expect(at.service.count('GET /api/v1/session/s1')).toBe(1);
  });

  it('should cancel the request when nobody waits for it any more', async () => {
    const never = gate();
    at.service.on('GET /api/v1/session/s1', () => never.promise);
    const { unmount } = render(at, () => useSession('s1'));
    await until(() => at.service.count('GET /api/v1/session/s1') === 1);
    unmount();
    await until(() => at.service.last('GET /api/v1/session/s1').aborted, 'the request is cancelled');
    never.open();
  });

  it('should encode an id that is no plain word', async () => {
    const { result } = render(at, () => useSession('a/b?c'));
    await until(() => result.current.failureCount > 0);
    expect(at.service.calls[0]?.path).toBe('/api/v1/session/a%2Fb%3Fc');
  });
});

describe('useSessions', () => {
  it('should poll every 5 s with its filter', async () => {
    useFakeTimers();
    at.service.on('GET /api/v1/sessions', () => ({ sessions: [aSession('s1')], next_cursor: null }));
    const { result } = render(at, () => useSessions({ state: 'active', limit: 20 }));
    await until(() => result.current.isSuccess);
    expect(at.service.last('GET /api/v1/sessions').query.toString()).toBe('state=active&limit=20');
    await advance(5_000);
    await until(() => at.service.count('GET /api/v1/sessions') === 2);
  });
});

describe('useLiveSessions', () => {
  const started = (minute: number) => new Date(Date.UTC(2026, 0, 2, 9) + minute * 60_000).toISOString();

  it('should find every live session among any number of finished ones, newest first', async () => {
    const many = (count: number, state: Session['state'], from: number) =>
      Array.from({ length: count }, (_unused, index) => aSession(`${state}-${index}`, { state, status: state, start_time: started(from - index) }));
    const known = [...many(900, 'ended', 5_000), ...many(1_100, 'active', 3_000), ...many(3, 'paused', 2_950)];
    at.service.on('GET /api/v1/sessions', ({ query }) => pageOf(known, query));
    const { result } = render(at, () => useLiveSessions());
    await until(() => result.current.isSuccess);
    const ids = result.current.data?.map(({ session_id }) => session_id) ?? [];
    expect(ids).toHaveLength(1_103);
    expect(new Set(ids).size).toBe(1_103);
    expect(ids.slice(48, 53)).toEqual(['active-48', 'active-49', 'active-50', 'paused-0', 'active-51']);
    expect(at.service.count('GET /api/v1/sessions')).toBe(4);
  });

  it('should show one once that is paused between the two answers', async () => {
    at.service.on('GET /api/v1/sessions', ({ query }) => ({ sessions: [aSession('s1', { state: query.get('state') as Session['state'] })], next_cursor: null }));
    const { result } = render(at, () => useLiveSessions());
    await until(() => result.current.isSuccess);
    expect(result.current.data).toHaveLength(1);
  });
});

describe('useEndSession', () => {
  it('should show the end at once, fetch the session anew and stop the polling of its status', async () => {
    useFakeTimers();
    let over = false;
    at.service
      .on('GET /api/v1/session/s1', () => aSession('s1', over ? { state: 'ended', status: 'ended' } : {}))
      .on('GET /api/v1/proctoring/status/s1', () => aStatus('s1', { is_active: !over }))
      .on('POST /api/v1/session/s1/end', () => {
        over = true;
        return { status: 'success', message: 'Session ended' };
      });
    const { result } = render(at, () => ({ end: useEndSession(), session: useSession('s1'), status: useProctoringStatus('s1') }));
    await until(() => result.current.session.isSuccess && result.current.status.isSuccess);
    await act(() => result.current.end.mutateAsync('s1'));
    await settle();
    expect(result.current.session.data?.state).toBe('ended');
    expect(at.service.count('GET /api/v1/session/s1')).toBe(2);
    expect(result.current.status.data?.is_active).toBe(false);
    const polls = at.service.count('GET /api/v1/proctoring/status/s1');
    await advance(30_000);
    expect(at.service.count('GET /api/v1/proctoring/status/s1')).toBe(polls);
    expect(at.queryClient.getQueryState(proctoringKeys.status('s1'))?.isInvalidated).toBe(false);
  });
});

describe('a new token source', () => {
  it('should serve the requests of the very render that brought it', async () => {
    at.service.on('GET /api/v1/session/s1', () => aSession('s1'));
    at.options.getToken = () => 'before';
    const { result, rerender } = render(at, ({ id }: { id: string | null }) => useSession(id), { id: null as string | null });
    await settle();
    at.options.getToken = () => 'after';
    rerender({ id: 's1' });
    await until(() => result.current.isSuccess);
    expect(at.service.last('GET /api/v1/session/s1').headers.authorization).toBe('Bearer after');
  });

  it('should serve effects of every sort that run in that render', async () => {
    const seen: (string | null)[] = [];
    at.options.getToken = () => 'before';
    const { rerender } = render(at, ({ run }) => {
      const client = useApiClient();
      useLayoutEffect(() => void (run && client.token().then((token) => seen.push(token))), [client, run]);
      useEffect(() => void (run && client.token().then((token) => seen.push(token))), [client, run]);
    }, { run: false });
    at.options.getToken = () => 'after';
    rerender({ run: true });
    await settle();
    expect(seen).toEqual(['after', 'after']);
  });
});
