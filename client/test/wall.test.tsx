import type { ServerResponse } from 'node:http';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryProvider, type Alert, type Session } from '@invigil/client';
import { ReviewApp } from '../pages/review/app';
import { Access } from '../pages/shared/access';
import { ServiceClock, ServiceTime } from '../pages/shared/service-clock';
import { KEPT, aSession, anAlert, pageOf, problem } from './fake-service';
import { advance, bench, settle, until, useFakeTimers } from './harness';

const at = bench();
const SESSIONS = 'GET /api/v1/sessions';

describe('the wall', () => {
  let known: Session[];
  let stream: ServerResponse | undefined;
  beforeEach(() => {
    // What the theme asks for, and jsdom has not.
    vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
    location.hash = '';
    known = [];
    stream = undefined;
    at.service.on(SESSIONS, ({ query }) => pageOf(known, query)).on('GET /api/v1/events', (_call, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': hello\n\n');
      stream = response;
    });
  });
  afterEach(() => vi.unstubAllGlobals());
  const open = () =>
    render(
      <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
        <ReviewApp access={new Access('review')} />
      </QueryProvider>,
    );
  const withOpen = (session: Session, ...open: Alert[]): Session => ({ ...session, current: { connected: true, open_alerts: open, unkept: KEPT } });
  const over = (count: number, state: Session['state'] = 'ended') =>
    Array.from({ length: count }, (_unused, index) => aSession(`${state}-${index}`, { candidate_name: `${state} ${index}`, state, status: state }));

  it('should show a live session that began before any number of finished ones', async () => {
    known = [...over(600), aSession('early', { candidate_name: 'Early Bird', start_time: '2026-01-01T08:00:00Z' })];
    open();
    await until(() => screen.queryByText('Early Bird') !== null);
    expect(document.querySelectorAll('.session-card')).toHaveLength(1);
  });

  it('should ask for running and for paused sessions once every 5 s, and for finished ones only while they are shown', async () => {
    useFakeTimers();
    known = [aSession('s1'), ...over(2)];
    open();
    const asked = () => at.service.calls.filter(({ path }) => path === '/api/v1/sessions').map(({ query }) => query.get('state')).sort();
    await until(() => screen.queryByText('Ada') !== null);
    for (let polls = 1; polls <= 3; polls++) {
      expect(asked()).toEqual([...Array<string>(polls).fill('active'), ...Array<string>(polls).fill('paused')]);
      await advance(5_000);
    }
    fireEvent.click(screen.getByRole('button', { name: 'Finished' }));
    await until(() => screen.queryByText('ended 1') !== null);
    expect(asked().filter((state) => state === 'ended' || state === 'expired')).toEqual(['ended', 'expired']);
  });

  it('should ask for no more than the two lists every 5 s, however many sessions there are', async () => {
    useFakeTimers();
    known = Array.from({ length: 40 }, (_unused, index) => aSession(`s${index}`, { candidate_name: `Candidate ${index}` }));
    open();
    await until(() => screen.queryByText('Candidate 39') !== null && at.service.calls.length >= 3);
    const first = at.service.calls.length;
    for (let polls = 1; polls <= 3; polls++) {
      await advance(5_000);
      await until(() => at.service.calls.length >= first + polls * 2);
      await settle();
      expect(at.service.calls.length).toBe(first + polls * 2);
    }
  });

  it('should put a session in front in which something opens before the next poll is due', async () => {
    useFakeTimers();
    known = ['One', 'Two', 'Three'].map((name) => aSession(name, { candidate_name: name }));
    open();
    await until(() => screen.queryByText('Three') !== null && stream !== undefined && screen.queryByText('Live', { selector: '.pill' }) !== null);
    await settle();
    const names = () => [...document.querySelectorAll('.session-name')].map(({ textContent }) => textContent);
    expect(names()).toEqual(['One', 'Two', 'Three']);
    known = known.map((session) => (session.session_id === 'Three' ? withOpen(session, anAlert('a1', { severity: 'critical' })) : session));
    stream?.write(`event: alert\ndata: ${JSON.stringify({ session_id: 'Three', alert: anAlert('a1') })}\n\n`);
    await settle();
    // A second until what changed is asked for, and one until cards move.
    await advance(1_000);
    await advance(1_000);
    expect(names()).toEqual(['Three', 'One', 'Two']);
    expect(screen.getByText(/1 of 3 sessions have something open/)).toBeTruthy();
  });

  it('should keep cards where they are while somebody moves in the list, say so, and put them in order once nothing moves', async () => {
    useFakeTimers();
    known = ['One', 'Two', 'Three'].map((name) => aSession(name, { candidate_name: name }));
    open();
    await until(() => screen.queryByText('Three') !== null);
    const names = () => [...document.querySelectorAll('.session-name')].map(({ textContent }) => textContent);
    act(() => screen.getByRole('link', { name: 'Two' }).focus());
    await advance(3_000);
    fireEvent.pointerMove(screen.getByText('Two'));
    known = known.map((session) => (session.session_id === 'Three' ? withOpen(session, anAlert('a1', { severity: 'critical' })) : session));
    await act(() => at.queryClient.invalidateQueries());
    await advance(4_000);
    expect(names()).toEqual(['One', 'Two', 'Three']);
    expect(screen.getByTestId('needing').textContent).toBe('1 of 3 sessions have something open; the list is put in order once it is left alone.');
    await advance(2_000);
    expect(names()).toEqual(['Three', 'One', 'Two']);
    expect(screen.getByTestId('needing').textContent).toMatch(/something open; they come first\.$/);
    expect(document.activeElement?.textContent).toBe('Two');
  });

  it('should take a token where nothing can be stored, and ask for everything anew with it', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    known = [aSession('s1')];
    for (const route of [SESSIONS, 'GET /api/v1/events']) {
      const answer = at.service.route(route);
      at.service.on(route, (call, response) =>
        call.headers.authorization === 'Bearer good' ? answer(call, response) : problem(response, 401, 'a bearer token is asked for'));
    }
    const access = new Access('review');
    const reload = vi.fn();
    render(
      <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options} getToken={access.source}>
        <ReviewApp access={access} reload={reload} />
      </QueryProvider>,
    );
    for (const token of ['bad', 'good']) {
      await until(() => screen.queryByLabelText('Token') !== null);
      fireEvent.change(screen.getByLabelText('Token'), { target: { value: token } });
      fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
      if (token === 'bad') {
        await until(() => screen.queryByText(/^This token is not accepted/) !== null);
      }
    }
    await until(() => screen.queryByText('Ada') !== null && stream !== undefined);
    await until(() => screen.queryByText('Live', { selector: '.pill' }) !== null);
    expect(reload).not.toHaveBeenCalled();
  });

  it('should tell how long a session has run by the service\'s clock, whatever the computer\'s says', async () => {
    const time = new ServiceClock();
    time.note('2026-01-02T10:29:59.500Z');
    known = [aSession('s1')];
    render(
      <ServiceTime.Provider value={time}>
        <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
          <ReviewApp access={new Access('review')} />
        </QueryProvider>
      </ServiceTime.Provider>,
    );
    await until(() => screen.queryByText('Ada') !== null);
    expect(document.querySelector('.session-card')?.textContent).toMatch(/3\d:\d\d/);
  });

  it('should say how many sessions the service cannot save, while it cannot', async () => {
    const unsaved = (session: Session, failing: boolean): Session => ({
      ...session,
      current: { connected: true, open_alerts: [], unkept: { ...KEPT, failing, waiting: 3 } },
    });
    known = [unsaved(aSession('s1'), true), unsaved(aSession('s2'), true), unsaved(aSession('s3'), false)];
    open();
    await until(() => screen.queryByText(/^2 sessions cannot be saved at the moment/) !== null);
    known = known.map((session) => unsaved(session, false));
    await act(() => at.queryClient.invalidateQueries());
    await until(() => screen.queryByText(/cannot be saved/) === null);
  });

  it('should not say that no session is running where none has the name that is looked for', async () => {
    known = [aSession('s1')];
    open();
    await until(() => screen.queryByText('Ada') !== null);
    fireEvent.change(screen.getByLabelText('Find a candidate'), { target: { value: 'Nobody' } });
    expect(screen.getByText('Nobody of that name is here.')).toBeTruthy();
    expect(screen.queryByText('No session is running')).toBeNull();
    known = [];
    await act(() => at.queryClient.invalidateQueries());
    await until(() => screen.queryByText('No session is running') !== null);
    expect(screen.queryByText('Nobody of that name is here.')).toBeNull();
  });

  it('should say so where there are more finished sessions than it shows', async () => {
    known = over(150);
    open();
    await until(() => screen.queryByText('No session is running') !== null);
    fireEvent.click(screen.getByRole('button', { name: 'Finished' }));
    await until(() => screen.queryByText('ended 149') !== null);
    expect(screen.queryByText(/there are older ones/)).toBeNull();
    known = [...over(150), ...over(60, 'expired')];
    fireEvent.click(screen.getByRole('button', { name: /^Live/ }));
    await act(() => at.queryClient.invalidateQueries());
    fireEvent.click(screen.getByRole('button', { name: 'Finished' }));
    await until(() => screen.queryByText('These are the newest 200; there are older ones.') !== null);
    expect(document.querySelectorAll('.session-card')).toHaveLength(200);
  });
});
