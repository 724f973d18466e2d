import type { Session } from '@invigil/client';
import { CheckIcon } from '../shared/icons';

interface DoneStepProps {
  session: Session;
  canStartAnother: boolean;
  onAnother: () => void;
}

export function DoneStep({ session, canStartAnother, onAnother }: DoneStepProps) {
  return (
    <div className="narrow stack wide-gap done">
      <span className="done-mark" aria-hidden="true">
        <CheckIcon />
      </span>
      <div className="stack tight">
        <h1 tabIndex={-1}>Thank you, {session.candidate_name}</h1>
        <p className="muted">The interview has ended and your camera is off. You can close this page.</p>
      </div>
      <section className="card consent">
        <h2>What happens next</h2>
        <p>
          A person looks at the interview and at the noted moments, if there are any. Your interviewer can tell you what was noted.
        </p>
        <p>
          Reference: <span className="reference numbers">{session.session_id}</span>
        </p>
      </section>
      {canStartAnother ? (
        <div>
          <button className="button" type="button" onClick={onAnother}>
            Start another interview
          </button>
        </div>
      ) : null}
    </div>
  );
}
