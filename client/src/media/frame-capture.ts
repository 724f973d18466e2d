import type { FromFrameWorker, FrameTuning, ToFrameWorker } from './frame-worker.js';
import { StreamSnapshot } from './stream-snapshot.js';

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
  /** Why a better way to take pictures was given up; a lesser one takes its place. */
  onError: (error: Error) => void;
}

const WORKER_START_MS = 3_000;
/** What a worker needs to let go of its pictures; one that does not answer is ended all the same. */
const WORKER_STOP_MS = 1_000;

interface TrackProcessor {
  readable: ReadableStream<VideoFrame>;
}
type TrackProcessorConstructor = new (init: { track: MediaStreamTrack }) => TrackProcessor;

/** Takes a picture out of a stream at a steady rate, by the best means that the browser has. */
export class FrameCapture {
  readonly #options: FrameCaptureOptions;
  #tuning: FrameTuning;
  #worker: Worker | null = null;
  #snapshot: StreamSnapshot | null = null;
  #ownTrack: MediaStreamTrack | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #startTimer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #stopped = false;

  constructor(options: FrameCaptureOptions) {
    this.#options = options;
    this.#tuning = options.tuning;
    let worker: Worker | null = null;
    try {
      worker = options.createWorker?.() ?? null;
    } catch (cause) {
      // None allowed by the page's policy, say.
      this.#report('No worker for pictures can be made', cause);
    }
    if (worker) {
      this.#startWorker(worker);
    } else {
      this.#startPage();
    }
  }

  tune(tuning: FrameTuning): void {
    const before = this.#tuning;
    this.#tuning = tuning;
    if (this.#worker) {
      this.#post({ type: 'tune', tuning });
    } else if (this.#timer !== undefined && before.intervalMs !== tuning.intervalMs) {
      this.#startPage();
    }
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#dropWorker();
    this.#snapshot?.dispose();
    this.#snapshot = null;
  }

  #startWorker(worker: Worker): void {
    this.#worker = worker;
    this.#startTimer = setTimeout(() => this.#fallBack(`The worker for pictures did not start within ${WORKER_START_MS} ms`), WORKER_START_MS);
    worker.onerror = (event) => this.#fallBack('The worker for pictures broke off', event?.message);
    worker.onmessage = ({ data: message }: MessageEvent<FromFrameWorker>) => {
      switch (message.type) {
        case 'ready':
          clearTimeout(this.#startTimer);
          this.#handOver();
          break;
        case 'tick':
          void this.#sendBitmap();
          break;
        case 'frame':
          this.#options.onFrame(message);
          break;
        case 'failed':
          this.#fallBack('The worker for pictures failed', message.reason);
          break;
      }
    };
  }

  #handOver(): void {
    if (this.#handOverCamera()) {
      this.#options.onMode('worker');
    } else if (typeof OffscreenCanvas !== 'undefined' && typeof createImageBitmap !== 'undefined') {
      this.#snapshot = new StreamSnapshot(this.#options.stream);
      this.#post({ type: 'start', tuning: this.#tuning, frames: null });
      this.#options.onMode('bitmap');
    } else {
      this.#fallBack();
    }
  }

  /** Returns whether the worker has the camera now: not every browser can give it to one. */
  #handOverCamera(): boolean {
    try {
      const frames = this.#cameraFrames();
      if (frames) {
        this.#post({ type: 'start', tuning: this.#tuning, frames }, [frames]);
      }
      return frames !== null;
    } catch (cause) {
      this.#ownTrack?.stop();
      this.#ownTrack = null;
      this.#report('The camera cannot be handed to the worker for pictures', cause);
      return false;
    }
  }

  #cameraFrames(): ReadableStream<VideoFrame> | null {
    const Processor = (globalThis as { MediaStreamTrackProcessor?: TrackProcessorConstructor }).MediaStreamTrackProcessor;
    const track = this.#options.stream.getVideoTracks()[0];
    if (!Processor || !track) {
      return null;
    }
    // A clone, because a track that is read this way may not be read so again after a restart.
    this.#ownTrack = track.clone();
    return new Processor({ track: this.#ownTrack }).readable;
  }

  async #sendBitmap(): Promise<void> {
    if (this.#snapshot?.isReady) {
      const bitmap = await this.#snapshot.bitmap().catch(() => null);
      if (bitmap) {
        this.#post({ type: 'bitmap', bitmap }, [bitmap]);
      }
    }
  }

  #startPage(): void {
    this.#snapshot ??= new StreamSnapshot(this.#options.stream);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#take(), this.#tuning.intervalMs);
    this.#options.onMode('page');
  }

  async #take(): Promise<void> {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      const began = performance.now();
      const taken = await this.#snapshot?.take(this.#tuning.maxWidth, this.#tuning.quality);
      if (taken && !this.#stopped) {
        this.#options.onFrame({ ...taken, encodeMs: performance.now() - began });
      }
    } finally {
      this.#busy = false;
    }
  }

  /** To the page's own means; with a reason unless the browser has just no other. */
  #fallBack(reason?: string, cause?: unknown): void {
    this.#dropWorker();
    if (!this.#stopped) {
      if (reason) {
        this.#report(reason, cause);
      }
      this.#startPage();
    }
  }

  #report(reason: string, cause?: unknown): void {
    this.#options.onError(new Error(cause ? `${reason}: ${String(cause)}` : reason, { cause }));
  }

  #dropWorker(): void {
    clearTimeout(this.#startTimer);
    if (this.#worker) {
      end(this.#worker);
    }
    this.#worker = null;
    this.#ownTrack?.stop();
    this.#ownTrack = null;
  }

  #post(message: ToFrameWorker, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }
}

function end(worker: Worker): void {
  const terminate = () => {
    clearTimeout(timer);
    worker.terminate();
  };
  const timer = setTimeout(terminate, WORKER_STOP_MS);
  worker.onerror = terminate;
  worker.onmessage = ({ data: message }: MessageEvent<FromFrameWorker>) => {
    if (message.type === 'stopped') {
      terminate();
    }
  };
  worker.postMessage({ type: 'stop' } satisfies ToFrameWorker);
}
