// A picture of every state of both pages, in both themes and two sizes, for people to look at.
import { mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openBrowser } from './chromium';
import { StandIn } from './stand-in';
import { inEveryLook, interviewStates, reviewStates } from './states';

it('takes pictures of every state', { timeout: 400_000 }, async () => {
  const folder = process.env.SHOTS ?? 'shots';
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  let taken = 0;
  for (const which of ['interview', 'review'] as const) {
    const service = new StandIn();
    await service.start();
    const page = await browser.context.newPage();
    const visit = (state: string) =>
      inEveryLook(page, async (look) => {
        await page.screenshot({ path: `${folder}/${state}-${look}.png`, fullPage: true });
        taken++;
      });
    await (which === 'interview' ? interviewStates(page, browser, service, visit) : reviewStates(page, service, visit));
    await page.close();
    await service.stop();
  }
  await browser.close();
  console.log(`${taken} pictures in ${folder}`);
  expect(taken).toBeGreaterThan(100);
});
