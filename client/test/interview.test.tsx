import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryProvider, sessionKeys, type SessionEnd } from '@invigil/client';
import { InterviewApp } from '../pages/interview/app';
import { DoneStep } from '../pages/interview/done-step';
import { Access } from '../pages/shared/access';
import { aSession, aStatus, gate, problem } from './fake-service';
import { bench, settle, until } from './harness';

// What looks at pictures has no place in jsdom.
vi.mock('../pages/interview/camera-step', async (original) => ({
  ...(await original<object>()),
  CameraStep: ({ isStarting, startError, onStart, onBack }: { isStarting: boolean; startError: Error | null; onStart: () => void; onBack: () => void }) => (
    <>
      {isStarting ? <p>starting</p> : null}
      {startError ? <p>not started</p> : null}
      <button onClick={onStart}>Start the interview</button>
      <button onClick={onBack}>Back</button>
    </>
  ),
}));

const at = bench();
const SESSION = 'GET /api/v1/session/s1';

describe('the interview page', () => {
  beforeEach(() => {
    vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
    vi.stubGlobal('scrollTo', () => {});
    sessionStorage.clear();
    at.service
      .on('GET /api/v1/proctoring/status/s1', () => aStatus('s1'))
      .on('GET /api/v1/proctoring/alerts/s1', () => ({ session_id: 's1', alerts: [], next_cursor: null }));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    history.replaceState(null, '', '/');
  });
  const open = (rest = '') => {
    at.queryClient.clear();
    history.replaceState(null, '', `/interview${rest}`);
    const access = new Access('interview');
    return render(
      <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options} getToken={access.source}>
        <InterviewApp access={access} />
      </QueryProvider>,
    );
  };
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const heading = (name: RegExp | string) => screen.queryByRole('heading', { name, level: 1 });
  /** From the first step to the camera check. */
  async function toCamera() {
    await until(() => screen.queryByLabelText('Your name') !== null);
    fireEvent.change(screen.getByLabelText('Your name'), { target: { value: 'Ada' } });
    fireEvent.click(screen.getByRole('checkbox'));
    press('Continue to the camera check');
  }
  async function toLive() {
    await toCamera();
    press('Start the interview');
    await until(() => screen.queryByRole('button', { name: 'Skip this step' }) !== null);
    press('Skip this step');
    await until(() => screen.getByTestId('connection').textContent === 'Connected');
  }

  it('should go on with the session that it has created when it is loaded again', async () => {
    at.service.on(SESSION, () => aSession('s1')).on('POST /api/v1/session/create', () => ({ ...aSession('s1'), token: 'of-s1' }));
    const { unmount } = open('?minutes=20#token=host');
    await toLive();
    expect(location.search).toBe('?minutes=20&session=s1');
    expect(JSON.stringify(at.queryClient.getMutationCache().getAll().map(({ state }) => state))).not.toContain('of-s1');
    unmount();
    open(location.search);
    await until(() => screen.queryByLabelText('Your name') !== null);
    expect(screen.getByLabelText<HTMLInputElement>('Your name').readOnly).toBe(true);
    await toLive();
    expect(at.service.connections.map(({ sessionId, protocols }) => [sessionId, protocols])).toEqual(
      [1, 2].map(() => ['s1', 'invigil.v1,invigil.token.of-s1']),
    );
    expect(at.service.count('POST /api/v1/session/create')).toBe(1);
  });

  it('should take an address that names no session after all for one without', async () => {
    open('?session=');
    await until(() => heading('Welcome to your interview') !== null);
  });

  it('should not name a session that is over in the address of another', async () => {
    at.service.on(SESSION, () => aSession('s1')).on('POST /api/v1/session/create', () => aSession('s1'));
    open();
    await toLive();
    expect(location.search).toBe('?session=s1');
    act(() => at.service.push({ type: 'session', session_id: 's1', state: 'ended' }));
    await until(() => screen.queryByRole('button', { name: 'Start another interview' }) !== null);
    press('Start another interview');
    await until(() => screen.queryByLabelText('Your name') !== null);
    expect(location.search).toBe('');
  });

  it('should not begin a session that has expired since the page was opened, and say why', async () => {
    at.service.on(SESSION, () => aSession('s1'));
    open('?session=s1');
    await toCamera();
    at.service.on(SESSION, (_call, response) => problem(response, 400, 'not now'));
    press('Start the interview');
    await until(() => screen.queryByText('not started') !== null);
    // What failed once is not told of the next try before it is made.
    press('Back');
    await toCamera();
    expect(screen.queryByText('not started')).toBeNull();
    at.service.on(SESSION, () => aSession('s1', { state: 'expired', status: 'expired' }));
    press('Start the interview');
    await until(() => heading('This interview is over') !== null);
    expect(document.body.textContent).toMatch(/nothing arrived from this page.*ask your interviewer/);
    expect(at.service.handshakes).toBe(0);
  });

  it.each([404, 410])('should say that a session cannot be opened which is gone (%i) since the page was opened', async (status) => {
    at.service.on(SESSION, () => aSession('s1'));
    open('?session=s1');
    await toCamera();
    at.service.on(SESSION, (_call, response) => problem(response, status, 'Session not found'));
    press('Start the interview');
    await until(() => heading('This interview cannot be opened') !== null);
    expect(at.service.handshakes).toBe(0);
  });

  it('should let a candidate try again where only what stands in front of the service knows no session', async () => {
    at.service.on(SESSION, () => aSession('s1'));
    open('?session=s1');
    await toCamera();
    at.service.on(SESSION, (_call, response) => void response.writeHead(404).end('<h1>Not Found</h1>'));
    press('Start the interview');
    await until(() => screen.queryByText('not started') !== null);
    press('Back');
    await until(() => screen.queryByLabelText('Your name') !== null);
  });

  it('should be starting while it looks the session up to begin, and not because it is looked up otherwise', async () => {
    at.service.on(SESSION, () => aSession('s1'));
    open('?session=s1');
    await toCamera();
    let answer = gate();
    at.service.on(SESSION, async () => {
      await answer.promise;
      return aSession('s1');
    });
    const before = at.service.count(SESSION);
    act(() => void at.queryClient.invalidateQueries({ queryKey: sessionKeys.detail('s1') }));
    await until(() => at.service.count(SESSION) > before);
    await settle();
    expect(screen.queryByText('starting')).toBeNull();
    answer.open();
    await settle();
    answer = gate();
    press('Start the interview');
    await until(() => screen.queryByText('starting') !== null);
    answer.open();
    await until(() => screen.queryByRole('button', { name: 'Skip this step' }) !== null);
  });

  it('should promise nothing of an interview that the service does not know any more, but say how to name it', () => {
    const done = (how: SessionEnd) => render(<DoneStep session={aSession('s1')} how={how} canStartAnother={false} onAnother={() => {}} />);
    done('unknown');
    expect(document.body.textContent).not.toMatch(/A person looks at the interview|What happens next/);
    expect(document.body.textContent).toContain('Reference: s1');
    cleanup();
    done('expired');
    expect(document.body.textContent).toMatch(/What happens next.*A person looks at the interview.*Reference: s1/);
  });

  it.each([
    ['ended', /^Thank you, Ada/, /The interview has ended/],
    ['expired', 'This interview was closed', /nothing arrived from this page.*ask your interviewer/],
  ] as const)('should tell a candidate whose session has %s so', async (state, title, text) => {
    at.service.on(SESSION, () => aSession('s1'));
    open('?session=s1');
    await toLive();
    act(() => at.service.push({ type: 'session', session_id: 's1', state }));
    await until(() => heading(title) !== null);
    expect(document.body.textContent).toMatch(text);
  });
});
