import { ApiError, NoPictureError, usePreCheck, type CameraStatus, type Precheck, type UseCameraResult } from '@invigil/client';
import { useEffect, type ReactNode } from 'react';
import { AlertIcon, CameraIcon, CheckIcon, LightIcon, PersonIcon } from '../shared/icons';
import { PassingButton } from '../shared/passing-button';

interface CameraStepProps {
  camera: UseCameraResult;
  isStarting: boolean;
  startError: Error | null;
  onBack: () => void;
  /** The service takes no pictures from this page. */
  onRefused: () => void;
  onStart: () => void;
}

export function CameraStep({ camera, isStarting, startError, onBack, onRefused, onStart }: CameraStepProps) {
  const check = usePreCheck({ stream: camera.stream, enabled: camera.status === 'live' });
  const { start, status } = camera;
  useEffect(() => {
    if (status === 'idle') {
      void start();
    }
  }, [start, status]);

  const refused = isRefused(check.error) || isRefused(startError);
  useEffect(() => {
    if (refused) {
      onRefused();
    }
  }, [refused, onRefused]);

  const canStart = check.isReady && !isStarting;
  const result = camera.status === 'live' ? check.result : undefined;
  return (
    <div className="wide stack wide-gap">
      <div className="stack tight">
        <h1 tabIndex={-1}>Camera check</h1>
        <p className="muted">Sit as you will during the interview. The checks turn green by themselves.</p>
      </div>

      <div className="check-layout">
        <figure className="picture card" tabIndex={-1}>
          <video ref={camera.videoRef} muted playsInline autoPlay aria-label="Your camera picture" data-live={camera.status === 'live'} />
          {camera.status === 'live' ? (
            <div className="face-guide" aria-hidden="true" data-good={result?.ok ?? false} />
          ) : (
            <div className="picture-cover">
              <CameraTrouble status={camera.status} onRetry={() => void camera.start()} />
            </div>
          )}
        </figure>

        <div className="stack">
          <ul className="checks" aria-label="Checks">
            <CheckItem icon={<CameraIcon />} title="Camera" {...cameraCheck(camera.status, result)} />
            <CheckItem icon={<LightIcon />} title="Light" {...lightCheck(result)} />
            <CheckItem icon={<PersonIcon />} title="You in the picture" {...faceCheck(result)} />
          </ul>

          <div role="status" aria-live="polite" className="stack">
            {check.error && camera.status === 'live' ? (
              <p className="notice warm">
                <AlertIcon />
                {check.error instanceof NoPictureError
                  ? 'The camera is on but gives no picture. “Restart the camera” or choosing another usually helps.'
                  : 'The check cannot be reached at the moment. It is tried again by itself.'}
              </p>
            ) : null}
            {result && !check.error && !result.ok && result.hints.length > 0 ? (
              <div className="notice">
                <LightIcon />
                <ul className="hints">
                  {result.hints.map((hint) => (
                    <li key={hint}>{hint}</li>
                  ))}
                </ul>
              </div>
            ) : null}
            {check.isReady ? (
              <p className="notice good">
                <CheckIcon />
                Everything looks good. You can start whenever you are ready.
              </p>
            ) : null}
          </div>

          <CameraChoice camera={camera} />
          <div>
            <RestartCamera camera={camera} />
          </div>
        </div>
      </div>

      {startError ? (
        <p className="notice bad" role="alert">
          <AlertIcon />
          The interview could not be started. Please try again in a moment; if it keeps failing, contact your interviewer.
        </p>
      ) : null}

      <div className="row">
        {/* Not disabled meanwhile: a button that is loses the focus, and one look that fails would take it. */}
        <button className="button primary" type="button" aria-disabled={!canStart} onClick={() => canStart && onStart()}>
          {isStarting ? (
            <>
              <span className="spinner" aria-hidden="true" /> Starting…
            </>
          ) : (
            'Start the interview'
          )}
        </button>
        <button className="button" type="button" onClick={() => isStarting || onBack()} aria-disabled={isStarting}>
          Back
        </button>
      </div>
    </div>
  );
}

function isRefused(error: Error | null): boolean {
  return error instanceof ApiError && error.isUnauthorized;
}

const TROUBLE: Partial<Record<CameraStatus, { title: string; text: string; retry: boolean }>> = {
  requesting: { title: 'Waiting for your camera', text: 'Your browser may ask for permission. Please allow the camera.', retry: false },
  denied: {
    title: 'The camera is not allowed',
    text: 'Open the camera or lock symbol in your browser’s address bar and allow the camera for this page. The picture then comes by itself.',
    retry: true,
  },
  not_found: { title: 'No camera was found', text: 'Please connect a camera. The picture then comes by itself.', retry: true },
  busy: {
    title: 'The camera is in use',
    text: 'Another program seems to be using the camera. Please close it and try again.',
    retry: true,
  },
  lost: { title: 'The camera was disconnected', text: 'Please connect it again, or allow it again. The picture then comes back by itself.', retry: true },
  muted: { title: 'The camera is paused', text: 'Your device is holding the picture back at the moment.', retry: true },
  unsupported: {
    title: 'The camera cannot be used here',
    text: 'This browser or this address does not offer a camera. A current browser over a secure connection is needed.',
    retry: true,
  },
};

export function CameraTrouble({ status, onRetry }: { status: CameraStatus; onRetry: () => void }) {
  const trouble = TROUBLE[status];
  if (!trouble) {
    return null;
  }
  return (
    <div className="trouble" role="status">
      {status === 'requesting' ? <span className="spinner large" aria-hidden="true" /> : <CameraIcon />}
      <p className="trouble-title">{trouble.title}</p>
      <p>{trouble.text}</p>
      {trouble.retry ? (
        <PassingButton heir={(button) => button.closest('figure')} className="button" type="button" onClick={onRetry}>
          Try the camera again
        </PassingButton>
      ) : null}
    </div>
  );
}

/** Which camera to use, where there are several. */
export function CameraChoice({ camera }: { camera: UseCameraResult }) {
  if (camera.devices.length < 2) {
    return null;
  }
  return (
    <div className="field">
      <label htmlFor="camera-device">Camera</label>
      <select id="camera-device" className="input" value={camera.deviceId ?? ''} onChange={(event) => void camera.start(event.target.value)}>
        {camera.devices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `Camera ${index + 1}`}
          </option>
        ))}
      </select>
    </div>
  );
}

/** For a picture that does not come or stands still, though the camera is on. */
export function RestartCamera({ camera }: { camera: UseCameraResult }) {
  const isBusy = camera.status === 'requesting';
  return (
    <button className="button compact" type="button" aria-disabled={isBusy} onClick={() => isBusy || void camera.start()}>
      Restart the camera
    </button>
  );
}

interface CheckState {
  state: 'waiting' | 'good' | 'mend';
  text: string;
}

function CheckItem({ icon, title, state, text }: CheckState & { icon: ReactNode; title: string }) {
  return (
    <li className="check" data-state={state}>
      <span className="check-icon" aria-hidden="true">
        {state === 'good' ? <CheckIcon /> : icon}
      </span>
      <span>
        <span className="check-title">{title}</span>
        <span className="check-text">{text}</span>
      </span>
    </li>
  );
}

function cameraCheck(status: CameraStatus, result: Precheck | undefined): CheckState {
  if (status !== 'live') {
    return { state: status === 'requesting' || status === 'idle' ? 'waiting' : 'mend', text: 'No picture yet' };
  }
  switch (result?.camera.state) {
    case undefined:
    case 'unknown':
      return { state: 'waiting', text: 'Looking…' };
    case 'black':
    case 'covered':
      return { state: 'mend', text: 'It seems to be covered' };
    case 'blurred':
      return { state: 'mend', text: 'The picture is blurred' };
    default:
      return { state: 'good', text: 'It works' };
  }
}

function lightCheck(result: Precheck | undefined): CheckState {
  switch (result?.light) {
    case undefined:
      return { state: 'waiting', text: 'Looking…' };
    case 'ok':
      return { state: 'good', text: 'Bright enough' };
    case 'dark':
      return { state: 'mend', text: 'A bit too dark' };
    case 'bright':
      return { state: 'mend', text: 'A bit too bright' };
    default:
      return { state: 'mend', text: 'The light comes from behind you' };
  }
}

function faceCheck(result: Precheck | undefined): CheckState {
  if (!result) {
    return { state: 'waiting', text: 'Looking…' };
  }
  if (result.faces === 1) {
    return { state: 'good', text: 'We can see you' };
  }
  return { state: 'mend', text: result.faces === 0 ? 'We cannot see you yet' : 'We see more than one face' };
}
