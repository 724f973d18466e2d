import { act, fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { QueryProvider, upsertAlerts, type Alert } from '@invigil/client';
import { SessionView } from '../pages/review/session-view';
import { aSession, aStatus, anAlert, problem } from './fake-service';
import { advance, bench, settle, until, useFakeTimers } from './harness';

const at = bench();
const SESSION = 'GET /api/v1/session/s1';
const SCORE = 'GET /api/v1/session/s1/score';
const STATUS = 'GET /api/v1/proctoring/status/s1';
const ALERTS = 'GET /api/v1/proctoring/alerts/s1';
const page = (alerts: Alert[]) => ({ session_id: 's1', alerts, next_cursor: null });
const rows = () => [...document.querySelectorAll<HTMLElement>('.alert-row')].map(({ dataset }) => dataset.kind);

describe('a session in review', () => {
  const open = (alertId: string | null = null) =>
    render(
      <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
        <SessionView sessionId="s1" alertId={alertId} />
      </QueryProvider>,
    );
  function serve(alerts: Alert[] = []) {
    at.service
      .on(SESSION, () => aSession('s1'))
      .on(STATUS, () => aStatus('s1'))
      .on(SCORE, () => ({ points: 0, terms: [] }))
      .on(ALERTS, () => page(alerts));
  }

  it('should not show alerts that cannot be loaded as none, and show what is open', async () => {
    useFakeTimers();
    serve();
    let openNow = [anAlert('a1', { type: 'black_screen' })];
    at.service.on(STATUS, () => aStatus('s1', { open_alerts: openNow })).on(ALERTS, (_call, response) => problem(response, 503, 'the store does not answer'));
    open();
    await until(() => rows().length === 1);
    await advance(1_000);
    await until(() => screen.queryByText(/^The alerts cannot be loaded at the moment/) !== null);
    openNow = [];
    await advance(5_000);
    await until(() => rows().length === 0);
    expect(document.body.textContent).not.toMatch(/Nothing has been noted( so far)?\./);
    expect(screen.getByText('What was noted is not known at the moment.')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Alerts' })).toBeTruthy();
    // What is pushed meanwhile is shown, and makes no record of it.
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('a2', { type: 'no_face' })]));
    await settle();
    expect(rows()).toEqual(['no_face']);
    expect(screen.getByRole('heading', { name: 'Alerts' })).toBeTruthy();
    expect(screen.getByText(/^The alerts cannot be loaded at the moment/)).toBeTruthy();
    at.service.on(ALERTS, () => page([anAlert('a3', { type: 'paste', phase: 'closed', timestamp: '2026-01-02T09:59:30Z' })]));
    await advance(3_000);
    await until(() => rows().length === 2);
    expect(screen.getByRole('heading', { name: 'Alerts 2' })).toBeTruthy();
    expect(screen.queryByText(/^The alerts cannot be/)).toBeNull();
  });

  it('should say so where alerts that were loaded cannot be brought up to date, and keep them', async () => {
    useFakeTimers();
    serve([anAlert('a1')]);
    open();
    await until(() => rows().length === 1);
    at.service.on(ALERTS, (_call, response) => problem(response, 503, 'the store does not answer'));
    await advance(3_000);
    await advance(1_000);
    await until(() => screen.queryByText(/^The alerts cannot be brought up to date/) !== null);
    expect(screen.getByRole('heading', { name: 'Alerts 1' })).toBeTruthy();
  });

  it('should follow another reviewer\'s note until one is written here, and send only that', async () => {
    serve([anAlert('a1')]);
    const reviewed: unknown[] = [];
    at.service.on('PATCH /api/v1/proctoring/alerts/s1/a1', ({ json }) => {
      const { review_state: state, note } = json() as { review_state: 'reviewed'; note?: string };
      reviewed.push({ state, note });
      const alert = anAlert('a1', { review: { state, note: note ?? 'A radio.', by: 'me', at: null } });
      at.service.on(ALERTS, () => page([alert]));
      return alert;
    });
    open('a1');
    await until(() => screen.queryByLabelText('Note') !== null);
    const note = () => screen.getByLabelText<HTMLTextAreaElement>('Note');
    const mark = async (by: string) => {
      const before = reviewed.length;
      fireEvent.click(screen.getByRole('button', { name: by }));
      await until(() => reviewed.length > before && screen.getByRole('button', { name: by }).getAttribute('aria-disabled') === 'false');
    };
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('a1', { review: { state: 'reviewed', note: 'A radio.', by: 'another', at: null } })]));
    await until(() => note().value === 'A radio.');
    await mark('Dismiss');
    expect(note().value).toBe('A radio.');
    fireEvent.change(note(), { target: { value: 'The cleaner. ' } });
    act(() => upsertAlerts(at.queryClient, 's1', [anAlert('a1', { review: { state: 'reviewed', note: 'A bird.', by: 'another', at: null } })]));
    await settle();
    expect(note().value).toBe('The cleaner. ');
    await mark('Mark as reviewed');
    await until(() => note().value === 'The cleaner.');
    fireEvent.change(note(), { target: { value: '' } });
    await mark('Mark as reviewed');
    expect(reviewed).toEqual([{ state: 'dismissed' }, { state: 'reviewed', note: 'The cleaner.' }, { state: 'reviewed', note: '' }]);
  });

  it('should leave the focus on the alert that is opened again, and on the session that is ended', async () => {
    serve([anAlert('a1', { review: { state: 'dismissed', note: '', by: 'me', at: null } })]);
    at.service
      .on('PATCH /api/v1/proctoring/alerts/s1/a1', () => {
        at.service.on(ALERTS, () => page([anAlert('a1')]));
        return anAlert('a1');
      })
      .on('POST /api/v1/session/s1/end', () => {
        at.service.on(SESSION, () => aSession('s1', { state: 'ended', status: 'ended' }));
        return { status: 'success', message: 'Done' };
      });
    // What jsdom has not.
    Object.assign(HTMLDialogElement.prototype, { showModal: () => {}, close: () => {} });
    const view = open('a1');
    await until(() => screen.queryByRole('button', { name: 'Reopen' }) !== null);
    const press = (button: HTMLElement) => act(() => (button.focus(), button.click()));
    press(screen.getByRole('button', { name: 'Reopen' }));
    await until(() => screen.queryByRole('button', { name: 'Reopen' }) === null);
    expect(document.activeElement?.textContent).toBe('Several people');
    const end = screen.getByRole('button', { name: 'End' });
    press(end);
    act(() => screen.getByRole('button', { name: 'End it now', hidden: true }).click());
    await until(() => !end.isConnected);
    expect(document.activeElement?.textContent).toBe('Ada');
    // Nor is anything given the focus that had none.
    (document.activeElement as HTMLElement).blur();
    view.unmount();
    expect(document.activeElement).toBe(document.body);
  });

  it('should say that nothing has been noted where that is known', async () => {
    serve();
    open();
    await until(() => screen.queryByText('Nothing has been noted so far.') !== null);
    expect(screen.getByText('Nothing has been noted.')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Alerts 0' })).toBeTruthy();
  });
});
