import { useEvidence, useReviewAlert, type Alert, type ReviewState } from '@invigil/client';
import { useState } from 'react';
import { clock, dateAndTime, duration, kindName, timeOfDay } from '../shared/format';
import { PassingButton } from '../shared/passing-button';
import { REVIEW_NAMES } from './alert-list';
import { SeverityMark } from './wall';

export function AlertDetail({ sessionId, alert }: { sessionId: string; alert: Alert }) {
  const evidence = useEvidence(sessionId, alert);
  const details = Object.entries(alert.details);
  return (
    <>
      <div className="stack hair">
        <div className="row tight-row">
          <SeverityMark severity={alert.severity} />
          <h2 tabIndex={-1}>{kindName(alert.type)}</h2>
        </div>
        <p>{alert.message}</p>
      </div>
      {alert.evidence_url ? (
        <figure className="evidence">
          {evidence.url ? (
            <img src={evidence.url} alt={`What the camera saw at ${timeOfDay(alert.timestamp)}, when this alert opened`} />
          ) : (
            <figcaption className="muted small">{evidence.isError ? 'The picture cannot be loaded.' : 'Loading the picture…'}</figcaption>
          )}
        </figure>
      ) : (
        <p className="muted small">No picture was kept.</p>
      )}
      <dl className="facts">
        <div>
          <dt>From</dt>
          <dd className="numbers">
            {clock(alert.start_s)} <span className="muted">({timeOfDay(alert.start_time)})</span>
          </dd>
        </div>
        <div>
          <dt>Lasted</dt>
          <dd className="numbers">{alert.phase === 'closed' ? duration(alert.end_s - alert.start_s) : 'still going on'}</dd>
        </div>
        <div>
          <dt>Confidence</dt>
          <dd className="numbers">{Math.round(alert.confidence * 100)} %</dd>
        </div>
        {details.map(([name, value]) => (
          <div key={name}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd>{value.replaceAll('_', ' ')}</dd>
          </div>
        ))}
      </dl>
      <ReviewForm sessionId={sessionId} alert={alert} />
    </>
  );
}

function ReviewForm({ sessionId, alert }: { sessionId: string; alert: Alert }) {
  const review = useReviewAlert();
  // Another reviewer's note is followed until this one writes, and never written over by who did not.
  const [written, setWritten] = useState<string | null>(null);
  // Not disabled meanwhile: a button that is loses the focus.
  const mark = (state: ReviewState) =>
    review.isPending ||
    review.mutate(
      { sessionId, alertId: alert.alert_id, review_state: state, ...(written === null ? {} : { note: written.trim() }) },
      { onSuccess: () => setWritten((now) => (now === written ? null : now)) },
    );
  return (
    <div className="stack review-form">
      <div className="field">
        <label htmlFor="note">Note</label>
        <textarea id="note" className="input" maxLength={2_000} value={written ?? alert.review.note} onChange={(event) => setWritten(event.target.value)} />
      </div>
      <div className="row">
        <button className="button compact primary" type="button" aria-disabled={review.isPending} onClick={() => mark('reviewed')}>
          Mark as reviewed
        </button>
        <button className="button compact" type="button" aria-disabled={review.isPending} onClick={() => mark('dismissed')}>
          Dismiss
        </button>
        {alert.review.state === 'open' ? null : (
          <PassingButton
            heir={(button) => button.closest('section')?.querySelector('h2')}
            className="button compact"
            type="button"
            aria-disabled={review.isPending}
            onClick={() => mark('open')}
          >
            Reopen
          </PassingButton>
        )}
      </div>
      <p className="small muted" role="status" data-testid="review-state">
        {review.isError
          ? 'Your review could not be saved. Please try again.'
          : alert.review.state === 'open'
            ? REVIEW_NAMES.open
            : `${REVIEW_NAMES[alert.review.state]}${alert.review.by ? ` by ${alert.review.by}` : ''}${
                alert.review.at ? `, ${dateAndTime(alert.review.at)}` : ''
              }`}
      </p>
    </div>
  );
}
