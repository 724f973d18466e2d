import type { SendResult } from '../live/session-socket.js';
import { type CaptureMode, type CapturedFrame } from '../media/frame-capture.js';
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
    /** Frames are not stretched further apart than this under load. Default three intervals, at most 3000. */
    maxIntervalMs?: number;
    /** Wider pictures are scaled down to this. Default 1280. */
    maxWidth?: number;
    /** JPEG quality, above 0 to 1. Default 0.8. */
    quality?: number;
    /** Makes the worker, for a bundler that does not find the package's own; `null` for none. */
    createWorker?: (() => Worker) | null;
    onFrame?: (frame: CapturedFrame, result: SendResult) => void;
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
    /** Tells the load figure that came with a result, which stretches or shortens the interval. */
    noteLoad: (load: number | null | undefined) => void;
}
/** Takes pictures of a camera at a steady rate, in a worker where possible, and hands them to a socket. */
export declare function useFrameSender(options: UseFrameSenderOptions): UseFrameSenderResult;
