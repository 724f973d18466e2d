import { ApiError } from '../api/errors.js';
import { backoffDelayMs, type BackoffOptions } from './backoff.js';
import { readEventStream, type StreamEvent } from './event-stream.js';
import { reportingThrow } from './reporting-throw.js';

/**
 * - `idle`: not asked to follow
 * - `connecting`: the stream is asked for
 * - `following`: it is open
 * - `waiting`: it was lost or could not be had; another try is due
 * - `refused`: the service does not accept the token; it is tried again once a minute, as there may be another token by then
 * - `exhausted`: every allowed try failed
 */
export type LivePhase = 'idle' | 'connecting' | 'following' | 'waiting' | 'refused' | 'exhausted';

export interface EventFollowerOptions {
  /** Asks for the stream from after the event of this id on; the id is empty where none is known. */
  open: (lastId: string, signal: AbortSignal) => Promise<Response>;
  /** Asked before each wait. */
  backoff: () => BackoffOptions;
  onPhase: (phase: LivePhase) => void;
  /** Also a `reset` of its own, where the stream is open again and cannot be resumed because it has named no event before. */
  onEvent: (event: StreamEvent) => void;
}

/** The service says something at least every 10 s. */
const SILENCE_MS = 30_000;
const REFUSED_MS = 60_000;
/** A stream that lasted this long forgets earlier failures, though nothing may have happened in it. */
const STABLE_AFTER_MS = 5_000;

/** Keeps an event stream open, resumed where it broke, free of any framework. Not reusable after {@link close}. */
export class EventFollower {
  readonly #options: EventFollowerOptions;
  readonly #closed = new AbortController();
  #phase: LivePhase = 'idle';
  #lastId = '';
  #hasTried = false;
  #wake: (() => void) | null = null;

  constructor(options: EventFollowerOptions) {
    this.#options = options;
    void this.#run();
    if (typeof window !== 'undefined') {
      window.addEventListener('online', () => this.reconnect(), { signal: this.#closed.signal });
    }
  }

  /** Tries again at once where it waits or has given up, with all tries ahead. */
  reconnect(): void {
    this.#wake?.();
  }

  close(): void {
    this.#closed.abort();
    this.#wake?.();
  }

  async #run(): Promise<void> {
    let isWoken = false;
    for (let failures = 0; !this.#closed.signal.aborted; ) {
      if (this.#phase !== 'refused' || isWoken) {
        this.#enter('connecting');
      }
      const outcome = await this.#follow();
      failures = outcome === 'lasted' ? 1 : outcome === 'refused' ? 0 : failures + 1;
      let waitMs = Infinity;
      if (outcome === 'refused') {
        this.#enter('refused');
        waitMs = REFUSED_MS;
      } else if (failures > (this.#options.backoff().maxAttempts ?? 10)) {
        this.#enter('exhausted');
      } else {
        this.#enter('waiting');
        waitMs = backoffDelayMs(failures, this.#options.backoff());
      }
      isWoken = await this.#isWoken(waitMs);
      if (isWoken) {
        failures = 0;
      }
    }
  }

  async #follow(): Promise<'lasted' | 'failed' | 'refused'> {
    let lasted = false;
    let stable: ReturnType<typeof setTimeout> | undefined;
    const mayHaveMissed = this.#hasTried && this.#lastId === '';
    this.#hasTried = true;
    try {
      const { body } = await this.#options.open(this.#lastId, this.#closed.signal);
      this.#enter('following');
      stable = setTimeout(() => (lasted = true), STABLE_AFTER_MS);
      if (mayHaveMissed) {
        reportingThrow(() => this.#options.onEvent({ event: 'reset', data: '{}', id: '' }));
      }
      for await (const event of body ? readEventStream(body, SILENCE_MS) : []) {
        if (this.#closed.signal.aborted) {
          break;
        }
        lasted = true;
        this.#lastId = event.id || this.#lastId;
        reportingThrow(() => this.#options.onEvent(event));
      }
    } catch (error) {
      // Any other refusal may be that of something in between, as while the service is replaced.
      if (error instanceof ApiError && error.isUnauthorized) {
        return 'refused';
      }
    } finally {
      clearTimeout(stable);
    }
    return lasted ? 'lasted' : 'failed';
  }

  /** Waits so long, or for ever, unless it is woken before, which it tells. */
  #isWoken(waitMs: number): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      const timer = waitMs === Infinity ? undefined : setTimeout(() => resolve(false), waitMs);
      this.#wake = () => (clearTimeout(timer), resolve(true));
      if (this.#closed.signal.aborted) {
        this.#wake();
      }
    }).finally(() => (this.#wake = null));
  }

  #enter(phase: LivePhase): void {
    if (phase !== this.#phase && !this.#closed.signal.aborted) {
      this.#phase = phase;
      reportingThrow(() => this.#options.onPhase(phase));
    }
  }
}
