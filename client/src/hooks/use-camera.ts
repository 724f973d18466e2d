'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from './use-latest.js';

/**
 * - `idle`: not asked for yet
 * - `requesting`: the browser is asking the person
 * - `live`: pictures are coming
 * - `muted`: the system withholds pictures for now, as a phone does during a call
 * - `denied`: the person or the system said no
 * - `not_found`: there is no camera
 * - `busy`: another application holds the camera
 * - `lost`: it was there and is gone: pulled out, switched off or its permission taken back
 * - `unsupported`: no camera access here, as on a page that is not served over HTTPS
 */
export type CameraStatus = 'idle' | 'requesting' | 'live' | 'muted' | 'denied' | 'not_found' | 'busy' | 'lost' | 'unsupported';

export interface CameraDevice {
  deviceId: string;
  /** Empty until the person has allowed the camera once. */
  label: string;
}

export interface UseCameraOptions {
  /** Picture size asked for; the camera may give another. Default 1280 x 720. */
  width?: number;
  height?: number;
  /** Frames a second asked for. Default 15, plenty for one analysed frame a second. */
  frameRate?: number;
  /** Whether a camera that was lost or not allowed starts again by itself once it is back or allowed. Default true. */
  resume?: boolean;
  /** Called when a live camera is gone. */
  onLost?: () => void;
}

export interface UseCameraResult {
  status: CameraStatus;
  stream: MediaStream | null;
  devices: CameraDevice[];
  /** The device in use. */
  deviceId: string | null;
  /** What the platform says about the permission, where it tells. */
  permission: PermissionState | 'unknown';
  error: Error | null;
  /**
   * Asks for a camera; resolves with whether it is live. Without an id it is the one that an id was given for last, or any
   * while that is not there: it takes its place again when it is plugged in.
   */
  start: (deviceId?: string) => Promise<boolean>;
  stop: () => void;
  /** A ref for a `<video>` element that shows the camera. */
  videoRef: (element: HTMLVideoElement | null) => void;
}

/** The candidate's camera: devices, permission, loss and return. It is released on unmount. */
export function useCamera(options: UseCameraOptions = {}): UseCameraResult {
  const latest = useLatest(options);
  const [status, setShownStatus] = useState<CameraStatus>('idle');
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [devices, setDevices] = useState<CameraDevice[]>([]);
  const [permission, setPermission] = useState<PermissionState | 'unknown'>('unknown');
  const current = useRef<MediaStream | null>(null);
  // Counts requests, so that an answer to an abandoned one is released instead of used.
  const request = useRef(0);
  const videos = useRef(new Set<HTMLVideoElement>());
  /** The camera that is wanted: the one asked for, or the one that came when any would do. And what stands in for it. */
  const wanted = useRef<{ deviceId: string | undefined; mayStandIn: boolean; standIn?: string | undefined } | null>(null);
  /** The camera that was asked for by its id. */
  const chosen = useRef<string | undefined>(undefined);
  const now = useRef<CameraStatus>('idle');

  const setStatus = useCallback((next: CameraStatus) => {
    now.current = next;
    setShownStatus(next);
  }, []);

  const listDevices = useCallback(async () => {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const cameras = all.filter((device) => device.kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label }));
    setDevices(cameras);
    return cameras;
  }, []);

  const show = useCallback((next: MediaStream | null) => {
    current.current = next;
    setStream(next);
    for (const video of videos.current) {
      attach(video, next);
    }
  }, []);

  const stop = useCallback(() => {
    request.current++;
    wanted.current = null;
    release(current.current);
    show(null);
    setStatus('idle');
  }, [setStatus, show]);

  const open = useCallback(
    async (deviceId: string | undefined, mayStandIn: boolean) => {
      const mine = ++request.current;
      wanted.current = { deviceId, mayStandIn };
      if (!navigator.mediaDevices?.getUserMedia) {
        setStatus('unsupported');
        return false;
      }
      setStatus('requesting');
      setError(null);
      release(current.current);
      show(null);
      const { width = 1280, height = 720, frameRate = 15 } = latest.current;
      const ask = (id: string | undefined) =>
        navigator.mediaDevices.getUserMedia({
          audio: false,
          video: {
            width: { ideal: width },
            height: { ideal: height },
            frameRate: { ideal: frameRate },
            ...(id ? { deviceId: { exact: id } } : { facingMode: 'user' }),
          },
        });
      let next: MediaStream;
      let isStandIn = false;
      try {
        next = await ask(deviceId).catch((cause: unknown) => {
          isStandIn = Boolean(deviceId) && mayStandIn && statusOf(cause) === 'not_found' && mine === request.current;
          if (isStandIn) {
            return ask(undefined);
          }
          throw cause;
        });
      } catch (cause) {
        if (mine === request.current) {
          setError(cause instanceof Error ? cause : new Error(String(cause)));
          setStatus(statusOf(cause));
        }
        return false;
      }
      if (mine !== request.current) {
        release(next);
        return false;
      }
      const track = next.getVideoTracks()[0];
      if (track) {
        const id = track.getSettings?.().deviceId;
        wanted.current = isStandIn ? { deviceId, mayStandIn, standIn: id } : { deviceId: deviceId ?? id, mayStandIn: false };
        track.onended = () => {
          if (current.current === next) {
            show(null);
            setStatus('lost');
            latest.current.onLost?.();
          }
        };
        track.onmute = () => current.current === next && setStatus('muted');
        track.onunmute = () => current.current === next && setStatus('live');
      }
      show(next);
      setStatus(track?.muted ? 'muted' : 'live');
      // Labels are told only once the person has said yes.
      void listDevices();
      return true;
    },
    [latest, listDevices, setStatus, show],
  );
  const start = useCallback(
    (deviceId?: string) => {
      chosen.current = deviceId ?? chosen.current;
      return open(chosen.current, deviceId === undefined);
    },
    [open],
  );

  useEffect(() => {
    const media = navigator.mediaDevices;
    const resume = (from: readonly CameraStatus[]) => {
      if (wanted.current && (latest.current.resume ?? true) && from.includes(now.current)) {
        void open(wanted.current.deviceId, wanted.current.mayStandIn);
      }
    };
    const devicesChanged = async () => {
      const cameras = await listDevices();
      const { deviceId, standIn, mayStandIn } = wanted.current ?? {};
      const isThere = (id: string) => cameras.some((camera) => camera.deviceId === id);
      // Not just any camera: a person who unplugs one has not chosen another.
      if (deviceId && standIn !== undefined && isThere(deviceId)) {
        resume(['lost', 'not_found', 'live', 'muted']);
      } else if (deviceId && (standIn !== undefined || !mayStandIn) ? isThere(standIn ?? deviceId) : cameras.length > 0) {
        resume(['lost', 'not_found']);
      }
    };
    void listDevices();
    media?.addEventListener?.('devicechange', devicesChanged);
    const requests = request;
    const watched = watchPermission((state) => {
      setPermission(state);
      const track = current.current?.getVideoTracks()[0];
      // Chromium ends the track by itself; others only tell of the permission.
      if (state === 'denied' && track?.readyState === 'live') {
        release(current.current);
        show(null);
        setStatus('lost');
        latest.current.onLost?.();
      } else if (state === 'granted') {
        resume(['lost', 'denied']);
      }
    });
    return () => {
      media?.removeEventListener?.('devicechange', devicesChanged);
      watched();
      requests.current++;
      wanted.current = null;
      release(current.current);
      current.current = null;
      setStream(null);
      setStatus('idle');
    };
  }, [latest, listDevices, setStatus, show, open]);

  const videoRef = useCallback((element: HTMLVideoElement | null) => {
    for (const video of videos.current) {
      if (!video.isConnected) {
        videos.current.delete(video);
      }
    }
    if (element) {
      videos.current.add(element);
      attach(element, current.current);
    }
  }, []);

  const deviceId = stream?.getVideoTracks()[0]?.getSettings?.().deviceId ?? null;
  return useMemo(
    () => ({ status, stream, devices, deviceId, permission, error, start, stop, videoRef }),
    [status, stream, devices, deviceId, permission, error, start, stop, videoRef],
  );
}

function attach(video: HTMLVideoElement, stream: MediaStream | null): void {
  if (video.srcObject === stream) {
    return;
  }
  video.srcObject = stream;
  if (stream) {
    // Refused only where autoplay is off, and then a later gesture plays it.
    void Promise.resolve(video.play?.()).catch(() => {});
  }
}

function release(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }
}

function statusOf(error: unknown): CameraStatus {
  switch ((error as Error | null)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'not_found';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}

function watchPermission(onState: (state: PermissionState) => void): () => void {
  let watching = true;
  let status: PermissionStatus | undefined;
  const changed = () => {
    if (watching && status) {
      onState(status.state);
    }
  };
  // Firefox and older Safari do not know the name `camera` and reject.
  navigator.permissions
    ?.query({ name: 'camera' as PermissionName })
    .then((found) => {
      status = found;
      status.addEventListener('change', changed);
      if (watching) {
        onState(found.state);
      }
    })
    .catch(() => {});
  return () => {
    watching = false;
    status?.removeEventListener('change', changed);
  };
}
