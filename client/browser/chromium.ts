import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/** Where Debian's package puts it; another place may be named in CHROMIUM. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const hasChromium = existsSync(CHROMIUM);

export interface BrowserOptions {
  /** A Y4M file that the camera plays, over and over; without one it shows Chromium's own test picture. */
  cameraFile?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface TestBrowser {
  context: BrowserContext;
  /** Allows an origin the camera or takes that back, as a person would in the address bar. */
  setCamera: (setting: 'granted' | 'denied', origin: string) => Promise<void>;
  close: () => Promise<void>;
}

/** A browser with a profile of its own and a fake camera that needs no permission prompt. */
export async function openBrowser(options: BrowserOptions = {}): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'invigil-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    viewport: options.viewport ?? DESKTOP,
    colorScheme: options.colorScheme ?? 'light',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      ...(options.cameraFile ? [`--use-file-for-fake-video-capture=${options.cameraFile}`] : []),
    ],
  });
  // Granted as a person would, and not by Chromium's switch for tests, so that it can be taken back.
  await context.grantPermissions(['camera']);
  // Chromium forgets every permission that was set by hand as soon as one debugging session that set any is over. So that is
  // a session with a page that stays open.
  const keeper = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
  return {
    context,
    setCamera: async (setting, origin) => {
      await keeper.send('Browser.setPermission', { permission: { name: 'camera' }, setting, origin });
    },
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
