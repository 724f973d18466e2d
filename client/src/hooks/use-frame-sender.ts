'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SendResult } from '../live/session-socket.js';
import { FrameCapture, type CaptureMode, type CapturedFrame } from '../media/frame-capture.js';
import { Pace } from '../media/pace.js';
import { useLatest } from './use-latest.js';

/** Of one stream, while this was on. */
export interface FrameStats {
  captured: number;
  sent: number;
  /** Not sent because the network had not taken earlier frames. */
  skipped: number;
  /** Not sent because there was no connection. */
  unconnected: number;
  bytesSent: number;
  /** Of the newest frame. */
  lastBytes: number;
  width: number;
  height: number;
  encodeMs: number;
}

export interface UseFrameSenderOptions {
  stream: MediaStream | null | undefined;
  /** Sends one JPEG and says what became of it: `useWebSocket`'s `sendBlob`. */
  send: (jpeg: Blob | ArrayBuffer) => SendResult;
  /** Default true. */
  enabled?: boolean;
  /** Milliseconds between frames, 100 to 10 000. Default 1000. */
  intervalMs?: number;
  /** Frames are not stretched further apart than this under overload. Default three intervals, at most 3000. */
  maxIntervalMs?: number;
  /** Wider pictures are scaled down to this, 160 to 3840. Default 1280. */
  maxWidth?: number;
  /** JPEG quality, 0.1 to 1. Default 0.8. */
  quality?: number;
  /** Makes the worker, for a bundler that does not find the package's own; `null` for none. */
  createWorker?: (() => Worker) | null;
  onFrame?: (frame: CapturedFrame, result: SendResult) => void;
  /** Why a better way to take pictures was given up, such as a worker that cannot be given the camera; a lesser one takes its place, see `mode`. */
  onError?: (error: Error) => void;
}

export interface UseFrameSenderResult {
  isSending: boolean;
  /** How pictures are taken, once it is known. */
  mode: CaptureMode | null;
  /** Milliseconds between frames at the moment. */
  intervalMs: number;
  /** Widest picture at the moment. */
  maxWidth: number;
  stats: FrameStats;
  /** Tells the load figure that came with a result: work asked over work the engine can do. Above 1.05 it stretches the interval, below 0.85 it shortens it again. */
  noteLoad: (load: number | null | undefined) => void;
}

const NO_STATS: FrameStats = {
  captured: 0,
  sent: 0,
  skipped: 0,
  unconnected: 0,
  bytesSent: 0,
  lastBytes: 0,
  width: 0,
  height: 0,
  encodeMs: 0,
};

const packagedWorker = () => new Worker(new URL('../media/frame-worker.js', import.meta.url), { type: 'module' });

/** Takes pictures of a camera at a steady rate, in a worker where possible, and hands them to a socket. */
export function useFrameSender(options: UseFrameSenderOptions): UseFrameSenderResult {
  const latest = useLatest(options);
  const { stream, enabled = true, intervalMs = 1_000, maxWidth = 1_280, quality = 0.8 } = options;
  const maxIntervalMs = options.maxIntervalMs ?? Math.max(intervalMs, Math.min(3 * intervalMs, 3_000));
  requireWithin('intervalMs', intervalMs, 100, 10_000);
  requireWithin('maxWidth', maxWidth, 160, 3_840);
  requireWithin('quality', quality, 0.1, 1);
  const [mode, setMode] = useState<CaptureMode | null>(null);
  const [stats, setStats] = useState(NO_STATS);
  const [tuning, setTuning] = useState({ intervalMs, maxWidth, quality });
  const running = useRef<{ capture: FrameCapture; pace: Pace } | null>(null);
  const isSending = Boolean(stream) && enabled;

  // A connection that is lost and comes back goes on counting.
  useEffect(() => setStats(NO_STATS), [stream]);
  useEffect(() => {
    if (!stream || !enabled) {
      return undefined;
    }
    const pace = new Pace({ intervalMs, maxIntervalMs, maxWidth, quality });
    const retune = (changed: boolean) => {
      if (changed) {
        capture.tune(pace.tuning);
        setTuning(pace.tuning);
      }
    };
    const { createWorker } = latest.current;
    const capture = new FrameCapture({
      stream,
      tuning: pace.tuning,
      createWorker: createWorker === undefined ? (typeof Worker === 'undefined' ? null : packagedWorker) : createWorker,
      onMode: setMode,
      onError: (error) => latest.current.onError?.(error),
      onFrame: (frame) => {
        const result = latest.current.send(frame.jpeg);
        setStats((before) => count(before, frame, result));
        if (result === 'sent') {
          retune(pace.noteSent());
        } else if (result === 'buffer_full') {
          retune(pace.noteBufferFull());
        }
        latest.current.onFrame?.(frame, result);
      },
    });
    running.current = { capture, pace };
    setTuning(pace.tuning);
    return () => {
      capture.stop();
      running.current = null;
      setMode(null);
    };
  }, [latest, stream, enabled, intervalMs, maxIntervalMs, maxWidth, quality]);

  const noteLoad = useCallback((load: number | null | undefined) => {
    const now = running.current;
    if (now && typeof load === 'number' && now.pace.noteLoad(load)) {
      now.capture.tune(now.pace.tuning);
      setTuning(now.pace.tuning);
    }
  }, []);

  return useMemo(
    () => ({ isSending, mode, intervalMs: tuning.intervalMs, maxWidth: tuning.maxWidth, stats, noteLoad }),
    [isSending, mode, tuning, stats, noteLoad],
  );
}

function count(before: FrameStats, frame: CapturedFrame, result: SendResult): FrameStats {
  const bytes = 'byteLength' in frame.jpeg ? frame.jpeg.byteLength : frame.jpeg.size;
  return {
    captured: before.captured + 1,
    sent: before.sent + (result === 'sent' ? 1 : 0),
    skipped: before.skipped + (result === 'buffer_full' ? 1 : 0),
    unconnected: before.unconnected + (result === 'not_open' ? 1 : 0),
    bytesSent: before.bytesSent + (result === 'sent' ? bytes : 0),
    lastBytes: bytes,
    width: frame.width,
    height: frame.height,
    encodeMs: frame.encodeMs,
  };
}

function requireWithin(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${name} is ${value}, must be from ${least} to ${most}`);
  }
}
