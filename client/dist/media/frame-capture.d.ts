import type { FrameTuning } from './frame-worker.js';
/**
 * - `worker`: a worker reads the camera and encodes
 * - `bitmap`: the page takes pictures at the worker's beat, the worker encodes
 * - `page`: the page does both, and slowly while it is hidden
 */
export type CaptureMode = 'worker' | 'bitmap' | 'page';
export interface CapturedFrame {
    jpeg: ArrayBuffer | Blob;
    width: number;
    height: number;
    encodeMs: number;
}
export interface FrameCaptureOptions {
    stream: MediaStream;
    tuning: FrameTuning;
    createWorker: (() => Worker) | null;
    onFrame: (frame: CapturedFrame) => void;
    onMode: (mode: CaptureMode) => void;
}
/** Takes a picture out of a stream at a steady rate, by the best means that the browser has. */
export declare class FrameCapture {
    #private;
    constructor(options: FrameCaptureOptions);
    tune(tuning: FrameTuning): void;
    stop(): void;
}
