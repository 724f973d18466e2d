import {
  mergeAlerts,
  useAlerts,
  useEndSession,
  useFrameSender,
  usePageEvents,
  useProctoringStatus,
  useWebSocket,
  type Alert,
  type Session,
  type SessionEnd,
  type SocketPhase,
  type UseCameraResult,
} from '@invigil/client';
import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { AlertIcon, CheckIcon, InfoIcon } from '../shared/icons';
import { PassingButton } from '../shared/passing-button';
import { ServiceTime } from '../shared/service-clock';
import { Calibration } from './calibration';
import { CameraChoice, CameraTrouble, RestartCamera } from './camera-step';
import { Countdown } from './countdown';
import { calmMessages } from './messages';

interface LiveInterviewProps {
  session: Session;
  camera: UseCameraResult;
  onOver: (session: Session, how: SessionEnd) => void;
}

export function LiveInterview({ session, camera, onOver }: LiveInterviewProps) {
  const sessionId = session.session_id;
  const [calibrated, setCalibrated] = useState(false);
  const end = useEndSession();
  const over = useCallback((how: SessionEnd) => onOver(session, how), [onOver, session]);

  const time = useContext(ServiceTime);
  const sender = useRef<(load: number) => void>(() => {});
  const socket = useWebSocket({
    sessionId,
    // An interview is worth waiting for longer than the usual.
    maxAttempts: 200,
    onMessage: (message) => {
      if (message.type === 'proctoring_result' && message.data) {
        sender.current(message.data.load);
        time.note(message.data.timestamp);
      }
    },
    onEnded: over,
  });
  // Twice a second: at once a second several alerts open two to three seconds later. Under overload the interval stretches.
  const frames = useFrameSender({
    stream: camera.stream,
    send: socket.sendBlob,
    enabled: socket.isConnected,
    intervalMs: 500,
    // Nothing for a candidate to mend, but for whoever looks into why pictures come slowly.
    onError: (error) => console.warn(error.message),
  });
  useEffect(() => {
    sender.current = frames.noteLoad;
  }, [frames.noteLoad]);
  const status = useProctoringStatus(sessionId);
  const isPaused = (status.data?.state ?? session.state) === 'paused';
  const page = usePageEvents({
    sessionId,
    // What the candidate is told of a pause: nothing is noted.
    enabled: !isPaused,
    send: socket.sendMessage,
    phase: socket.phase,
    now: () => time.now(),
  });
  const alerts = useAlerts(sessionId, 20);

  // One that opened long ago is in the status alone; one that has just opened or closed, in the list alone.
  const open = mergeAlerts(status.data?.open_alerts ?? [], alerts.data?.alerts ?? [], Infinity).filter((alert) => alert.phase !== 'closed');

  const done = useCallback(() => setCalibrated(true), []);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [calibrated]);
  const finish = () => end.mutate(sessionId, { onSuccess: () => over('ended') });

  if (!calibrated) {
    return <Calibration sessionId={sessionId} onDone={done} />;
  }
  return (
    <div className="wide live-layout">
      <section className="card live-main stack" aria-labelledby="live-title">
        <div className="stack tight">
          <h1 id="live-title" ref={title} tabIndex={-1}>
            Your interview is running
          </h1>
          <p className="muted">
            Good luck, {session.candidate_name}. Please keep this page open until you have finished; everything here looks after
            itself.
          </p>
        </div>
        <CandidateMessages
          open={open}
          isPaused={isPaused}
          isKnown={status.data !== undefined}
          phase={socket.phase}
          hasPicture={camera.status === 'live'}
          onReconnect={socket.reconnect}
          leftPage={page.counts.tab_switch}
        />
        {end.error ? (
          <p className="notice bad" role="alert">
            <AlertIcon />
            The interview could not be ended just now. Please try again.
          </p>
        ) : null}
      </section>

      <aside className="card live-side stack" aria-label="State of the interview">
        <figure className="self-view" tabIndex={-1}>
          <video ref={camera.videoRef} muted playsInline autoPlay aria-label="Your camera picture" data-live={camera.status === 'live'} />
          {camera.status === 'live' ? null : (
            <div className="picture-cover">
              <CameraTrouble status={camera.status} onRetry={() => void camera.start()} />
            </div>
          )}
        </figure>
        <Countdown session={session} />
        <dl className="facts">
          <div>
            <dt>Connection</dt>
            <dd>
              <ConnectionPill phase={socket.phase} />
            </dd>
          </div>
          <div>
            <dt>Camera</dt>
            <dd>
              <span className={`pill ${camera.status === 'live' ? 'good' : 'warm'}`}>
                <span className="dot" aria-hidden="true" />
                {camera.status === 'live' ? 'On' : 'No picture'}
              </span>
            </dd>
          </div>
          <div>
            <dt>Pictures sent</dt>
            <dd className="numbers" data-testid="frames-sent">
              {frames.stats.sent}
            </dd>
          </div>
        </dl>
        <CameraChoice camera={camera} />
        <RestartCamera camera={camera} />
        <EndButton isEnding={end.isPending} onEnd={finish} />
      </aside>
    </div>
  );
}

const CONNECTION: Record<SocketPhase, { text: string; tone: string }> = {
  idle: { text: 'Connecting', tone: '' },
  connecting: { text: 'Connecting', tone: '' },
  open: { text: 'Connected', tone: 'good' },
  waiting: { text: 'Reconnecting', tone: 'warm' },
  closed: { text: 'Closed', tone: '' },
  ended: { text: 'Ended', tone: '' },
  refused: { text: 'Not allowed', tone: 'bad' },
  replaced: { text: 'Open elsewhere', tone: 'warm' },
  exhausted: { text: 'Offline', tone: 'bad' },
};

function ConnectionPill({ phase }: { phase: SocketPhase }) {
  const { text, tone } = CONNECTION[phase];
  return (
    <span className={`pill ${tone}`} role="status" data-testid="connection">
      <span className="dot" aria-hidden="true" />
      {text}
    </span>
  );
}

interface CandidateMessagesProps {
  open: Alert[];
  /** Whether the service has told how the interview stands. */
  isKnown: boolean;
  isPaused: boolean;
  phase: SocketPhase;
  hasPicture: boolean;
  leftPage: number;
  onReconnect: () => void;
}

function CandidateMessages({ open, isKnown, isPaused, phase, hasPicture, leftPage, onReconnect }: CandidateMessagesProps) {
  const messages = calmMessages(open);
  return (
    <div className="messages stack" role="status" aria-live="polite" aria-label="Messages">
      {phase === 'waiting' ? (
        <p className="notice warm">
          <InfoIcon />
          The connection is interrupted. It is being restored by itself, and you can carry on.
        </p>
      ) : null}
      {phase === 'exhausted' || phase === 'replaced' || phase === 'refused' ? (
        <div className="notice warm">
          <InfoIcon />
          <div className="stack tight">
            <p>
              {phase === 'replaced'
                ? 'This interview was opened in another window. You can carry on there, or bring it back here.'
                : phase === 'refused'
                  ? 'Your link to this interview is no longer valid. Please ask your interviewer for a new one; what was noted so far is kept.'
                  : 'The connection could not be restored yet. Please check your network.'}
            </p>
            <div>
              <PassingButton
                heir={(button) => button.closest('section')?.querySelector('h1')}
                className="button compact"
                type="button"
                onClick={onReconnect}
              >
                {phase === 'replaced' ? 'Carry on here' : 'Try again'}
              </PassingButton>
            </div>
          </div>
        </div>
      ) : null}
      {hasPicture ? null : (
        <p className="notice warm">
          <InfoIcon />
          Your camera gives no picture at the moment. What helps is said where it is shown otherwise; you can carry on meanwhile. If
          nothing comes for some minutes, the interview may be closed, and it cannot be opened again.
        </p>
      )}
      {isPaused ? (
        <p className="notice">
          <InfoIcon />
          Your interviewer has paused the interview. Nothing is noted until it goes on.
        </p>
      ) : null}
      {messages.map(({ kind, text }) => (
        <p className="notice" key={kind} data-kind={kind}>
          <InfoIcon />
          {text}
        </p>
      ))}
      {messages.length === 0 && isKnown && phase === 'open' && hasPicture && !isPaused ? (
        <p className="notice good">
          <CheckIcon />
          All is well.
        </p>
      ) : null}
      {leftPage > 0 ? (
        <p className="muted small" data-testid="left-page">
          You have left this page {leftPage === 1 ? 'once' : `${leftPage} times`}. That is noted; there can be good reasons, and you
          can simply carry on.
        </p>
      ) : null}
    </div>
  );
}

function EndButton({ isEnding, onEnd }: { isEnding: boolean; onEnd: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button className="button" type="button" onClick={() => isEnding || dialog.current?.showModal()} aria-disabled={isEnding}>
        {isEnding ? 'Ending…' : 'End the interview'}
      </button>
      <dialog ref={dialog} aria-labelledby="end-title">
        <div className="stack">
          <h2 id="end-title">End the interview?</h2>
          <p>Your camera is switched off and the interview is closed. It cannot be opened again.</p>
          <div className="row">
            <button
              className="button primary"
              type="button"
              onClick={() => {
                dialog.current?.close();
                onEnd();
              }}
            >
              End it now
            </button>
            <button className="button" type="button" onClick={() => dialog.current?.close()}>
              Carry on
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}
