// Walks through every state of both pages, for those who look at each: axe, the width of the window, a camera.
import type { Page } from 'playwright-core';
import { KEPT, aResult, aSession, anAlert, problem } from '../test/fake-service';
import { DESKTOP, PHONE, type TestBrowser } from './chromium';
import { crowd, populate, type StandIn } from './stand-in';

/** Called in each state with its name. */
export type Visit = (state: string) => Promise<void>;

const LOOKS = [
  ['desktop-light', 'light', DESKTOP],
  ['desktop-dark', 'dark', DESKTOP],
  ['phone-dark', 'dark', PHONE],
  ['phone-light', 'light', PHONE],
] as const;

/** Shows the state that the page is in in both themes and sizes, one after the other. */
export async function inEveryLook(page: Page, visit: (look: string) => Promise<void>): Promise<void> {
  for (const [look, colorScheme, viewport] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.waitForTimeout(200);
    // What is still fading has not its final contrast, and a busy machine fades late.
    await page.evaluate(() => {
      const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      fading.forEach((transition) => transition.finish());
    });
    await visit(look);
  }
}

export async function interviewStates(page: Page, browser: TestBrowser, service: StandIn, visit: Visit): Promise<void> {
  const { context } = browser;
  const open = (rest = '') => page.goto(`${service.url}/interview${rest}`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await open('?session=unknown');
  await page.getByRole('heading', { name: 'This interview cannot be opened' }).waitFor();
  await visit('interview-0-bad-link');
  service.on('GET /api/v1/session/away', (_call, response) => problem(response, 503, 'busy'));
  await open('?session=away');
  await visit('interview-0-looking-up');
  await page.getByRole('heading', { name: 'The interview cannot be reached' }).waitFor();
  await visit('interview-0-unreachable');
  service.sessions = [aSession('over', { state: 'ended', status: 'ended' })];
  await open('?session=over');
  await page.getByRole('heading', { name: 'This interview is over' }).waitFor();
  await visit('interview-0-over');

  await open();
  await visit('interview-1-welcome');
  await button('Continue to the camera check').click();
  await visit('interview-1-errors');
  await page.getByLabel('Your name').fill('Ada Quist');
  await page.getByRole('checkbox').check();
  const { precheck } = service;
  service.precheck = { ...precheck, ok: false, light: 'dark', faces: 0, hints: ['Turn on a light in front of you.', 'Sit so that your whole face is in the picture.'] };
  await browser.setCamera('denied', service.url);
  await button('Continue to the camera check').click();
  await page.getByText('The camera is not allowed').waitFor();
  await visit('interview-2-denied');
  await browser.setCamera('granted', service.url);
  await page.getByText('A bit too dark').waitFor();
  await visit('interview-2-hints');
  service.on('POST /api/v1/precheck', (_call, response) => problem(response, 503, 'busy'));
  await page.getByText('The check cannot be reached').waitFor();
  await visit('interview-2-check-fails');
  service.precheck = precheck;
  service.on('POST /api/v1/precheck', () => service.precheck);
  await page.getByText('Everything looks good').waitFor();
  await visit('interview-2-ready');
  const create = service.route('POST /api/v1/session/create');
  service.on('POST /api/v1/session/create', (_call, response) => problem(response, 400, 'no'));
  await button('Start the interview').click();
  await page.getByText('The interview could not be started.').waitFor();
  await visit('interview-2-not-started');
  service.on('POST /api/v1/session/create', create);
  await button('Start the interview').click();
  await button('Show the dots').waitFor();
  await visit('interview-3-calibration');
  await button('Show the dots').click();
  await page.getByText('Dot 1 of 5').waitFor();
  await visit('interview-3-dot');
  const skip = button('Skip this step');
  if (await skip.isVisible()) {
    await skip.click();
  }
  await page.getByText('All is well.').waitFor();
  await visit('interview-4-live');

  const id = service.connection.sessionId;
  const kinds = ['no_face', 'multiple_persons', 'prohibited_object', 'black_screen', 'frozen_video', 'partial_face', 'second_display'] as const;
  const alerts = kinds.map((type, index) => anAlert(`${id}-${index}`, { type, timestamp: new Date().toISOString() }));
  service.alerts = alerts.slice(0, 1);
  service.push(aResult(id, service.alerts));
  await page.locator('[data-kind="no_face"]').waitFor();
  await visit('interview-4-message');
  service.alerts = alerts;
  service.push(aResult(id, alerts.slice(1)));
  await page.locator('[data-kind="second_display"]').waitFor();
  await visit('interview-4-every-message');
  service.alerts = [];
  service.push(aResult(id, [], alerts.map((alert) => ({ ...alert, phase: 'closed' as const }))));
  await page.getByText('All is well.').waitFor();

  const session = service.sessions.find(({ session_id }) => session_id === id) as ReturnType<typeof aSession>;
  session.state = session.status = 'paused';
  await page.getByText('Your interviewer has paused the interview.').waitFor();
  await visit('interview-4-paused');
  session.state = session.status = 'active';
  await page.getByText('All is well.').waitFor();
  await browser.setCamera('denied', service.url);
  await page.getByText('The camera was disconnected').waitFor();
  await visit('interview-4-camera-gone');
  await browser.setCamera('granted', service.url);
  await page.getByText('The camera was disconnected').waitFor({ state: 'hidden' });
  await page.evaluate(() => {
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });
  await page.getByTestId('left-page').waitFor();
  await visit('interview-4-left');
  service.on(`GET /api/v1/session/${id}`, (_call, response) => problem(response, 503, 'busy'));
  service.connection.socket.terminate();
  await page.getByText('The connection is interrupted.').waitFor();
  await visit('interview-4-reconnecting');
  service.on(`GET /api/v1/session/${id}`, () => session);
  await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();
  service.connection.socket.close(1000);
  await page.getByText('This interview was opened in another window.').waitFor();
  await visit('interview-4-elsewhere');
  await button('Carry on here').click();
  await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();
  service.on(`GET /api/v1/session/${id}`, (_call, response) => problem(response, 401, 'no longer valid'));
  service.connection.socket.terminate();
  await page.getByText('Your link to this interview is no longer valid.').waitFor();
  await visit('interview-4-refused');
  service.on(`GET /api/v1/session/${id}`, () => session);
  await button('Try again').click();
  await button('End the interview').click();
  await visit('interview-5-confirm');
  service.on(`POST /api/v1/session/${id}/end`, (_call, response) => problem(response, 400, 'no'));
  await button('End it now').click();
  await page.getByText('The interview could not be ended just now.').waitFor();
  await visit('interview-5-not-ended');
  service.on(`POST /api/v1/session/${id}/end`, () => ({ status: 'success', message: 'Session ended' }));
  await button('End the interview').click();
  await button('End it now').click();
  await page.getByRole('heading', { name: 'Thank you, Ada Quist' }).waitFor();
  await visit('interview-6-done');

  service.on('POST /api/v1/precheck', (_call, response) => problem(response, 401, 'a bearer token is asked for'));
  await button('Start another interview').click();
  await page.getByLabel('Your name').fill('Ada Quist');
  await page.getByRole('checkbox').check();
  await button('Continue to the camera check').click();
  await page.getByRole('heading', { name: 'This page needs your own link' }).waitFor();
  await visit('interview-7-needs-link');
  await context.clearCookies();
}

export async function reviewStates(page: Page, service: StandIn, visit: Visit): Promise<void> {
  const open = (rest = '') => page.goto(`${service.url}/review${rest}`);
  const live = () => page.getByTestId('following').filter({ hasText: /^Live$/ }).waitFor();
  const sessions = service.route('GET /api/v1/sessions');

  service.on('GET /api/v1/sessions', (_call, response) => problem(response, 401, 'a bearer token is asked for'));
  await open();
  await page.getByRole('heading', { name: 'Access token' }).waitFor();
  await visit('review-0-token');
  await page.getByLabel('Token').fill('wrong');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('This token is not accepted.').waitFor();
  await visit('review-0-token-refused');
  service.on('GET /api/v1/sessions', (_call, response) => problem(response, 503, 'busy'));
  await page.reload();
  await page.getByText('The sessions cannot be loaded at the moment.').waitFor();
  await visit('review-0-unreachable');
  service.on('GET /api/v1/sessions', sessions);
  service.sessions = [];
  await page.reload();
  await page.getByText('No session is running').waitFor();
  await live();
  await visit('review-1-nobody');
  crowd(service, 40);
  await page.reload();
  await page.getByText('4 of 40 sessions have something open').waitFor();
  await live();
  await page.waitForTimeout(1_500);
  await visit('review-1-forty');

  populate(service);
  const picture = Buffer.from(await page.evaluate(drawPicture), 'base64');
  service.on('GET /api/v1/session/s1/evidence/s1-2.jpg', (_call, response) => void response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(picture));
  for (const alert of service.alerts) {
    if (alert.alert_id === 's1-2') {
      alert.evidence_url = '/api/v1/session/s1/evidence/s1-2.jpg';
    }
  }
  await page.reload();
  await page.getByText('Ben Ito').waitFor();
  await page.getByText('3 of 4 sessions have something open').waitFor();
  await visit('review-1-wall');
  const ada = service.sessions.find(({ session_id }) => session_id === 's1') as ReturnType<typeof aSession>;
  const current = ada.current as NonNullable<typeof ada.current>;
  current.unkept = { failing: true, waiting: 12, lost_events: 30, lost_trace_points: 1, lost_pictures: 2 };
  await page.reload();
  await page.getByText('One session cannot be saved').waitFor();
  await visit('review-1-not-saved');
  await open('#/session/s1');
  await page.getByText('12 alerts and events wait').waitFor();
  await page.getByText('30 events, 2 pictures, and 1 point of the trace could not be saved').waitFor();
  await visit('review-2-not-saved');
  current.unkept = KEPT;
  await open();
  await page.getByText('Ben Ito').waitFor();
  await page.getByRole('button', { name: /^Finished/ }).click();
  await page.getByText('Eun-ji Park').waitFor();
  await visit('review-1-finished');
  await open('#/session/s1');
  await page.locator('.alert-row').first().waitFor();
  await visit('review-2-session');
  await page.locator('.alert-row[data-kind="multiple_persons"]').click();
  await page.getByRole('img', { name: /^What the camera saw/ }).waitFor();
  await visit('review-3-evidence');
  await page.locator('.alert-row[data-kind="tab_switch"]').click();
  await page.getByText('Dismissed by proctor').waitFor();
  await visit('review-3-dismissed');
  await page.getByLabel('Severity').selectOption('critical');
  await page.getByLabel('Review', { exact: true }).selectOption('dismissed');
  await page.getByText('No alert fits the filter.').waitFor();
  await visit('review-3-nothing-fits');
  service.on('POST /api/v1/session/s1/pause', (_call, response) => problem(response, 403, 'the token does not allow this'));
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Only a host may do that.').waitFor();
  await visit('review-3-host-only');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await visit('review-3-end');
  await page.getByRole('button', { name: 'Let it go on' }).click();
  await open('#/session/s5');
  await page.getByRole('heading', { name: 'Eun-ji Park' }).waitFor();
  await page.getByText('Nothing has been noted so far.').waitFor();
  await visit('review-4-nothing-noted');
  service.on('GET /api/v1/proctoring/alerts/s3', (_call, response) => problem(response, 503, 'the store does not answer'));
  await open('#/session/s3');
  await page.getByText('The alerts cannot be loaded at the moment.').waitFor();
  await page.locator('.alert-row[data-kind="black_screen"]').waitFor();
  await visit('review-4-no-alerts');
  await open('#/session/unknown');
  await page.getByRole('heading', { name: 'This session cannot be shown' }).waitFor();
  await visit('review-4-unknown');
}

/** Something for a picture to show, drawn in the page. */
function drawPicture(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.fillStyle = '#7d8b99';
  pen.fillRect(0, 0, 640, 480);
  pen.fillStyle = '#d8b294';
  for (const [x, y, r] of [[250, 230, 90], [470, 190, 60]] as const) {
    pen.beginPath();
    pen.arc(x, y, r, 0, 7);
    pen.fill();
  }
  return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] as string;
}
