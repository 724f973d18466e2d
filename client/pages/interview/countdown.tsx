import type { Session } from '@invigil/client';
import { useEffect, useState } from 'react';
import { clock } from '../shared/format';

/**
 * The service's clock as this page knows it: from the times of the frames that the service answers, which are its own. The
 * answer that came soonest after its frame tells it best. Until there is one, the page's clock stands in.
 */
export class ServiceClock {
  /** By how many milliseconds this page's own count is ahead; that one is not moved when somebody sets the computer's clock. */
  #aheadMs = Infinity;

  /** An answer to a frame came, which has the frame's zoned ISO time. */
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

interface CountdownProps {
  session: Pick<Session, 'start_time' | 'duration_minutes'>;
  time: ServiceClock;
}

/** What is left of the planned time, which counts from the session's start, however often the page was opened since. */
export function Countdown({ session, time }: CountdownProps) {
  const [now, setNow] = useState(() => time.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(time.now()), 1_000);
    return () => clearInterval(timer);
  }, [time]);
  const goneS = Math.max(0, now - Date.parse(session.start_time)) / 1_000;
  const left = session.duration_minutes * 60 - goneS;
  return (
    <p className="countdown">
      <span className="numbers" role="timer" aria-label="Time">
        {clock(Math.abs(left))}
      </span>
      <span className="muted small">{left >= 0 ? 'left' : 'over the planned time'}</span>
    </p>
  );
}
