import { ApiError, useCamera, useCreateSession, useSession, type Session, type SessionEnd } from '@invigil/client';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Access } from '../shared/access';
import { Brand } from '../shared/icons';
import { PassingButton } from '../shared/passing-button';
import { ThemeToggle } from '../shared/theme';
import { CameraStep } from './camera-step';
import { DoneStep, EXPIRED } from './done-step';
import { LiveInterview } from './live-interview';
import { Message } from './message';
import { WelcomeStep, type Candidate } from './welcome-step';

type Step =
  | { name: 'welcome' }
  | { name: 'camera'; candidate: Candidate }
  | { name: 'refused' }
  | { name: 'live'; session: Session }
  | { name: 'done'; session: Session; how: SessionEnd };

const STEPS = ['Your details', 'Camera check', 'Interview', 'Finished'] as const;
const INDEX: Record<Step['name'], number> = { welcome: 0, camera: 1, refused: 1, live: 2, done: 3 };

export function InterviewApp({ access }: { access: Access }) {
  const [step, setStep] = useState<Step>({ name: 'welcome' });
  const camera = useCamera();
  const create = useCreateSession();
  // A host may have created the session already, and opened the page for it with its candidate's token.
  const [invited] = useState(() => new URLSearchParams(location.search).get('session') || null);
  const invitation = useSession(invited);
  const [isLookingUp, setLookingUp] = useState(false);
  const [lookUpError, setLookUpError] = useState<Error | null>(null);
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

  const { stop } = camera;
  const begin = async (candidate: Candidate) => {
    if (invited) {
      // It may be over by now: who takes long over the camera check sends nothing meanwhile.
      setLookUpError(null);
      setLookingUp(true);
      const { data, isSuccess, error } = await invitation.refetch();
      setLookingUp(false);
      if (isSuccess && (data.state === 'active' || data.state === 'paused')) {
        setStep({ name: 'live', session: data });
      } else if (isSuccess || isGone(error)) {
        // What has become of it is said there.
        stop();
        setStep({ name: 'welcome' });
      } else {
        setLookUpError(error);
      }
      return;
    }
    create.mutate(
      { candidate_name: candidate.name, interview_type: candidate.interviewType, duration_minutes: candidate.durationMinutes },
      {
        onSuccess: ({ token, ...session }) => {
          if (token) {
            access.bind(session.session_id, token);
          }
          // It would hold the token as long as the page is there.
          create.reset();
          // Loaded again, the page goes on with it.
          nameInAddress(session.session_id);
          setStep({ name: 'live', session });
        },
      },
    );
  };

  const refuse = useCallback(() => {
    stop();
    setStep({ name: 'refused' });
  }, [stop]);
  const finish = useCallback(
    (session: Session, how: SessionEnd) => {
      stop();
      setStep({ name: 'done', session, how });
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
          <Invitation
            invited={invited !== null}
            session={invitation.data}
            error={invitation.error}
            onRetry={() => void invitation.refetch()}
          >
            <WelcomeStep
              key={invitation.data?.session_id}
              session={invitation.data}
              onContinue={(candidate) => setStep({ name: 'camera', candidate })}
            />
          </Invitation>
        ) : step.name === 'camera' ? (
          <CameraStep
            camera={camera}
            isStarting={create.isPending || isLookingUp}
            startError={create.error ?? lookUpError}
            onBack={() => {
              camera.stop();
              create.reset();
              setLookUpError(null);
              setStep({ name: 'welcome' });
            }}
            onRefused={refuse}
            onStart={() => void begin(step.candidate)}
          />
        ) : step.name === 'refused' ? (
          <Message
            title="This page needs your own link"
            text="Please open the link that your interviewer sent you; it is good for your interview alone. If that is where you came from, it may no longer be valid, and your interviewer can send a new one."
          />
        ) : step.name === 'live' ? (
          <LiveInterview key={step.session.session_id} session={step.session} camera={camera} onOver={finish} />
        ) : (
          <DoneStep
            session={step.session}
            how={step.how}
            canStartAnother={invited === null}
            onAnother={() => {
              create.reset();
              nameInAddress(null);
              setStep({ name: 'welcome' });
            }}
          />
        )}
      </main>
    </>
  );
}

/** Whether the service says that it has no such session, or has it no more. */
function isGone(error: Error | null): boolean {
  return error instanceof ApiError && error.isNotFound && error.isFromService;
}

function nameInAddress(sessionId: string | null): void {
  const query = new URLSearchParams(location.search);
  if (sessionId) {
    query.set('session', sessionId);
  } else {
    query.delete('session');
  }
  const rest = query.toString();
  history.replaceState(null, '', location.pathname + (rest ? `?${rest}` : ''));
}

interface InvitationProps {
  invited: boolean;
  session: Session | undefined;
  error: Error | null;
  onRetry: () => void;
  children: ReactNode;
}

/** Shows what it holds once it is known which session the page was opened for, if for one at all. */
function Invitation({ invited, session, error, onRetry, children }: InvitationProps) {
  if (!invited) {
    return children;
  }
  const isLive = session?.state === 'active' || session?.state === 'paused';
  // What is known of it may be from before it was gone.
  if (isLive && !isGone(error)) {
    return children;
  }
  if (session && !isLive) {
    return (
      <Message
        title="This interview is over"
        text={session.state === 'expired' ? EXPIRED : 'It has ended and cannot be opened again. Your interviewer can tell you more.'}
      />
    );
  }
  if (error instanceof ApiError && !error.isRetryable) {
    return (
      <Message
        title="This interview cannot be opened"
        text="The link is incomplete or no longer valid. Please open it once more just as you were given it, or ask your interviewer for a new one."
      />
    );
  }
  if (error) {
    return (
      <Message title="The interview cannot be reached" text="That is usually over in a moment. Your place in the interview is kept.">
        <PassingButton heir={(button) => button.closest('main')} className="button primary" type="button" onClick={onRetry}>
          Try again
        </PassingButton>
      </Message>
    );
  }
  return <Message title="One moment" text="Your interview is being looked up." />;
}
