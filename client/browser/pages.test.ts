import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aResult, aSession, anAlert } from '../test/fake-service';
import type { FrameTuning } from '../src/media/frame-worker';
import { hasChromium, openBrowser, type TestBrowser } from './chromium';
import { StandIn, crowd, populate } from './stand-in';
import { inEveryLook, interviewStates, reviewStates } from './states';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Watch {
  faults: string[];
  elsewhere: string[];
}

interface AxeResult {
  passes: unknown[];
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

describe.skipIf(!hasChromium)('the pages', () => {
  let service: StandIn;
  let context: BrowserContext;
  let close: () => Promise<void>;
  let page: Page;
  let watched: Watch;

  beforeEach(async () => {
    service = new StandIn();
    await service.start();
    page = await context.newPage();
    watched = watch(page, service.url);
  });
  afterEach(async () => {
    await page.close();
    await service.stop();
    expect(watched).toEqual({ faults: [], elsewhere: [] });
  });

  describe('in every state, in both themes and two sizes', () => {
    let browser: TestBrowser;
    beforeAll(async () => {
      browser = await openBrowser();
      ({ context, close } = browser);
    });
    afterAll(() => close());

    it.each(['interview', 'review'] as const)('should be free of what axe finds and fit the window: %s', async (which) => {
      let looked = 0;
      const visit = (state: string) =>
        inEveryLook(page, async (look) => {
          await clean(`${state}, ${look}`);
          const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
          expect(content, `width of ${state}, ${look}`).toBeLessThanOrEqual(window as number);
          looked++;
        });
      await (which === 'interview' ? interviewStates(page, browser, service, visit) : reviewStates(page, service, visit));
      console.log(`${which}: ${looked / 4} states, each in 4 looks, free of what axe finds`);
      // The stand-in refuses and breaks off on purpose, which the browser notes by itself.
      watched.faults = watched.faults.filter((fault) => !/status of (400|401|403|404|503)|WebSocket connection/.test(fault));
    }, 240_000);
  });

  describe('in use', () => {
    beforeAll(async () => {
      ({ context, close } = await openBrowser());
    });
    afterAll(() => close());

    it('should be usable from name to end with the keyboard alone', async () => {
      await page.goto(`${service.url}/interview`);
      await reach('Your name');
      await page.keyboard.type('Ada Quist');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await reach('Continue to the camera check');
      await page.keyboard.press('Enter');
      await page.getByText('Everything looks good').waitFor();
      expect(await focusedName()).toBe('Camera check');
      await reach('Start the interview');
      // One look that fails takes the focus from nobody.
      service.precheck.ok = false;
      await page.getByText('Everything looks good').waitFor({ state: 'hidden' });
      await page.keyboard.press('Enter');
      expect(await focusedName()).toBe('Start the interview');
      expect(service.count('POST /api/v1/session/create')).toBe(0);
      service.precheck.ok = true;
      await page.getByText('Everything looks good').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Skip this step' }).waitFor();
      await reach('Show the dots');
      await page.keyboard.press('Enter');
      await page.getByText('Dot 1 of 5').waitFor();
      expect(await focusedName()).toBe('Look at the dot');
      await reach('Skip this step');
      await page.keyboard.press('Enter');
      await page.getByText('All is well.').waitFor();
      expect(await focusedName()).toBe('Your interview is running');
      await reach('End the interview');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await reach('End the interview');
      await page.keyboard.press('Enter');
      await reach('End it now');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Thank you, Ada Quist' }).waitFor();
      expect(service.count('POST /api/v1/session/session-1/end')).toBe(1);
    });

    it('should encode in a worker, ask it for two whole JPEGs a second, and give the camera back at the end', async () => {
      await page.addInitScript(noteTuning);
      await interview();
      expect(await tunings()).toEqual([{ intervalMs: 500, maxWidth: 1_280, quality: 0.8 }]);
      const frames = () => service.connection.received.filter((message): message is Buffer => typeof message !== 'string');
      await expect.poll(() => frames().length).toBeGreaterThanOrEqual(5);
      for (const frame of frames()) {
        expect(frame.subarray(0, 2).toString('hex')).toBe('ffd8');
        expect(frame.subarray(-2).toString('hex')).toBe('ffd9');
      }
      expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([expect.stringMatching(/^\/assets\/frame-worker-/)]);
      await page.evaluate(() => {
        const { srcObject } = document.querySelector('video') as HTMLVideoElement;
        const tracks = (srcObject as MediaStream).getTracks();
        (window as unknown as { kept: MediaStreamTrack[] }).kept = tracks;
      });
      await page.getByRole('button', { name: 'End the interview' }).click();
      await page.getByRole('button', { name: 'End it now' }).click();
      await page.getByRole('heading', { name: 'Thank you, Ada Quist' }).waitFor();
      expect(await page.evaluate(() => (window as unknown as { kept: MediaStreamTrack[] }).kept.map((track) => track.readyState))).toEqual(['ended']);
      expect(page.workers()).toEqual([]);
    });

    it('should stretch the interval under the overload that the service tells', async () => {
      await page.addInitScript(noteTuning);
      await interview();
      const tell = (load: number, times: number) => {
        for (let told = 0; told < times; told++) {
          service.push(aResult('session-1', [], [], load));
        }
      };
      const intervals = async () => (await tunings()).map(({ intervalMs }) => intervalMs);
      tell(0.9, 12);
      tell(1.3, 6);
      await expect.poll(intervals).toEqual([500, 750, 1_000]);
      tell(0.5, 20);
      await expect.poll(intervals).toEqual([500, 750, 1_000, 750, 500]);
    });

    it('should carry an interview over when the service goes away and comes back', async () => {
      await interview();
      const { port, sessions } = service;
      await service.stop();
      await page.getByTestId('connection').filter({ hasText: 'Reconnecting' }).waitFor();
      await page.getByText('The connection is interrupted.').waitFor();
      service = new StandIn();
      service.sessions = sessions;
      await service.start(port);
      await page.getByTestId('connection').filter({ hasText: 'Connected' }).waitFor();
      await page.getByText('All is well.').waitFor();
      expect(service.connection.sessionId).toBe('session-1');
      await expect.poll(() => service.connection.received.length).toBeGreaterThanOrEqual(1);
      expect(service.count('GET /api/v1/session/session-1')).toBeGreaterThanOrEqual(1);
      // What the browser itself says of calls that nobody answered is no fault of the page.
      watched.faults = watched.faults.filter((fault) => !/ERR_CONNECTION|WebSocket connection/.test(fault));
    });

    it('should take a candidate into a session that a host created, with its token', async () => {
      service.sessions = [aSession('made-before', { candidate_name: 'Invited Ina', duration_minutes: 20 })];
      await page.goto(`${service.url}/interview?session=made-before#token=candidate-token`);
      expect(await page.getByLabel('Your name').inputValue()).toBe('Invited Ina');
      await page.getByText('planned for 20 minutes').waitFor();
      await page.getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Continue to the camera check' }).click();
      await page.getByText('Everything looks good').waitFor();
      await page.getByRole('button', { name: 'Start the interview' }).click();
      await page.getByRole('button', { name: 'Skip this step' }).click();
      await page.getByText('All is well.').waitFor();
      expect(service.connection.sessionId).toBe('made-before');
      expect(service.connection.protocols).toBe('invigil.v1, invigil.token.candidate-token');
      expect(service.count('POST /api/v1/session/create')).toBe(0);
      await page.getByRole('button', { name: 'End the interview' }).click();
      await page.getByRole('button', { name: 'End it now' }).click();
      await page.getByRole('heading', { name: 'Thank you, Invited Ina' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'This interview is over' }).waitFor();
    });

    it('should end calmly when the session was ended elsewhere', async () => {
      await interview();
      service.push({ type: 'session', session_id: 'session-1', state: 'ended' });
      await page.getByRole('heading', { name: 'Thank you, Ada Quist' }).waitFor();
    });

    it('should show a reviewer an alert as it opens, without waiting for a poll', async () => {
      populate(service);
      await page.goto(`${service.url}/review#/session/s4`);
      await page.getByText('Nothing has been noted so far.').waitFor();
      await page.getByTestId('following').filter({ hasText: /^Live$/ }).waitFor();
      // No poll knows it.
      const alert = anAlert('s4-1', { type: 'no_face', start_s: 100, end_s: 103, timestamp: new Date().toISOString() });
      service.announce('alert', { session_id: 's4', alert });
      await page.locator('.alert-row[data-kind="no_face"]').waitFor();
      service.announce('alert', { session_id: 's4', alert: { ...alert, phase: 'closed', end_s: 110 } });
      await page.getByText('01:40 · 10 s').waitFor();
      expect(await page.locator('.alert-row').count()).toBe(1);
    });

    it('should keep forty sessions in view: what is open first, nothing moving under the hand', async () => {
      crowd(service, 40);
      await page.goto(`${service.url}/review`);
      await page.getByTestId('following').filter({ hasText: /^Live$/ }).waitFor();
      await page.getByText('4 of 40 sessions have something open').waitFor();
      const firstNames = (count: number) => page.locator('.session-name').evaluateAll((names, n) => names.slice(0, n).map((name) => name.textContent), count);
      await expect.poll(() => firstNames(5)).toEqual(['Candidate 40', 'Candidate 30', 'Candidate 20', 'Candidate 10', 'Candidate 39']);

      // A graver alert comes up front.
      const open = (session: string) => {
        const alert = anAlert(`${session}-2`, { type: 'multiple_persons', severity: 'critical', timestamp: new Date().toISOString() });
        service.alerts.unshift(alert);
        service.announce('alert', { session_id: session, alert });
      };
      open('c17');
      await expect.poll(() => firstNames(1)).toEqual(['Candidate 17']);
      // While somebody moves in the wall, cards stay where they are.
      await page.getByRole('link', { name: 'Candidate 17' }).focus();
      open('c23');
      for (let pressed = 0; pressed < 10 || !(await page.getByText('6 of 40 sessions have something open').isVisible()); pressed++) {
        await page.keyboard.press('Shift');
        await page.waitForTimeout(500);
      }
      expect(await firstNames(1)).toEqual(['Candidate 17']);
      await page.getByText('the list is put in order once it is left alone').waitFor();
      await page.getByLabel('Find a candidate').focus();
      await expect.poll(() => firstNames(2)).toEqual(['Candidate 23', 'Candidate 17']);
      await page.getByLabel('Find a candidate').fill('cand 3');
      await page.getByText('Nobody of that name is here.').waitFor();
      await page.getByLabel('Find a candidate').fill('date 3');
      await expect.poll(() => page.locator('.session-name').count()).toBe(10);
    });

    it('should let a proctor find, read and judge an alert with the keyboard alone', async () => {
      populate(service);
      await page.goto(`${service.url}/review`);
      await page.getByText('Ben Ito').waitFor();
      await reach('Ada Quist');
      await page.keyboard.press('Enter');
      await page.locator('.alert-row').first().waitFor();
      await expect.poll(focusedName).toBe('Ada Quist');
      const row = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.kind);
      for (let pressed = 0; (await row()) !== 'no_face' && pressed < 30; pressed++) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      expect(await row()).toBe('eyes_looking_away');
      await page.keyboard.press('Enter');
      await expect.poll(focusedName).toBe('Looking away');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Read the task on paper.');
      await reach('Dismiss');
      await page.keyboard.press('Enter');
      await page.getByTestId('review-state').filter({ hasText: 'Dismissed by proctor' }).waitFor();
      await page.keyboard.press('Escape');
      expect(await row()).toBe('eyes_looking_away');
      expect(service.alerts.find(({ alert_id }) => alert_id === 's1-4')?.review).toMatchObject({ state: 'dismissed', note: 'Read the task on paper.' });
    });

    it('should filter alerts and keep a reviewer\'s note', async () => {
      populate(service);
      await page.goto(`${service.url}/review#/session/s1`);
      await page.locator('.alert-row').first().waitFor();
      await page.getByLabel('Severity').selectOption('medium');
      expect(await page.locator('.alert-row').count()).toBe(2);
      await page.getByLabel('Review', { exact: true }).selectOption('dismissed');
      expect(await page.locator('.alert-row').count()).toBe(1);
      await page.locator('.alert-row').click();
      await page.getByLabel('Note').fill('Checked with the interviewer.');
      await page.getByRole('button', { name: 'Mark as reviewed' }).click();
      await page.getByTestId('review-state').filter({ hasText: 'Reviewed by proctor' }).waitFor();
      expect(service.alerts.find(({ alert_id }) => alert_id === 's1-3')?.review).toMatchObject({ state: 'reviewed', note: 'Checked with the interviewer.' });
    });

    it.each(['/review#/session/%E0%A4%A', '/review#token=%E0%A4%A', '/interview#token=%E0%A4%A', '/interview?session=%00&minutes=x'])(
      'should not be left empty by the address %s',
      async (address) => {
        await page.goto(service.url + address);
        await page.locator('h1').waitFor();
        watched.faults = watched.faults.filter((fault) => !/status of 404/.test(fault));
      },
    );

    it('should keep a chosen theme and take a token out of the address', async () => {
      await page.goto(`${service.url}/review#token=t0ken`);
      await page.getByRole('button', { name: 'Use the dark theme' }).click();
      await page.reload();
      await page.getByRole('button', { name: 'Use the light theme' }).waitFor();
      expect(page.url()).toBe(`${service.url}/review`);
      expect(service.last('GET /api/v1/sessions').headers.authorization).toBe('Bearer t0ken');
    });
  });

  async function interview(): Promise<void> {
    await page.goto(`${service.url}/interview`);
    await page.getByLabel('Your name').fill('Ada Quist');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue to the camera check' }).click();
    await page.getByText('Everything looks good').waitFor();
    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await page.getByText('All is well.').waitFor();
  }

  /** What the page has told its worker so far about rate and size. Only after {@link noteTuning}. */
  function tunings(): Promise<FrameTuning[]> {
    return page.evaluate(() => (window as unknown as { tunings: FrameTuning[] }).tunings);
  }

  /** Presses Tab until the named control has the focus. */
  async function reach(name: string): Promise<void> {
    for (let pressed = 0; pressed < 25; pressed++) {
      if ((await focusedName()) === name) {
        return;
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`"${name}" cannot be reached with Tab; the focus is on "${await focusedName()}"`);
  }

  function focusedName(): Promise<string> {
    return page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      return ((element as HTMLInputElement | null)?.labels?.[0]?.textContent ?? element?.textContent ?? '').trim();
    });
  }

  async function clean(state: string): Promise<void> {
    // Evaluated by the debugger: the page's own policy allows no foreign script.
    await page.evaluate(AXE);
    const found = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run());
    expect(found.passes.length, 'rules that had something to look at').toBeGreaterThan(10);
    expect(found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })), state).toEqual([]);
  }
});

/** Runs in the page: notes the rate and size that it asks its worker for. */
function noteTuning(): void {
  const noted: FrameTuning[] = [];
  (window as unknown as { tunings: FrameTuning[] }).tunings = noted;
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, message: { tuning?: FrameTuning }, ...rest: unknown[]) {
    if (message.tuning) {
      noted.push(message.tuning);
    }
    (post as (...all: unknown[]) => void).call(this, message, ...rest);
  };
}

/** Notes what a page reports as wrong and whatever it asks of another origin. */
function watch(page: Page, home: string): Watch {
  const found: Watch = { faults: [], elsewhere: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') {
      found.faults.push(message.text());
    }
  });
  page.on('pageerror', (error) => found.faults.push(String(error)));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== home && protocol !== 'blob:') {
      found.elsewhere.push(request.url());
    }
  });
  return found;
}
