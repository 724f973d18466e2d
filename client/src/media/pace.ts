import type { FrameTuning } from './frame-worker.js';

/** How the rate and size of frames follow the service's load and the network. */
export interface PaceOptions extends FrameTuning {
  /** No interval is stretched beyond this, in milliseconds. */
  maxIntervalMs: number;
}

/**
 * The service's load is work asked of the engine over work it can do: below 1 it is how busy the engine is, above 1 it is
 * overload. Above this the engine sheds work, and a page asks it for less.
 */
const OVERLOAD = 1.05;
/** Only below this, where the engine takes work back, do frames become more frequent again; the gap keeps the rate from swinging. */
const RECOVERED = 0.85;
const STRETCH = [1, 1.5, 2, 3] as const;
const SHRINK = [1, 0.75, 0.5] as const;
const RESULTS_BEFORE_FASTER = 10;
const RESULTS_BEFORE_SLOWER = 3;
const SENT_BEFORE_LARGER = 20;

/**
 * Decides the tuning of frames from two signals: an overload that results tell of stretches the interval, and a full
 * send buffer shrinks the pictures. Both go one step at a time and come back more slowly than they went.
 */
export class Pace {
  readonly #options: PaceOptions;
  #stretch = 0;
  #shrink = 0;
  #high = 0;
  #low = 0;
  #sent = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  get tuning(): FrameTuning {
    const { intervalMs, maxIntervalMs, maxWidth, quality } = this.#options;
    return {
      intervalMs: Math.max(intervalMs, Math.min(maxIntervalMs, intervalMs * (STRETCH[this.#stretch] ?? 1))),
      maxWidth: Math.round(maxWidth * (SHRINK[this.#shrink] ?? 1)),
      quality,
    };
  }

  /** Returns whether the tuning changed. */
  noteLoad(load: number): boolean {
    this.#high = load > OVERLOAD ? this.#high + 1 : 0;
    this.#low = load < RECOVERED ? this.#low + 1 : 0;
    if (this.#high >= RESULTS_BEFORE_SLOWER && this.#stretch < STRETCH.length - 1) {
      this.#stretch++;
      this.#high = 0;
      return true;
    }
    if (this.#low >= RESULTS_BEFORE_FASTER && this.#stretch > 0) {
      this.#stretch--;
      this.#low = 0;
      return true;
    }
    return false;
  }

  /** Returns whether the tuning changed. */
  noteSent(): boolean {
    this.#sent++;
    if (this.#sent >= SENT_BEFORE_LARGER && this.#shrink > 0) {
      this.#shrink--;
      this.#sent = 0;
      return true;
    }
    return false;
  }

  /** A frame was skipped because the network had not taken earlier ones. Returns whether the tuning changed. */
  noteBufferFull(): boolean {
    this.#sent = 0;
    if (this.#shrink < SHRINK.length - 1) {
      this.#shrink++;
      return true;
    }
    return false;
  }
}
