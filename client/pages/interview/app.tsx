import { useCamera, useCreateSession, useSession, type Session } from '@invigil/client';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Access } from '../shared/access';
import { Brand } from '../shared/icons';
import { ThemeToggle } from '../shared/theme';
import { CameraStep } from './camera-step';
import { DoneStep } from './done-step';
import { LiveInterview } from './live-interview';
import { WelcomeStep, type Candidate } from './welcome-step';

type Step =
  | { name: 'welcome' }
  | { name: 'camera'; candidate: Candidate }
  | { name: 'live'; session: Session }
  | { name: 'done'; session: Session; reason: EndReason };

export type EndReason = 'ended' | 'elsewhere';

const STEPS = ['Your details', 'Camera check', 'Interview', 'Finished'] as const;
const INDEX: Record<Step['name'], number> = { welcome: 0, camera: 1, live: 2, done: 3 };

export function InterviewApp({ access }: { access: Access }) {
  const [step, setStep] = useState<Step>({ name: 'welcome' });
  const camera = useCamera();
  const create = useCreateSession();
  // A host may have created the session already, and opened the page for it with its candidate's token.
  const [invited] = useState(() => new URLSearchParams(location.search).get('session'));
  const invitation = useSession(invited);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  // A screen reader is taken to the new step's heading, as a page load would do.
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    main.current?.querySelector<HTMLElement>('h1')?.focus();
    window.scrollTo(0, 0);
  }, [step.name]);

  const begin = (candidate: Candidate) => {
    if (invitation.data) {
      setStep({ name: 'live', session: invitation.data });
      return;
    }
    create.mutate(
      { candidate_name: candidate.name, interview_type: candidate.interviewType, duration_minutes: candidate.durationMinutes },
      {
        onSuccess: ({ token, ...session }) => {
          if (token) {
            access.bind(session.session_id, token);
          }
          setStep({ name: 'live', session });
        },
      },
    );
  };

  const { stop } = camera;
  const finish = useCallback(
    (session: Session, reason: EndReason) => {
      stop();
      setStep({ name: 'done', session, reason });
    },
    [stop],
  );

  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="site-header">
        <span className="brand">
          <Brand />
          Invigil
        </span>
        <span className="spacer" />
        <ThemeToggle />
      </header>
      <nav className="steps" aria-label="Progress">
        <ol>
          {STEPS.map((title, index) => (
            <li key={title} aria-current={index === INDEX[step.name] ? 'step' : undefined} data-done={index < INDEX[step.name]}>
              <span className="step-number" aria-hidden="true">
                {index + 1}
              </span>
              <span className="step-title">{title}</span>
            </li>
          ))}
        </ol>
      </nav>
      <main id="main" ref={main} tabIndex={-1}>
        {step.name === 'welcome' ? (
          <Invitation invited={invited !== null} session={invitation.data} failed={invitation.isError}>
            <WelcomeStep
              key={invitation.data?.session_id}
              session={invitation.data}
              onContinue={(candidate) => setStep({ name: 'camera', candidate })}
            />
          </Invitation>
        ) : step.name === 'camera' ? (
          <CameraStep
            camera={camera}
            isStarting={create.isPending}
            startError={create.error}
            onBack={() => {
              camera.stop();
              create.reset();
              setStep({ name: 'welcome' });
            }}
            onStart={() => begin(step.candidate)}
          />
        ) : step.name === 'live' ? (
          <LiveInterview key={step.session.session_id} session={step.session} camera={camera} onOver={finish} />
        ) : (
          <DoneStep
            session={step.session}
            reason={step.reason}
            canStartAnother={invited === null}
            onAnother={() => {
              create.reset();
              setStep({ name: 'welcome' });
            }}
          />
        )}
      </main>
    </>
  );
}

interface InvitationProps {
  invited: boolean;
  session: Session | undefined;
  failed: boolean;
  children: ReactNode;
}

/** Shows what it holds once it is known which session the page was opened for, if for one at all. */
function Invitation({ invited, session, failed, children }: InvitationProps) {
  if (!invited) {
    return children;
  }
  if (session?.state === 'active' || session?.state === 'paused') {
    return children;
  }
  return (
    <div className="narrow stack">
      <h1 tabIndex={-1}>{session ? 'This interview is over' : failed ? 'This interview cannot be opened' : 'One moment'}</h1>
      <p className="muted" role="status">
        {session
          ? 'It has ended and cannot be opened again. Your interviewer can tell you more.'
          : failed
            ? 'The link may be incomplete or no longer valid. Please open it again, or contact your interviewer.'
            : 'Your interview is being looked up.'}
      </p>
    </div>
  );
}
