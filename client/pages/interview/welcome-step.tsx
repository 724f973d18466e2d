import type { Session } from '@invigil/client';
import { useId, useState, type FormEvent } from 'react';

export interface Candidate {
  name: string;
  interviewType: string;
  durationMinutes: number;
}

/** What the address may say of the interview: `?type=technical&minutes=45`. */
function planned(): Omit<Candidate, 'name'> {
  const query = new URLSearchParams(location.search);
  const minutes = Number(query.get('minutes') ?? 60);
  return {
    interviewType: query.get('type')?.slice(0, 100) || 'technical',
    durationMinutes: Number.isInteger(minutes) && minutes >= 1 && minutes <= 1_440 ? minutes : 60,
  };
}

interface WelcomeStepProps {
  /** A session that was created for this candidate before; it knows name, type and length. */
  session: Session | undefined;
  onContinue: (candidate: Candidate) => void;
}

export function WelcomeStep({ session, onContinue }: WelcomeStepProps) {
  const [name, setName] = useState(session?.candidate_name ?? '');
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const id = useId();
  const plan = session ? { interviewType: session.interview_type, durationMinutes: session.duration_minutes } : planned();
  const nameMissing = tried && name.trim() === '';
  const consentMissing = tried && !agreed;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '' && agreed) {
      onContinue({ ...plan, name: name.trim() });
      return;
    }
    event.currentTarget.querySelector<HTMLElement>(name.trim() === '' ? 'input[type="text"]' : 'input[type="checkbox"]')?.focus();
  };

  return (
    <form className="narrow stack wide-gap" onSubmit={submit} noValidate>
      <div className="stack tight">
        <h1 tabIndex={-1}>Welcome to your interview</h1>
        <p className="muted">
          It is planned for {plan.durationMinutes} minutes. First a short camera check, which you can repeat as often as you like.
        </p>
      </div>

      <div className="field">
        <label htmlFor={`${id}-name`}>Your name</label>
        <input
          id={`${id}-name`}
          className="input"
          type="text"
          autoComplete="name"
          maxLength={200}
          readOnly={session !== undefined}
          required
          value={name}
          aria-invalid={nameMissing}
          aria-describedby={nameMissing ? `${id}-name-error` : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {nameMissing ? (
          <p className="field-error" id={`${id}-name-error`}>
            Please enter your name.
          </p>
        ) : null}
      </div>

      <section className="card consent" aria-labelledby={`${id}-recorded`}>
        <h2 id={`${id}-recorded`}>What happens with your camera</h2>
        <dl>
          <div>
            <dt>What is looked at</dt>
            <dd>
              About two camera pictures a second: whether you are in it, whether somebody else is, where you look, and whether a
              phone is in view. There is no microphone.
            </dd>
          </div>
          <div>
            <dt>What is noted about this page</dt>
            <dd>When you leave this tab or window, leave full screen, paste text, or use a second display.</dd>
          </div>
          <div>
            <dt>What is kept</dt>
            <dd>
              A list of noted moments with their times. Camera pictures are looked at and then let go of; a single picture that
              shows the reason is kept only if your interviewer has asked for that.
            </dd>
          </div>
          <div>
            <dt>Who decides</dt>
            <dd>
              People. The software makes no judgement of you and reads no feelings. A noted moment is something a person may look
              at, and many have ordinary reasons.
            </dd>
          </div>
        </dl>
      </section>

      <div className="field">
        <label className="choice">
          <input
            type="checkbox"
            checked={agreed}
            required
            aria-invalid={consentMissing}
            aria-describedby={consentMissing ? `${id}-consent-error` : undefined}
            onChange={(event) => setAgreed(event.target.checked)}
          />
          <span>I have read this and agree that my camera is used this way during the interview.</span>
        </label>
        {consentMissing ? (
          <p className="field-error" id={`${id}-consent-error`}>
            Without your agreement the camera cannot be used. Please tick the box to go on.
          </p>
        ) : null}
      </div>

      <div className="row">
        <button className="button primary" type="submit">
          Continue to the camera check
        </button>
      </div>
    </form>
  );
}
