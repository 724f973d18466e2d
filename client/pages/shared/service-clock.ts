import { createContext, useContext, useEffect, useState } from 'react';

/**
 * The service's clock as this page knows it: from the times of the frames that the service answers, which are its own, and
 * from the `Date` of its answers, which is cut to the second. The one that came soonest after its time tells it best. Until
 * there is one, the page's clock stands in.
 */
export class ServiceClock {
  /** By how many milliseconds this page's own count is ahead; that one is not moved when somebody sets the computer's clock. */
  #aheadMs = Infinity;

  /** The platform's `fetch`, which notes when the service answered. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await globalThis.fetch(input, init);
    this.note(answer.headers.get('Date') ?? '');
    return answer;
  };

  /** The service has told its time. */
  note(timestamp: string): void {
    const aheadMs = performance.now() - Date.parse(timestamp);
    if (aheadMs < this.#aheadMs) {
      this.#aheadMs = aheadMs;
    }
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#aheadMs === Infinity ? Date.now() : performance.now() - this.#aheadMs;
  }
}

export const ServiceTime = createContext(new ServiceClock());

/** The service's time, anew every second while it is asked for. */
export function useServiceNow(ticking = true): number {
  const time = useContext(ServiceTime);
  const [now, setNow] = useState(() => time.now());
  useEffect(() => {
    if (!ticking) {
      return undefined;
    }
    const timer = setInterval(() => setNow(time.now()), 1_000);
    return () => clearInterval(timer);
  }, [time, ticking]);
  return now;
}
