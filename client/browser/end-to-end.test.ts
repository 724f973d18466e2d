import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert, AlertList, ProctoringStatus, Session } from '@invigil/client';
import { hasChromium, openBrowser } from './chromium';
import { Recording, watch } from './recording';
import { hasService, RealService } from './service';

/** The hold times of the policy `interview`, in milliseconds: how long a condition must last before it is an alert. */
const HOLD_MS: Record<string, number> = { multiple_persons: 1_000, black_screen: 1_000, no_face: 1_500 };

/** How late an alert may be in the page, after its onset and its rule's hold time. */
const SLACK_MS = 3_000;

describe.skipIf(!hasChromium || !hasService)('against the real service', () => {
  let service: RealService;
  let recording: Recording;
  let context: BrowserContext;
  let close: () => Promise<void>;

  beforeAll(async () => {
    recording = new Recording();
    service = await RealService.start();
    ({ context, close } = await openBrowser({ cameraFile: recording.file }));
  }, 600_000);

  afterAll(async () => {
    await close?.();
    await service?.stop();
    recording?.dispose();
  });

  const get = async <T>(path: string): Promise<T> => (await (await fetch(service.url + path)).json()) as T;
  const sessions = async () => (await get<{ sessions: Session[] }>('/api/v1/sessions')).sessions;
  const alertsOf = async (id: string) => (await get<AlertList>(`/api/v1/proctoring/alerts/${id}?limit=1000`)).alerts;
  const statusOf = (id: string) => get<ProctoringStatus>(`/api/v1/proctoring/status/${id}`);

  async function startInterview(page: Page, name: string): Promise<string> {
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue to the camera check' }).click();
    await page.getByRole('button', { name: 'Start the interview', disabled: false }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Skip this step' }).waitFor();
    const session = (await sessions()).find((candidate) => candidate.candidate_name === name);
    return (session as Session).session_id;
  }

  async function newPage(): Promise<Page> {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(`${service.url}/interview`);
    return page;
  }

  const sent = async (page: Page) => Number(await page.getByTestId('frames-sent').textContent());

  async function poll<T>(what: string, ask: () => Promise<T>, good: (value: T) => boolean, forMs = 30_000): Promise<T> {
    for (const deadline = Date.now() + forMs; ; ) {
      const value = await ask();
      if (good(value)) {
        return value;
      }
      if (Date.now() > deadline) {
        throw new Error(`${what}: still ${JSON.stringify(value)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  it('should take a candidate from name to end, tell calmly what it sees within 3 s, and let a reviewer follow', async () => {
    const reviewer = await context.newPage();
    await reviewer.goto(`${service.url}/review`);
    await reviewer.getByTestId('following').filter({ hasText: /^Live$/ }).waitFor();

    const page = await newPage();
    const id = await startInterview(page, 'Whole Flow');
    await page.getByRole('button', { name: 'Show the dots' }).click();
    await page.getByRole('heading', { name: 'Your interview is running' }).waitFor({ timeout: 30_000 });
    await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();

    await reviewer.getByRole('link', { name: 'Whole Flow' }).click();
    await reviewer.getByRole('heading', { name: 'Whole Flow' }).waitFor();

    const measured: string[] = [];
    for (const kind of recording.episodes.keys()) {
      const { onsetMs, shownMs } = await recording.timesOf(page, kind);
      const holdMs = HOLD_MS[kind] as number;
      const alert = (await alertsOf(id)).find(({ type }) => type === kind) as Alert;
      const after = (iso: string) => Date.parse(iso) - onsetMs;
      measured.push(
        `${kind}: shown ${shownMs - onsetMs} ms after onset (noticed ${after(alert.start_time)}, opened ${after(alert.timestamp)}), hold ${holdMs} ms`,
      );
      expect.soft(shownMs - onsetMs, measured.at(-1)).toBeLessThan(holdMs + SLACK_MS);
      await reviewer.locator(`.alert-row[data-kind="${kind}"]`).first().waitFor({ timeout: 3_000 });
    }
    const { frames } = await get<Session>(`/api/v1/session/${id}`);
    console.log([...measured, `frames: ${JSON.stringify(frames)}`].join('\n'));

    // What is over is no longer told.
    await poll('the messages', () => page.locator('[data-kind]').count(), (count) => count === 0, 40_000);

    // The reviewer notes what to make of the first, and both sides of the wire agree.
    await reviewer.locator('.alert-row[data-kind="multiple_persons"]').first().click();
    await reviewer.getByLabel('Note').fill('The flatmate came in.');
    await reviewer.getByRole('button', { name: 'Dismiss' }).click();
    await reviewer.getByTestId('review-state').filter({ hasText: 'Dismissed' }).waitFor();
    const reviewed = await poll('the review', () => alertsOf(id), (all) => all.some(({ review }) => review.state === 'dismissed'));
    expect(reviewed.find(({ type }) => type === 'multiple_persons')?.review.note).toBe('The flatmate came in.');

    const download = reviewer.waitForEvent('download');
    await reviewer.getByRole('button', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toBe(`invigil-${id}-alerts.csv`);

    await page.getByRole('button', { name: 'End the interview' }).click();
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByRole('heading', { name: 'Thank you, Whole Flow' }).waitFor();
    await reviewer.getByText('Ended', { exact: true }).waitFor({ timeout: 10_000 });
    expect((await statusOf(id)).is_active).toBe(false);
    expect((await get<Session>(`/api/v1/session/${id}`)).state).toBe('ended');
    // One row for each alert, however it came.
    const rows = await reviewer.locator('.alert-row').count();
    expect(rows).toBe((await alertsOf(id)).length);
    await page.close();
    await reviewer.close();
  }, 300_000);

  it('should run two interviews one after the other in one page, each with its own frames', async () => {
    const page = await newPage();
    const ids: string[] = [];
    for (const name of ['First Of Two', 'Second Of Two']) {
      const id = await startInterview(page, name);
      ids.push(id);
      await page.getByRole('button', { name: 'Skip this step' }).click();
      await poll('frames of the page', () => sent(page), (count) => count >= 3);
      await page.getByRole('button', { name: 'End the interview' }).click();
      await page.getByRole('button', { name: 'End it now' }).click();
      await page.getByRole('heading', { name: `Thank you, ${name}` }).waitFor();
      if (ids.length === 1) {
        await page.getByRole('button', { name: 'Start another interview' }).click();
      }
    }
    const [first, second] = await Promise.all(ids.map((id) => get<Session>(`/api/v1/session/${id}`)));
    expect(first?.frames.offered).toBeGreaterThanOrEqual(3);
    expect(second?.frames.offered).toBeGreaterThanOrEqual(3);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await get<Session>(`/api/v1/session/${ids[0]}`)).frames.offered).toBe(first?.frames.offered);
    await page.close();
  }, 180_000);

  it('should report that the tab was left, and for how long', async () => {
    const page = await newPage();
    const id = await startInterview(page, 'Leaves The Tab');
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();
    await poll('frames of the page', () => sent(page), (count) => count >= 2);
    await visibility(page, 'hidden');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await visibility(page, 'visible');
    await page.getByTestId('left-page').filter({ hasText: 'once' }).waitFor();
    const alerts = await poll('the alert', () => alertsOf(id), (all) => all.some(({ type, phase }) => type === 'tab_switch' && phase === 'closed'));
    const alert = alerts.find(({ type }) => type === 'tab_switch') as Alert;
    expect(alert.end_s - alert.start_s).toBeGreaterThan(2);
    expect(alert.end_s - alert.start_s).toBeLessThan(5);
    await page.close();
  }, 120_000);

  it('should say that the camera is gone when it is revoked, and go on when it is allowed again', async () => {
    const page = await newPage();
    await startInterview(page, 'Camera Revoked');
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await poll('frames of the page', () => sent(page), (count) => count >= 2);
    const devtools = await context.newCDPSession(page);
    const allow = (setting: 'granted' | 'denied') =>
      devtools.send('Browser.setPermission', { permission: { name: 'camera' }, setting, origin: service.url });
    await allow('denied');
    await page.getByText('The camera was disconnected').waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Try the camera again' }).click();
    await page.getByText('The camera is not allowed').waitFor();
    await allow('granted');
    await page.getByRole('button', { name: 'Try the camera again' }).click();
    const before = await sent(page);
    await poll('frames of the page', () => sent(page), (count) => count !== before && count >= 2);
    await page.close();
  }, 120_000);

  it('should carry the interview over when the server is killed and started again', async () => {
    const page = await newPage();
    const id = await startInterview(page, 'Server Killed');
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await poll('frames of the page', () => sent(page), (count) => count >= 3);
    await visibility(page, 'hidden');
    await visibility(page, 'visible');
    const before = await poll('an alert before the kill', () => alertsOf(id), (all) => all.length > 0);
    await service.kill();
    await page.getByTestId('connection').filter({ hasText: 'Reconnecting' }).waitFor();
    await page.getByText('The connection is interrupted.').waitFor();
    await service.run();
    await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor({ timeout: 60_000 });
    const resumedAt = await sent(page);
    await poll('frames of the page', () => sent(page), (count) => count !== resumedAt);
    const status = await statusOf(id);
    expect(status.is_active).toBe(true);
    const after = (await alertsOf(id)).map(({ alert_id }) => alert_id);
    expect(after).toEqual(expect.arrayContaining(before.map(({ alert_id }) => alert_id)));
    await page.getByRole('button', { name: 'End the interview' }).click();
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByRole('heading', { name: 'Thank you, Server Killed' }).waitFor();
    await page.close();
  }, 400_000);
});

/** A headless browser shows every tab at once, so what a hidden tab sees is said by hand. */
async function visibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
