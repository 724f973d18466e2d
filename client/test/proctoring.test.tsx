import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { isOptimistic, upsertAlerts, useAlerts, useCreateAlert, useProctoringStatus, useReviewAlert, useSession, useSessionScore, type Alert } from '@invigil/client';
import { KEPT, aSession, aStatus, anAlert, gate, problem } from './fake-service';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();
const ALERTS = 'GET /api/v1/proctoring/alerts/s1';
const STATUS = 'GET /api/v1/proctoring/status/s1';
const REPORT = 'POST /api/v1/proctoring/alerts/s1';
const page = (alerts: Alert[]) => ({ session_id: 's1', alerts, next_cursor: null });
const ids = (list: { alerts: Alert[] } | undefined) => list?.alerts.map((alert) => alert.alert_id);

describe('useProctoringStatus', () => {
  it('should poll every 5 s while the session is active and stop when it is not', async () => {
    useFakeTimers();
    let active = true;
    at.service.on(STATUS, () => aStatus('s1', { is_active: active }));
    const { result } = render(at, () => useProctoringStatus('s1'));
    await until(() => result.current.isSuccess);
    await advance(4_900);
    expect(at.service.count(STATUS)).toBe(1);
    await advance(100);
    await until(() => at.service.count(STATUS) === 2);
    active = false;
    await settle();
    await advance(5_000);
    await until(() => result.current.data?.is_active === false);
    await advance(60_000);
    expect(at.service.count(STATUS)).toBe(3);
  });

  it('should go on until what waits of a session that is over is kept', async () => {
    useFakeTimers();
    let unkept = { ...KEPT, failing: true, waiting: 3 };
    at.service.on(STATUS, () => aStatus('s1', { is_active: false, unkept }));
    const { result } = render(at, () => useProctoringStatus('s1'));
    await until(() => result.current.isSuccess);
    unkept = { ...KEPT, waiting: 3 }; // The next try to save is under way, and may fail as well.
    await advance(5_000);
    await until(() => result.current.data?.unkept.failing === false);
    unkept = KEPT;
    await advance(5_000);
    await until(() => result.current.data?.unkept.waiting === 0);
    await advance(60_000);
    expect(at.service.count(STATUS)).toBe(3);
  });

  it('should ask nothing while it is switched off', async () => {
    const { rerender } = render(at, ({ on }) => useProctoringStatus('s1', on), { on: false });
    at.service.on(STATUS, () => aStatus('s1'));
    await settle();
    expect(at.service.count(STATUS)).toBe(0);
    rerender({ on: true });
    await until(() => at.service.count(STATUS) === 1);
  });
});

describe('useAlerts', () => {
  it('should poll every 3 s with a limit of 100', async () => {
    useFakeTimers();
    at.service.on(ALERTS, () => page([anAlert('a1')]));
    const { result } = render(at, () => useAlerts('s1'));
    await until(() => result.current.isSuccess);
    expect(at.service.last(ALERTS).query.get('limit')).toBe('100');
    await advance(2_900);
    expect(at.service.count(ALERTS)).toBe(1);
    await advance(100);
    await until(() => at.service.count(ALERTS) === 2);
  });

  it('should stop polling when the status says that the session is over, and for a session that is unknown', async () => {
    useFakeTimers();
    let active = true;
    at.service
      .on(ALERTS, () => page([]))
      .on(STATUS, () => aStatus('s1', { is_active: active }))
      .on('GET /api/v1/proctoring/alerts/none', (_call, response) => problem(response, 404, 'Session not found'))
      .on('GET /api/v1/proctoring/status/none', (_call, response) => problem(response, 404, 'Session not found'));
    const { result } = render(at, () => [useAlerts('s1'), useProctoringStatus('s1'), useAlerts('none'), useProctoringStatus('none')] as const);
    await until(() => result.current[0].isSuccess && result.current[1].isSuccess);
    await advance(1_000);
    await until(() => result.current[2].isError && result.current[3].isError);
    active = false;
    await advance(5_000);
    await until(() => result.current[1].data?.is_active === false);
    // What the end has closed is in no list that was fetched before.
    const lists = at.service.count(ALERTS);
    await advance(60_000);
    const asked = at.service.calls.length;
    expect(at.service.count(ALERTS)).toBeLessThanOrEqual(lists + 1);
    await advance(60_000);
    expect(at.service.calls.slice(asked).map(({ path }) => path)).toEqual([]);
  });

  it('should go on polling where something in front of the service says that nothing is there', async () => {
    useFakeTimers();
    at.service.on(STATUS, (_call, response) => void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>'));
    const { result } = render(at, () => useProctoringStatus('s1'));
    await until(() => at.service.count(STATUS) === 1);
    await advance(1_000);
    await until(() => result.current.isError);
    at.service.on(STATUS, () => aStatus('s1'));
    await advance(5_000);
    await until(() => result.current.isSuccess);
  });

  it('should fetch the alerts and the score of a session that is over once more, and until that succeeds', async () => {
    useFakeTimers();
    const SCORE = 'GET /api/v1/session/s1/score';
    let active = true;
    let alert = anAlert('a1');
    at.service
      .on(ALERTS, () => page([alert]))
      .on(SCORE, () => ({ points: active ? 0 : 7, terms: [] }))
      .on(STATUS, () => aStatus('s1', { is_active: active, state: active ? 'active' : 'ended' }))
      .on('GET /api/v1/session/s1', () => aSession('s1', active ? {} : { state: 'ended', status: 'ended' }));
    const { result } = render(at, () => ({ alerts: useAlerts('s1'), status: useProctoringStatus('s1'), score: useSessionScore('s1'), session: useSession('s1') }));
    await until(() => Object.values(result.current).every(({ isSuccess }) => isSuccess));
    await advance(4_000); // A poll of the alerts has just been answered.
    active = false;
    alert = anAlert('a1', { phase: 'closed' });
    at.service.on(ALERTS, (_call, response) => problem(response, 503, 'the store does not answer'));
    await advance(1_000);
    await until(() => result.current.session.data?.state === 'ended' && result.current.score.data?.points === 7);
    await advance(1_000);
    await until(() => result.current.alerts.isError);
    at.service.on(ALERTS, () => page([alert]));
    await advance(3_000);
    await until(() => result.current.alerts.data?.alerts[0]?.phase === 'closed');
    const asked = at.service.calls.length;
    await advance(60_000);
    expect(at.service.calls.slice(asked).map(({ path }) => path)).toEqual([]);
  });

  it('should fetch a session anew when its status tells of a pause, and nothing twice of one that was over from the first', async () => {
    useFakeTimers();
    const SESSION = 'GET /api/v1/session/s1';
    let state: 'active' | 'paused' = 'active';
    at.service.on(STATUS, () => aStatus('s1', { state })).on(SESSION, () => aSession('s1', { state, status: state }));
    const over = { state: 'ended', status: 'ended' } as const;
    at.service
      .on('GET /api/v1/proctoring/status/s2', () => aStatus('s2', { is_active: false, state: 'ended' }))
      .on('GET /api/v1/proctoring/alerts/s2', () => ({ session_id: 's2', alerts: [], next_cursor: null }))
      .on('GET /api/v1/session/s2', () => aSession('s2', over));
    const { result } = render(at, () => ({ status: useProctoringStatus('s1'), session: useSession('s1'), other: [useSession('s2'), useAlerts('s2'), useProctoringStatus('s2')] }));
    await until(() => result.current.session.isSuccess && result.current.status.isSuccess && result.current.other.every(({ isSuccess }) => isSuccess));
    await advance(5_000);
    expect(at.service.count(SESSION)).toBe(1);
    state = 'paused';
    await advance(5_000);
    await until(() => result.current.session.data?.state === 'paused');
    await advance(10_000);
    expect(at.service.count(SESSION)).toBe(2);
    expect(at.service.calls.filter(({ path }) => path.includes('s2'))).toHaveLength(3);
  });

  it('should list the newest first, whatever the order of the answer', async () => {
    at.service.on(ALERTS, () =>
      page([anAlert('old', { timestamp: '2026-01-02T10:00:00Z' }), anAlert('new', { timestamp: '2026-01-02T12:00:00+01:00' })]));
    const { result } = render(at, () => useAlerts('s1', 10));
    await until(() => result.current.isSuccess);
    expect(ids(result.current.data)).toEqual(['new', 'old']);
  });

  it('should keep an alert that came live while an older answer was under way, and show it once', async () => {
    const slow = gate();
    let known = [anAlert('a1')];
    at.service.on(ALERTS, async () => {
      const answer = page(known);
      await slow.promise;
      return answer;
    });
    const { result } = render(at, () => useAlerts('s1'));
    await until(() => at.service.count(ALERTS) === 1);
    slow.open();
    await until(() => result.current.isSuccess);
    const live = anAlert('a2', { timestamp: '2026-01-02T10:05:00Z' });
    act(() => void result.current.refetch());
    act(() => upsertAlerts(at.queryClient, 's1', [live]));
    await until(() => at.service.count(ALERTS) === 2 && !result.current.isFetching);
    expect(ids(result.current.data)).toEqual(['a2', 'a1']);
    known = [live, anAlert('a1')];
    await act(() => result.current.refetch());
    expect(ids(result.current.data)).toEqual(['a2', 'a1']);
  });

  it('should never go back from a closed alert to the open one of an older answer', async () => {
    at.service.on(ALERTS, () => page([anAlert('a1', { phase: 'open' })]));
    const { result } = render(at, () => useAlerts('s1'));
    await until(() => result.current.isSuccess);
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('a1', { phase: 'closed', end_s: 65 })]));
    await act(() => result.current.refetch());
    expect(result.current.data?.alerts[0]).toMatchObject({ phase: 'closed', end_s: 65 });
  });

  it('should leave live alerts out of a filtered list that they do not fit', async () => {
    at.service.on(ALERTS, () => page([]));
    const { result } = render(at, () => useAlerts('s1', 50, { severity: 'critical' }));
    await until(() => result.current.isSuccess);
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('high'), anAlert('critical', { severity: 'critical' })]));
    await settle();
    expect(ids(result.current.data)).toEqual(['critical']);
    expect(at.service.last(ALERTS).query.toString()).toBe('limit=50&severity=critical');
  });

  it('should begin a list that cannot be loaded with what comes live, and go on asking for it', async () => {
    useFakeTimers();
    at.service.on(ALERTS, (_call, response) => problem(response, 503, 'the store does not answer'));
    const { result } = render(at, () => useAlerts('s1', 50, { severity: 'high' }));
    await until(() => at.service.count(ALERTS) === 1);
    await settle();
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('low', { severity: 'low' })]));
    expect(result.current.data).toBeUndefined();
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('live')]));
    await settle();
    expect(ids(result.current.data)).toEqual(['live']);
    await advance(1_000);
    await until(() => result.current.isError);
    expect(ids(result.current.data)).toEqual(['live']);
    expect(result.current.dataUpdatedAt).toBe(0);
    at.service.on(ALERTS, () => page([anAlert('before', { timestamp: '2026-01-02T09:00:00Z' })]));
    await advance(3_000);
    await until(() => result.current.dataUpdatedAt > 0);
    expect(ids(result.current.data)).toEqual(['live', 'before']);
  });

  it('should hold no more than its limit', async () => {
    at.service.on(ALERTS, () => page([]));
    const { result } = render(at, () => useAlerts('s1', 2));
    await until(() => result.current.isSuccess);
    const many = [1, 2, 3].map((n) => anAlert(`a${n}`, { timestamp: `2026-01-02T10:0${n}:00Z` }));
    act(() => upsertAlerts(at.queryClient, 's1', many));
    await settle();
    expect(ids(result.current.data)).toEqual(['a3', 'a2']);
  });
});

describe('useCreateAlert', () => {
  const variables = { sessionId: 's1', alert: { type: 'tab_switch', message: 'The page was left.' } };

  async function listed(initial: Alert[]) {
    at.service.on(ALERTS, () => page(initial));
    const rendered = render(at, () => ({ alerts: useAlerts('s1'), create: useCreateAlert() }));
    await until(() => rendered.result.current.alerts.isSuccess);
    return rendered.result;
  }

  it('should show the alert at once and put the service\'s version in its place', async () => {
    const result = await listed([anAlert('a1')]);
    const answer = gate();
    const real = anAlert('real', { type: 'tab_switch', message: 'The page was left.', timestamp: '2027-01-01T00:00:00Z' });
    at.service.on(REPORT, async () => {
      await answer.promise;
      return { status: 'success', alert: real };
    });
    act(() => result.current.create.mutate(variables));
    await until(() => result.current.alerts.data?.alerts.length === 2);
    expect(isOptimistic(result.current.alerts.data?.alerts[0] as Alert)).toBe(true);
    expect(result.current.alerts.data?.alerts[0]).toMatchObject({ type: 'tab_switch', message: 'The page was left.' });
    at.service.on(ALERTS, () => page([real, anAlert('a1')]));
    answer.open();
    await until(() => result.current.create.isSuccess);
    expect(ids(result.current.alerts.data)).toEqual(['real', 'a1']);
  });

  it('should take the alert back when the service refuses it, and nothing else', async () => {
    const result = await listed([anAlert('a1')]);
    const answer = gate();
    at.service.on(REPORT, async (_call, response) => {
      await answer.promise;
      problem(response, 422, [{ type: 'value_error', loc: ['body', 'type'], msg: 'type is "?", must be a word', input: '?' }]);
    });
    act(() => result.current.create.mutate(variables));
    await until(() => result.current.alerts.data?.alerts.length === 2);
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('live', { timestamp: '2026-01-02T10:05:00Z' })]));
    answer.open();
    await until(() => result.current.create.isError);
    expect(ids(result.current.alerts.data)).toEqual(['live', 'a1']);
    expect(result.current.create.error?.message).toContain('type is "?", must be a word');
  });

  it('should show one alert when the live connection is quicker than the answer', async () => {
    const result = await listed([]);
    const answer = gate();
    const real = anAlert('real', { type: 'tab_switch', message: 'The page was left.' });
    at.service.on(REPORT, async () => {
      await answer.promise;
      return { status: 'success', alert: real };
    });
    act(() => result.current.create.mutate(variables));
    await until(() => result.current.alerts.data?.alerts.length === 1);
    act(() => upsertAlerts(at.queryClient, 's1', [real]));
    await settle();
    expect(ids(result.current.alerts.data)).toEqual(['real']);
    at.service.on(ALERTS, () => page([real]));
    answer.open();
    await until(() => result.current.create.isSuccess);
    expect(ids(result.current.alerts.data)).toEqual(['real']);
  });

  it('should take the alert back when the policy has its kind off', async () => {
    const result = await listed([]);
    // What the service says of it comes along.
    at.service.on(REPORT, () => ({ status: 'ignored', alert: anAlert('ignored', { type: 'tab_switch', message: 'The page was left.', phase: 'closed' }) }));
    await act(() => result.current.create.mutateAsync(variables));
    await settle();
    expect(ids(result.current.alerts.data)).toEqual([]);
  });
});

describe('useReviewAlert', () => {
  it('should show the review at once, and the old one again after a refusal', async () => {
    at.service.on(ALERTS, () => page([anAlert('a1')]));
    const { result } = render(at, () => ({ alerts: useAlerts('s1'), review: useReviewAlert() }));
    await until(() => result.current.alerts.isSuccess);
    const answer = gate();
    at.service.on('PATCH /api/v1/proctoring/alerts/s1/a1', async (_call, response) => {
      await answer.promise;
      problem(response, 403, 'not yours');
    });
    act(() => result.current.review.mutate({ sessionId: 's1', alertId: 'a1', review_state: 'dismissed', note: 'the cleaner' }));
    await until(() => result.current.alerts.data?.alerts[0]?.review.state === 'dismissed');
    await until(() => at.service.count('PATCH /api/v1/proctoring/alerts/s1/a1') === 1);
    expect(at.service.last('PATCH /api/v1/proctoring/alerts/s1/a1').json()).toEqual({ review_state: 'dismissed', note: 'the cleaner' });
    answer.open();
    await until(() => result.current.review.isError);
    expect(result.current.alerts.data?.alerts[0]?.review.state).toBe('open');
  });

  it('should keep the note where none is given, and show what the service answers', async () => {
    const review = { state: 'reviewed' as const, note: 'the cleaner', by: 'first', at: '2026-01-02T11:00:00Z' };
    at.service.on(ALERTS, () => page([anAlert('a1', { review })]));
    const { result } = render(at, () => ({ alerts: useAlerts('s1'), review: useReviewAlert() }));
    await until(() => result.current.alerts.isSuccess);
    const answer = gate();
    const list = gate();
    at.service
      .on('PATCH /api/v1/proctoring/alerts/s1/a1', async () => {
        await answer.promise;
        return anAlert('a1', { review: { ...review, state: 'dismissed', by: 'second' } });
      })
      .on(ALERTS, () => list.promise);
    act(() => result.current.review.mutate({ sessionId: 's1', alertId: 'a1', review_state: 'dismissed' }));
    await until(() => result.current.alerts.data?.alerts[0]?.review.state === 'dismissed');
    expect(result.current.alerts.data?.alerts[0]?.review.note).toBe('the cleaner');
    await until(() => at.service.count('PATCH /api/v1/proctoring/alerts/s1/a1') === 1);
    expect(at.service.last('PATCH /api/v1/proctoring/alerts/s1/a1').json()).toEqual({ review_state: 'dismissed' });
    answer.open();
    await until(() => result.current.alerts.data?.alerts[0]?.review.by === 'second');
    list.open();
  });
});
