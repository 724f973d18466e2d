import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AlertList, CreatedSession, Session } from '@invigil/client';
import { hasChromium, openBrowser, type TestBrowser } from './chromium';
import { Recording } from './recording';
import { RealService } from './service';
import { endInterview, openInterview, poll, startAs } from './steps';

const HOST = `host-${randomUUID()}`;
const PROCTOR = `proctor-${randomUUID()}`;

describe.skipIf(!hasChromium)('against the real service, which asks for tokens', () => {
  let service: RealService;
  let recording: Recording;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    service = await RealService.start('--host-tokens', `desk:${HOST}`, '--proctor-tokens', `room:${PROCTOR}`);
    // After the service, whose start builds what makes recordings.
    recording = new Recording();
    browser = await openBrowser({ cameraFile: recording.file });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    recording?.dispose();
  });
  afterEach(() => page?.close());

  const call = (path: string, token: string, init: RequestInit = {}) =>
    fetch(service.url + path, { ...init, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
  const asHost = async <T>(path: string): Promise<T> => (await (await call(path, HOST)).json()) as T;

  async function invite(name: string): Promise<Required<Pick<CreatedSession, 'session_id' | 'token'>>> {
    const answer = await call('/api/v1/session/create', HOST, {
      method: 'POST',
      body: JSON.stringify({ candidate_name: name, interview_type: 'technical', duration_minutes: 30, keep_evidence: true }),
    });
    const { session_id, token } = (await answer.json()) as CreatedSession;
    return { session_id, token: token as string };
  }

  const link = (session: string, token: string) => `?session=${session}#token=${token}`;

  it('should take a candidate through an interview with a token for it alone, and show a proctor the picture and the report', async () => {
    const { session_id: id, token } = await invite('Invited Ina');
    page = await openInterview(browser.context, service, link(id, token));
    await page.getByText('planned for 30 minutes').waitFor();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Invited Ina');
    await startAs(page);
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();

    const review = await browser.context.newPage();
    await review.goto(`${service.url}/review#token=${PROCTOR}`);
    await review.getByRole('link', { name: 'Invited Ina' }).click();
    await review.getByTestId('following').filter({ hasText: /^Live$/ }).waitFor();
    expect(review.url()).not.toContain(PROCTOR);
    // The first alert of the camera, with its picture.
    await review.locator('.alert-row:is([data-kind="multiple_persons"], [data-kind="no_face"])').first().click({ timeout: 90_000 });
    const picture = review.getByRole('img', { name: /^What the camera saw/ });
    await picture.waitFor();
    const [width, height] = await poll('the picture', () => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]), ([w]) => w !== 0);
    expect([width, height]).toEqual([640, 480]);

    const download = review.waitForEvent('download');
    await review.getByRole('button', { name: 'Report' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain(id);
    await review.getByRole('button', { name: 'Mark as reviewed' }).click();
    await review.getByTestId('review-state').filter({ hasText: 'Reviewed by room' }).waitFor();
    // A proctor watches; a host decides over the session.
    await review.getByRole('button', { name: 'Pause' }).click();
    await review.getByText('Only a host may do that.').waitFor();
    await review.close();

    const { frames } = await asHost<Session>(`/api/v1/session/${id}`);
    const { alerts } = await asHost<AlertList>(`/api/v1/proctoring/alerts/${id}`);
    console.log(`tokens: frames ${JSON.stringify(frames)}, alerts ${alerts.map(({ type, evidence_url }) => `${type}${evidence_url ? ' with a picture' : ''}`).join(', ')}`);
    expect(frames.analysed).toBeGreaterThan(10);
    await endInterview(page, 'Invited Ina');
    expect((await asHost<Session>(`/api/v1/session/${id}`)).state).toBe('ended');
    await page.reload();
    await page.getByRole('heading', { name: 'This interview is over' }).waitFor();
  }, 240_000);

  it.each([
    ['another session\'s', async () => (await invite('Somebody Else')).token],
    ['an expired', (id: string) => Promise.resolve(minted(id, -120))],
    ['a made-up', () => Promise.resolve('not-a-token-of-this-service')],
    ['no', () => Promise.resolve('')],
  ])('should tell a candidate with %s token calmly that the link is not good', async (_which, tokenFor) => {
    const { session_id: id } = await invite('Badly Invited');
    page = await openInterview(browser.context, service, link(id, await tokenFor(id)));
    await page.getByRole('heading', { name: 'This interview cannot be opened' }).waitFor();
    await page.getByText('ask your interviewer for a new one').waitFor();
    expect(await page.getByRole('button', { name: /Continue/ }).count()).toBe(0);
  });

  it('should say that a link is needed when the page is opened without one', async () => {
    page = await openInterview(browser.context, service);
    await page.getByLabel('Your name').fill('No Link');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue to the camera check' }).click();
    await page.getByRole('heading', { name: 'This page needs your own link' }).waitFor();
    expect(await page.locator('video').count()).toBe(0);
  });

  it('should tell a candidate whose token is no longer taken during the interview that a new link is needed', async () => {
    const { session_id: id, token } = await invite('Runs Out');
    page = await openInterview(browser.context, service, link(id, token));
    await startAs(page);
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();
    await service.kill();
    service.forgetSessionSecret();
    await service.run();
    await page.getByText('Your link to this interview is no longer valid.').waitFor({ timeout: 60_000 });
    await page.getByTestId('connection').filter({ hasText: 'Not allowed' }).waitFor();
  }, 120_000);

  it('should ask a reviewer for a token, and say what is wrong with one', async () => {
    page = await browser.context.newPage();
    await page.goto(`${service.url}/review`);
    await page.getByRole('heading', { name: 'Access token' }).waitFor();
    const { token } = await invite('A Candidate');
    for (const [tried, told] of [
      ['not-a-token-of-this-service', 'This token is not accepted.'],
      [minted('any', -120), 'This token is not accepted.'],
      [token, 'This token may not review sessions.'],
    ] as const) {
      await page.getByLabel('Token').fill(tried);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText(told).waitFor();
    }
    await page.getByLabel('Token').fill(PROCTOR);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'A Candidate' }).waitFor();
    await page.getByTestId('following').filter({ hasText: /^Live$/ }).waitFor();
  });

  /** A candidate's token as the service makes them, of any life. */
  function minted(session: string, livesS: number): string {
    const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
    const body = `${part({ alg: 'HS256' })}.${part({
      iss: 'invigil', aud: 'invigil-session', sub: 'candidate', scope: 'candidate', session_id: session,
      exp: Math.floor(Date.now() / 1_000) + livesS,
    })}`;
    return `${body}.${createHmac('sha256', service.sessionSecret()).update(body).digest('base64url')}`;
  }
});
