import {
  ApiError,
  mergeAlerts,
  useAlerts,
  useEndSession,
  usePauseSession,
  useProctoringStatus,
  useReportDownload,
  useResumeSession,
  useSession,
  useSessionScore,
  type Alert,
  type ProctoringStatus,
  type ReportFormat,
  type SessionScore,
} from '@invigil/client';
import { useEffect, useRef, useState } from 'react';
import { clock, dateAndTime, kindName } from '../shared/format';
import { AlertIcon, BackIcon, CheckIcon, DownloadIcon } from '../shared/icons';
import { PassingButton } from '../shared/passing-button';
import { AlertDetail } from './alert-detail';
import { AlertList, NO_FILTER, fits, type ListFilter } from './alert-list';
import { address } from './route';
import { Timeline } from './timeline';
import { StatePill, isLive } from './wall';

const SHOWN_ALERTS = 1_000;

export function SessionView({ sessionId, alertId }: { sessionId: string; alertId: string | null }) {
  const session = useSession(sessionId);
  const status = useProctoringStatus(sessionId);
  const alerts = useAlerts(sessionId, SHOWN_ALERTS);
  const score = useSessionScore(sessionId);
  const [filter, setFilter] = useState<ListFilter>(NO_FILTER);
  const detail = useRef<HTMLElement>(null);

  const [opened, setOpened] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);

  // Who came here by keyboard waited on the page as a whole until there was a heading to be taken to.
  const isShown = session.data !== undefined;
  useEffect(() => {
    if (isShown && (document.activeElement?.id === 'main' || document.activeElement === document.body)) {
      title.current?.focus();
    }
  }, [isShown]);

  // On a small screen the detail is below the list, out of sight.
  useEffect(() => {
    if (alertId) {
      detail.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [alertId]);
  useEffect(() => {
    if (opened && opened === alertId) {
      detail.current?.querySelector<HTMLElement>('h2')?.focus();
      setOpened(null);
    }
  }, [opened, alertId]);

  if (session.isPending) {
    return (
      <p className="page row muted">
        <span className="spinner" aria-hidden="true" /> Loading the session…
      </p>
    );
  }
  if (!session.data) {
    return (
      <div className="page stack">
        <BackLink />
        <h1 tabIndex={-1}>This session cannot be shown</h1>
        <p className="muted">
          {session.error instanceof ApiError && session.error.isNotFound
            ? 'The service knows no session of this name; it may have been deleted.'
            : 'The service cannot be reached at the moment.'}
        </p>
        <div>
          <button className="button" type="button" aria-disabled={session.isFetching} onClick={() => void session.refetch()}>
            Try again
          </button>
        </div>
      </div>
    );
  }
  // A list that only what was pushed has begun is no record of the session, and an empty one is none at all.
  const isLoaded = alerts.dataUpdatedAt > 0;
  const cannotLoad = alerts.errorUpdatedAt > alerts.dataUpdatedAt;
  const all = mergeAlerts(status.data?.open_alerts ?? [], alerts.data?.alerts ?? [], Infinity);
  const chosen = all.find((alert) => alert.alert_id === alertId);
  const facts = session.data;
  return (
    <div className="page stack">
      <BackLink />
      <div className="page-head">
        <div className="stack hair">
          <h1 ref={title} tabIndex={-1}>
            {facts.candidate_name}
          </h1>
          <p className="muted small">
            {facts.interview_type} · {dateAndTime(facts.start_time)} · policy {facts.policy}
          </p>
        </div>
        <div className="row">
          <StatePill session={facts} connected={status.data?.connected} />
          <SessionControls sessionId={sessionId} state={facts.state} />
          <Downloads sessionId={sessionId} />
        </div>
      </div>

      {cannotLoad ? (
        <p className="notice bad" role="alert">
          <AlertIcon />
          {isLoaded
            ? 'The alerts cannot be brought up to date at the moment. This is tried again by itself.'
            : 'The alerts cannot be loaded at the moment. This is tried again by itself; meanwhile only what is open just now is shown.'}
        </p>
      ) : null}
      {status.data ? <Unkept unkept={status.data.unkept} /> : null}

      <section className="card panel stack" aria-labelledby="timeline-title">
        <h2 id="timeline-title">Timeline</h2>
        <Timeline session={facts} alerts={all} isLoaded={isLoaded} chosenId={alertId} />
      </section>

      <div className="session-layout">
        <section className="card panel stack" aria-labelledby="alerts-title">
          <h2 id="alerts-title">
            Alerts {isLoaded ? <span className="muted numbers">{all.length}</span> : null}
          </h2>
          <AlertList
            sessionId={sessionId}
            alerts={all.filter((alert) => fits(alert, filter))}
            all={all}
            filter={filter}
            onFilter={setFilter}
            chosenId={alertId}
            isLoaded={isLoaded}
            cannotLoad={cannotLoad}
            onOpened={setOpened}
          />
        </section>
        <div className="stack">
          {/* Escape is a short cut for what Tab reaches too. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <section
            className="card panel stack"
            ref={detail}
            aria-label="Chosen alert"
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                document.querySelector<HTMLElement>('.alert-row[aria-current]')?.focus();
              }
            }}
          >
            {chosen ? (
              <AlertDetail key={chosen.alert_id} sessionId={sessionId} alert={chosen} />
            ) : (
              <p className="muted">Choose an alert to see its reason and picture, and to note what you make of it.</p>
            )}
          </section>
          {isLive(facts) && status.data ? <Now status={status.data} /> : null}
          {score.data ? <Score sessionId={sessionId} score={score.data} alerts={all} /> : null}
        </div>
      </div>
    </div>
  );
}

function BackLink() {
  return (
    <a className="back" href={address()}>
      <BackIcon /> All sessions
    </a>
  );
}

const title = (button: HTMLElement) => button.closest('.page-head')?.querySelector('h1');

function SessionControls({ sessionId, state }: { sessionId: string; state: string }) {
  const pause = usePauseSession();
  const resume = useResumeSession();
  const end = useEndSession();
  const dialog = useRef<HTMLDialogElement>(null);
  if (state !== 'active' && state !== 'paused') {
    return null;
  }
  const busy = pause.isPending || resume.isPending || end.isPending;
  const failure = pause.error ?? resume.error ?? end.error;
  return (
    <>
      <PassingButton
        heir={title}
        className="button compact"
        type="button"
        aria-disabled={busy}
        onClick={() => busy || (state === 'paused' ? resume : pause).mutate(sessionId)}
      >
        {state === 'paused' ? 'Resume' : 'Pause'}
      </PassingButton>
      <PassingButton heir={title} className="button compact" type="button" aria-disabled={busy} onClick={() => busy || dialog.current?.showModal()}>
        End
      </PassingButton>
      {failure ? (
        <span className="field-error" role="alert">
          {failure instanceof ApiError && failure.isUnauthorized ? 'Only a host may do that.' : 'That did not work. Please try again.'}
        </span>
      ) : null}
      <dialog ref={dialog} aria-labelledby="end-title">
        <div className="stack">
          <h2 id="end-title">End this session?</h2>
          <p>The candidate’s interview is closed at once and cannot be opened again.</p>
          <div className="row">
            <button
              className="button primary"
              type="button"
              onClick={() => {
                dialog.current?.close();
                end.mutate(sessionId);
              }}
            >
              End it now
            </button>
            <button className="button" type="button" onClick={() => dialog.current?.close()}>
              Let it go on
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}

const FORMATS: { format: ReportFormat; label: string }[] = [
  { format: 'report.html', label: 'Report' },
  { format: 'alerts.csv', label: 'CSV' },
  { format: 'alerts.jsonl', label: 'JSON Lines' },
];

function Downloads({ sessionId }: { sessionId: string }) {
  const download = useReportDownload();
  return (
    <div className="row tight-row" role="group" aria-label="Downloads">
      {FORMATS.map(({ format, label }) => (
        <button
          key={format}
          className="button compact"
          type="button"
          aria-disabled={download.isPending}
          onClick={() => download.isPending || download.mutate({ sessionId, format })}
        >
          <span className="button-icon" aria-hidden="true">
            <DownloadIcon />
          </span>
          {label}
        </button>
      ))}
      {download.isError ? (
        <span className="field-error" role="alert">
          The download failed.
        </span>
      ) : null}
    </div>
  );
}

/** What this page shows and the service cannot keep, or could not: a report of this session may lack it. */
function Unkept({ unkept }: Pick<ProctoringStatus, 'unkept'>) {
  const { failing, waiting, lost_events: events, lost_trace_points: points, lost_pictures: pictures } = unkept;
  const lost = [count(events, 'event'), count(pictures, 'picture'), count(points, 'point of the trace', 'points of the trace')].filter(Boolean);
  return (
    <>
      {failing ? (
        <p className="notice warm" role="status">
          <AlertIcon />
          This session cannot be saved at the moment. {count(waiting, 'alert or event', 'alerts and events') || 'What is new'}{' '}
          {waiting === 1 ? 'waits' : 'wait'} for it, and would be lost if the service stopped now.
        </p>
      ) : null}
      {lost.length > 0 ? (
        <p className="notice bad" role="status">
          <AlertIcon />
          {new Intl.ListFormat('en').format(lost)} could not be saved and will be missing. Alerts are never given up.
        </p>
      ) : null}
    </>
  );
}

function count(many: number, one: string, more = `${one}s`): string {
  return many === 0 ? '' : `${many} ${many === 1 ? one : more}`;
}

const ATTENTION = { away: 'Looking away', not_away: 'On the screen', cannot_tell: 'Cannot tell' } as const;

function Now({ status }: { status: ProctoringStatus }) {
  const { attention, camera, frames, load } = status;
  return (
    <section className="card panel stack" aria-labelledby="now-title">
      <h2 id="now-title">Right now</h2>
      <dl className="facts">
        <div>
          <dt>Attention</dt>
          <dd>
            {ATTENTION[attention.answer]}
            {attention.doubt ? <span className="muted"> ({attention.doubt.replaceAll('_', ' ').toLowerCase()})</span> : null}
          </dd>
        </div>
        <div>
          <dt>Camera</dt>
          <dd>{camera.state}</dd>
        </div>
        <div>
          <dt>Pictures</dt>
          <dd className="numbers">
            {frames.analysed} analysed of {frames.offered}
          </dd>
        </div>
        <div>
          <dt>Engine load</dt>
          <dd className="numbers">{Math.round(load * 100)} %</dd>
        </div>
      </dl>
    </section>
  );
}

function Score({ sessionId, score, alerts }: { sessionId: string; score: SessionScore; alerts: readonly Alert[] }) {
  const known = new Set(alerts.map((alert) => alert.alert_id));
  return (
    <section className="card panel stack" aria-labelledby="score-title">
      <div className="score-head">
        <h2 id="score-title">Score</h2>
        <span className="score numbers" data-testid="score">
          {score.points.toFixed(1)}
        </span>
      </div>
      <p className="muted small">A sum of what was noted: weight times share of the time. It is no judgement of a person.</p>
      {score.terms.length > 0 ? (
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Terms of the score">
          <table>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col" className="right">
                  Weight
                </th>
                <th scope="col" className="right">
                  Time
                </th>
                <th scope="col" className="right">
                  Share
                </th>
                <th scope="col" className="right">
                  Points
                </th>
              </tr>
            </thead>
            <tbody>
              {score.terms.map((term) => {
                const first = term.alert_ids.find((id) => known.has(id));
                return (
                  <tr key={term.kind}>
                    <th scope="row">{first ? <a href={address(sessionId, first)}>{kindName(term.kind)}</a> : kindName(term.kind)}</th>
                    <td className="right numbers">{term.weight}</td>
                    <td className="right numbers">{clock(term.duration_s)}</td>
                    <td className="right numbers">{(term.share * 100).toFixed(1)} %</td>
                    <td className="right numbers">{term.points.toFixed(1)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="notice good small">
          <CheckIcon />
          Nothing has been noted that counts.
        </p>
      )}
    </section>
  );
}
