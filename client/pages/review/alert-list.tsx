import { isOptimistic, type Alert } from '@invigil/client';
import type { KeyboardEvent } from 'react';
import { clock, duration, kindName } from '../shared/format';
import { address } from './route';
import { SeverityMark } from './wall';

export interface ListFilter {
  kind: string;
  severity: string;
  review: string;
}

export const NO_FILTER: ListFilter = { kind: '', severity: '', review: '' };

export function fits(alert: Alert, filter: ListFilter): boolean {
  return (
    (!filter.kind || alert.type === filter.kind) &&
    (!filter.severity || alert.severity === filter.severity) &&
    (!filter.review || alert.review.state === filter.review)
  );
}

export const REVIEW_NAMES = { open: 'Not looked at', reviewed: 'Reviewed', dismissed: 'Dismissed' } as const;

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.alert-row')];
    const next = rows[rows.indexOf(document.activeElement as HTMLElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
}

interface AlertListProps {
  sessionId: string;
  alerts: readonly Alert[];
  all: readonly Alert[];
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  chosenId: string | null;
  /** Whether `all` is the session's whole record, and not only what is known to be open. */
  isLoaded: boolean;
  cannotLoad: boolean;
  /** An alert was chosen with the keyboard, so its detail is where the focus is wanted. */
  onOpened: (alertId: string) => void;
}

export function AlertList({ sessionId, alerts, all, filter, onFilter, chosenId, isLoaded, cannotLoad, onOpened }: AlertListProps) {
  const kinds = [...new Set(all.map((alert) => alert.type))].sort();
  const change = (part: Partial<ListFilter>) => onFilter({ ...filter, ...part });
  return (
    <>
      <div className="row filters" role="group" aria-label="Filter">
        <select className="input compact" aria-label="Kind" value={filter.kind} onChange={(event) => change({ kind: event.target.value })}>
          <option value="">All kinds</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindName(kind)}
            </option>
          ))}
        </select>
        <select
          className="input compact"
          aria-label="Severity"
          value={filter.severity}
          onChange={(event) => change({ severity: event.target.value })}
        >
          <option value="">All severities</option>
          <option value="critical">Critical</option>
          <option value="high">High</option>
          <option value="medium">Medium</option>
          <option value="low">Low</option>
        </select>
        <select className="input compact" aria-label="Review" value={filter.review} onChange={(event) => change({ review: event.target.value })}>
          <option value="">Reviewed or not</option>
          {Object.entries(REVIEW_NAMES).map(([state, name]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {alerts.length === 0 ? (
        <p className="muted">
          {all.length > 0
            ? 'No alert fits the filter.'
            : isLoaded
              ? 'Nothing has been noted so far.'
              : cannotLoad
                ? 'What was noted is not known at the moment.'
                : 'Loading…'}
        </p>
      ) : null}
      {alerts.length > 0 ? (
        <p className="muted small keys">
          With the keyboard: <kbd>↑</kbd> <kbd>↓</kbd> through the list, <kbd>Enter</kbd> to look closer, <kbd>Esc</kbd> back.
        </p>
      ) : null}
      {/* The rows are links; the list only adds arrows to what Tab does. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className="alert-list" aria-label="Alerts" onKeyDown={moveByArrows}>
        {alerts.map((alert) => (
          <li key={alert.alert_id}>
            <a
              className="alert-row"
              href={address(sessionId, alert.alert_id)}
              aria-current={alert.alert_id === chosenId ? 'true' : undefined}
              // A click by the keyboard counts no presses of a button.
              onClick={(event) => event.detail === 0 && onOpened(alert.alert_id)}
              data-kind={alert.type}
              data-dismissed={alert.review.state === 'dismissed'}
            >
              <span className="alert-head">
                <SeverityMark severity={alert.severity} />
                <strong>{kindName(alert.type)}</strong>
                <span className="numbers small muted alert-time">
                  {clock(alert.start_s)}
                  {alert.phase === 'closed' ? ` · ${duration(alert.end_s - alert.start_s)}` : ''}
                </span>
              </span>
              <span className="alert-message small">{alert.message}</span>
              <span className="row tight-row">
                {alert.phase === 'closed' ? null : (
                  <span className="pill warm">
                    <span className="dot" aria-hidden="true" />
                    Going on
                  </span>
                )}
                {alert.review.state === 'open' ? null : <span className="pill">{REVIEW_NAMES[alert.review.state]}</span>}
                {isOptimistic(alert) ? <span className="pill">Sending…</span> : null}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
