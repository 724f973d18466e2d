'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { FrameCapture } from '../media/frame-capture.js';
import { Pace } from '../media/pace.js';
import { useLatest } from './use-latest.js';
const NO_STATS = {
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
export function useFrameSender(options) {
    const latest = useLatest(options);
    const { stream, enabled = true, intervalMs = 1_000, maxWidth = 1_280, quality = 0.8 } = options;
    const maxIntervalMs = options.maxIntervalMs ?? Math.max(intervalMs, Math.min(3 * intervalMs, 3_000));
    requireWithin('intervalMs', intervalMs, 100, 10_000);
    requireWithin('maxWidth', maxWidth, 160, 3_840);
    requireWithin('quality', quality, 0.1, 1);
    const [mode, setMode] = useState(null);
    const [stats, setStats] = useState(NO_STATS);
    const [tuning, setTuning] = useState({ intervalMs, maxWidth, quality });
    const running = useRef(null);
    const isSending = Boolean(stream) && enabled;
    useEffect(() => {
        if (!stream || !enabled) {
            return undefined;
        }
        const pace = new Pace({ intervalMs, maxIntervalMs, maxWidth, quality });
        const retune = (changed) => {
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
            onFrame: (frame) => {
                const result = latest.current.send(frame.jpeg);
                setStats((before) => count(before, frame, result));
                if (result === 'sent') {
                    retune(pace.noteSent());
                }
                else if (result === 'buffer_full') {
                    retune(pace.noteBufferFull());
                }
                latest.current.onFrame?.(frame, result);
            },
        });
        running.current = { capture, pace };
        setTuning(pace.tuning);
        setStats(NO_STATS);
        return () => {
            capture.stop();
            running.current = null;
            setMode(null);
        };
    }, [latest, stream, enabled, intervalMs, maxIntervalMs, maxWidth, quality]);
    const noteLoad = useCallback((load) => {
        const now = running.current;
        if (now && typeof load === 'number' && now.pace.noteLoad(load)) {
            now.capture.tune(now.pace.tuning);
            setTuning(now.pace.tuning);
        }
    }, []);
    return useMemo(() => ({ isSending, mode, intervalMs: tuning.intervalMs, maxWidth: tuning.maxWidth, stats, noteLoad }), [isSending, mode, tuning, stats, noteLoad]);
}
function count(before, frame, result) {
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
function requireWithin(name, value, least, most) {
    if (!(value >= least && value <= most)) {
        throw new RangeError(`${name} is ${value}, must be from ${least} to ${most}`);
    }
}
