import type { Session, SessionEnd } from '@invigil/client';
import { CheckIcon, InfoIcon } from '../shared/icons';

/** Why an interview is over that nobody ended. */
export const EXPIRED =
  'It was closed by itself: nothing arrived from this page for some minutes, or its planned time was long over. It cannot be opened again. Please ask your interviewer how to go on.';
const UNKNOWN = 'The service does not know it any more, and it cannot be opened again. Please ask your interviewer how to go on.';

interface DoneStepProps {
  session: Session;
  how: SessionEnd;
  canStartAnother: boolean;
  onAnother: () => void;
}

export function DoneStep({ session, how, canStartAnother, onAnother }: DoneStepProps) {
  return (
    <div className="narrow stack wide-gap done">
      <span className="done-mark" aria-hidden="true">
        {how === 'ended' ? <CheckIcon /> : <InfoIcon />}
      </span>
      {how === 'ended' ? (
        <div className="stack tight">
          <h1 tabIndex={-1}>Thank you, {session.candidate_name}</h1>
          <p className="muted">The interview has ended and your camera is off. You can close this page.</p>
        </div>
      ) : (
        <div className="stack tight">
          <h1 tabIndex={-1}>This interview was closed</h1>
          <p className="muted">{how === 'expired' ? EXPIRED : UNKNOWN} Your camera is off.</p>
        </div>
      )}
      <section className="card consent">
        {how === 'unknown' ? null : (
          <>
            <h2>What happens next</h2>
            <p>
              A person looks at the interview and at the noted moments, if there are any. Your interviewer can tell you what was noted.
            </p>
          </>
        )}
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
