// Takes a picture of every state of both pages, in both themes and two sizes: `npx tsx`-free, run by `npm run shots`.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { aResult, anAlert } from '../test/fake-service';
import { DESKTOP, PHONE, openBrowser } from './chromium';
import { StandIn, populate } from './stand-in';

export async function takeShots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [['desktop', DESKTOP], ['phone', PHONE]] as const) {
      const service = new StandIn();
      await service.start();
      const { context, close } = await openBrowser({ colorScheme, viewport });
      const page = await context.newPage();
      const shot = (name: string) => page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: true });
      await interview(page, service, shot);
      populate(service);
      await review(page, service, shot);
      await close();
      await service.stop();
    }
  }
}

async function interview(page: Page, service: StandIn, shot: (name: string) => Promise<unknown>): Promise<void> {
  await page.goto(`${service.url}/interview`);
  await page.getByRole('button', { name: 'Continue to the camera check' }).click();
  await shot('interview-1-errors');
  await page.getByLabel('Your name').fill('Ada Quist');
  await page.getByRole('checkbox').check();
  await shot('interview-1-welcome');
  service.precheck = { ...service.precheck, ok: false, light: 'dark', faces: 0, hints: ['It is a bit dark; a lamp in front of you helps.', 'Please move into the picture.'] };
  await page.getByRole('button', { name: 'Continue to the camera check' }).click();
  await page.getByText('A bit too dark').waitFor();
  await shot('interview-2-hints');
  service.precheck = { ok: true, camera: service.precheck.camera, light: 'ok', faces: 1, hints: [] };
  await page.getByText('Everything looks good').waitFor();
  await shot('interview-2-ready');
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await page.getByRole('button', { name: 'Show the dots' }).waitFor();
  await shot('interview-3-calibration');
  await page.getByRole('button', { name: 'Show the dots' }).click();
  await page.getByText('Dot 2 of 5').waitFor();
  await shot('interview-3-dot');
  await page.getByRole('button', { name: 'Skip this step' }).click();
  await page.getByText('All is well.').waitFor();
  await shot('interview-4-live');
  const open = anAlert('session-1-1', { timestamp: new Date().toISOString(), type: 'no_face' });
  service.alerts = [open];
  service.push(aResult('session-1', [open]));
  await page.locator('[data-kind="no_face"]').waitFor();
  await shot('interview-4-message');
  await page.getByRole('button', { name: 'End the interview' }).click();
  await shot('interview-5-confirm');
  await page.getByRole('button', { name: 'End it now' }).click();
  await page.getByRole('heading', { name: 'Thank you, Ada Quist' }).waitFor();
  await shot('interview-6-done');
}

async function review(page: Page, service: StandIn, shot: (name: string) => Promise<unknown>): Promise<void> {
  await page.goto(`${service.url}/review`);
  await page.getByText('Ben Ito').waitFor();
  await page.getByText('Live', { exact: true }).first().waitFor();
  await page.waitForTimeout(500);
  await shot('review-1-wall');
  await page.getByRole('link', { name: 'Ada Quist' }).click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  await page.locator('.alert-row').first().waitFor();
  await shot('review-2-session');
  await page.locator('.alert-row[data-kind="eyes_looking_away"]').first().click();
  await page.getByLabel('Note').waitFor();
  await shot('review-3-alert');
}
