import type { BrowserContext, Page } from 'playwright-core';
import type { Session } from '@invigil/client';
import { watch } from './recording';
import type { RealService } from './service';

/** Opens the interview page, with what the camera and the messages do noted down. */
export async function openInterview(context: BrowserContext, service: RealService, rest = ''): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${service.url}/interview${rest}`);
  return page;
}

/** From the name to the running session, whose id is answered. The calibration is on the screen. */
export async function startInterview(page: Page, name: string): Promise<string> {
  await page.getByLabel('Your name').fill(name);
  const created = page.waitForResponse((response) => response.url().endsWith('/api/v1/session/create'), { timeout: 90_000 });
  await startAs(page);
  return ((await (await created).json()) as Session).session_id;
}

/** From the consent to the running session, for a page whose name is filled in already. */
export async function startAs(page: Page): Promise<void> {
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue to the camera check' }).click();
  await page.getByRole('button', { name: 'Start the interview', disabled: false }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Skip this step' }).waitFor();
}

export async function endInterview(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'End the interview' }).click();
  await page.getByRole('button', { name: 'End it now' }).click();
  await page.getByRole('heading', { name: `Thank you, ${name}` }).waitFor();
}

/** How many pictures went out since the page got its camera. */
export async function sent(page: Page): Promise<number> {
  return Number(await page.getByTestId('frames-sent').textContent());
}

export async function poll<T>(what: string, ask: () => Promise<T>, good: (value: T) => boolean, forMs = 30_000): Promise<T> {
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

/** A headless browser shows every tab at once, so what a hidden tab sees is said by hand. */
export async function visibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
