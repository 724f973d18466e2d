import type { Alert, Session } from '@invigil/client';
import { useMemo } from 'react';
import { clock, duration, kindName } from '../shared/format';
import { useServiceNow } from '../shared/service-clock';
import { address } from './route';
import { isLive } from './wall';

interface TimelineProps {
  session: Session;
  alerts: readonly Alert[];
  /** Whether these are all, so that none means that nothing was noted. */
  isLoaded: boolean;
  chosenId: string | null;
}

const TICKS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200];

/** One lane for each kind, one bar for each alert, over the session's time; it grows while the session runs. */
export function Timeline({ session, alerts, isLoaded, chosenId }: TimelineProps) {
  const live = isLive(session);
  const now = useServiceNow(live);

  const start = Date.parse(session.start_time);
  const until = live ? now : Date.parse(session.end_time ?? session.start_time);
  const lastS = alerts.reduce((latest, alert) => Math.max(latest, alert.end_s), 0);
  const totalS = Math.max(30, (until - start) / 1_000, lastS);
  const step = TICKS.find((tick) => totalS / tick <= 8) ?? 14_400;
  // A label that would hang over the end is left out.
  const ticks = Array.from({ length: Math.floor(totalS / step) + 1 }, (_unused, index) => index * step).filter((tick) => tick / totalS < 0.95);
  const lanes = useMemo(() => byKind(alerts), [alerts]);
  const share = (seconds: number) => `${(Math.min(totalS, Math.max(0, seconds)) / totalS) * 100}%`;

  return (
    <div className="timeline">
      {isLoaded && lanes.length === 0 ? <p className="muted timeline-empty">Nothing has been noted.</p> : null}
      {lanes.map(([kind, ofKind]) => (
        <div className="lane" key={kind}>
          <span className="lane-name small">{kindName(kind)}</span>
          <ul className="lane-bars" aria-label={kindName(kind)}>
            {ofKind.map((alert) => {
              const endS = alert.phase === 'closed' ? alert.end_s : Math.max(alert.end_s, live ? totalS : 0);
              return (
                <li key={alert.alert_id}>
                  <a
                    className={`bar ${alert.severity}`}
                    href={address(session.session_id, alert.alert_id)}
                    aria-current={alert.alert_id === chosenId ? 'true' : undefined}
                    aria-label={`${kindName(kind)}, ${alert.severity}, at ${clock(alert.start_s)}, ${
                      alert.phase === 'closed' ? `for ${duration(endS - alert.start_s)}` : 'still going on'
                    }`}
                    data-open={alert.phase !== 'closed'}
                    data-dismissed={alert.review.state === 'dismissed'}
                    title={`${clock(alert.start_s)} · ${alert.message}`}
                    style={{ left: share(alert.start_s), width: `max(8px, calc(${share(endS)} - ${share(alert.start_s)}))` }}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      <div className="lane axis" aria-hidden="true">
        <span className="lane-name" />
        <div className="lane-bars">
          {ticks.map((tick) => (
            <span className="tick numbers" key={tick} style={{ left: share(tick) }}>
              {clock(tick)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function byKind(alerts: readonly Alert[]): [string, Alert[]][] {
  const lanes = new Map<string, Alert[]>();
  for (const alert of [...alerts].sort((a, b) => a.start_s - b.start_s)) {
    lanes.set(alert.type, [...(lanes.get(alert.type) ?? []), alert]);
  }
  return [...lanes];
}
