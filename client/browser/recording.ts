import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const CLASSES = fileURLToPath(new URL('../../engine-testdata/target/classes', import.meta.url));
const FRAMES_PER_SECOND = 6;

/** A generated recording for the fake camera, and when what happens in it. */
export class Recording {
  readonly file: string;
  readonly episodes: ReadonlyMap<string, { startS: number; endS: number }>;
  readonly #folder: string;

  constructor() {
    if (!existsSync(CLASSES)) {
      throw new Error('engine-testdata is not built; `mvn -q -pl engine-testdata package` builds it');
    }
    this.#folder = mkdtempSync(join(tmpdir(), 'invigil-camera-'));
    this.file = join(this.#folder, 'camera.y4m');
    execFileSync('java', ['-cp', CLASSES, 'io.invigil.testdata.CameraFile', this.file]);
    const written = readFileSync(`${this.file}.txt`, 'utf8');
    this.episodes = new Map(
      written.trim().split('\n').map((line) => {
        const [kind, startS, endS] = line.split(' ');
        return [kind ?? '', { startS: Number(startS), endS: Number(endS) }];
      }),
    );
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** When the page first showed an episode's first frame and when its message came up, in the page's clock. */
  async timesOf(page: Page, kind: string): Promise<{ onsetMs: number; shownMs: number }> {
    const { startS } = this.episodes.get(kind) as { startS: number };
    const first = startS * FRAMES_PER_SECOND;
    await page.waitForFunction((name) => (window as unknown as Watched).watched.kinds[name] !== undefined, kind, { timeout: 120_000 });
    return page.evaluate(([name, frame]) => {
      const { kinds, frames } = (window as unknown as Watched).watched;
      const shownMs = kinds[name as string] as number;
      const onset = frames.findLast(({ n, t }) => t < shownMs && n >= (frame as number) && n < (frame as number) + 60
        && !frames.some((other) => other.t < t && other.t > t - 10_000 && other.n >= (frame as number) && other.n < n));
      if (!onset) {
        throw new Error(`${name} was shown, but its onset was not: ${JSON.stringify(frames.slice(-40))}`);
      }
      return { onsetMs: onset.t, shownMs };
    }, [kind, first] as const);
  }
}

/** When a page that {@link watch} runs in first showed something of a kind, in its own clock. */
export function firstShownMs(page: Page, kind: string): Promise<number> {
  return page.evaluate((name) => (window as unknown as Watched).watched.kinds[name] as number, kind);
}

interface Watched {
  watched: { frames: { t: number; n: number }[]; kinds: Record<string, number> };
}

/** Runs in the page: reads the number in the camera's corner and notes when each message first comes up. */
export function watch(): void {
  const watched: Watched['watched'] = { frames: [], kinds: {} };
  (window as unknown as Watched).watched = watched;
  const canvas = new OffscreenCanvas(128, 8);
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  setInterval(() => {
    const video = document.querySelector('video');
    if (!video || video.videoWidth === 0) {
      return;
    }
    const cell = (video.videoWidth / 640) * 8;
    pen.drawImage(video, 0, 0, cell * 16, cell, 0, 0, 128, 8);
    const { data } = pen.getImageData(0, 4, 128, 1);
    let n = 0;
    for (let bit = 0; bit < 16; bit++) {
      n = n * 2 + ((data[(bit * 8 + 4) * 4] as number) > 128 ? 1 : 0);
    }
    if (watched.frames.at(-1)?.n !== n) {
      watched.frames.push({ t: Date.now(), n });
    }
  }, 40);
  new MutationObserver(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-kind]')) {
      watched.kinds[element.dataset.kind as string] ??= Date.now();
    }
  }).observe(document, { subtree: true, childList: true });
}
