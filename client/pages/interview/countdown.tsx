import type { Session } from '@invigil/client';
import { clock } from '../shared/format';
import { useServiceNow } from '../shared/service-clock';

/** What is left of the planned time, which counts from the session's start, however often the page was opened since. */
export function Countdown({ session }: { session: Pick<Session, 'start_time' | 'duration_minutes'> }) {
  const goneS = Math.max(0, useServiceNow() - Date.parse(session.start_time)) / 1_000;
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
