/** What the page tells the worker. */
export type ToFrameWorker = {
    type: 'start';
    tuning: FrameTuning;
    frames: ReadableStream<VideoFrame> | null;
} | {
    type: 'tune';
    tuning: FrameTuning;
} | {
    type: 'bitmap';
    bitmap: ImageBitmap;
};
/** What the worker tells the page: `tick` asks for a bitmap where the worker cannot read the camera itself. */
export type FromFrameWorker = {
    type: 'ready';
} | {
    type: 'tick';
} | {
    type: 'frame';
    jpeg: ArrayBuffer;
    width: number;
    height: number;
    encodeMs: number;
} | {
    type: 'failed';
    reason: string;
};
export interface FrameTuning {
    intervalMs: number;
    maxWidth: number;
    quality: number;
}
