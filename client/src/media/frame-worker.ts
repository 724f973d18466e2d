// Runs in a worker and imports nothing, so that a bundler or a server can place it anywhere. Its timer is not slowed down
// when the page is hidden, which is when a page's own timers are; encoding does not hold up the page either.

/** What the page tells the worker. */
export type ToFrameWorker =
  | { type: 'start'; tuning: FrameTuning; frames: ReadableStream<VideoFrame> | null }
  | { type: 'tune'; tuning: FrameTuning }
  | { type: 'bitmap'; bitmap: ImageBitmap }
  | { type: 'stop' };

/** What the worker tells the page: `tick` asks for a bitmap where the worker cannot read the camera itself. */
export type FromFrameWorker =
  | { type: 'ready' }
  | { type: 'tick' }
  | { type: 'frame'; jpeg: ArrayBuffer; width: number; height: number; encodeMs: number }
  | { type: 'failed'; reason: string }
  | { type: 'stopped' };

export interface FrameTuning {
  intervalMs: number;
  maxWidth: number;
  quality: number;
}

interface WorkerScope {
  postMessage(message: FromFrameWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToFrameWorker>) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
let tuning: FrameTuning = { intervalMs: 1_000, maxWidth: 1_280, quality: 0.8 };
let timer: ReturnType<typeof setInterval> | undefined;
let newest: VideoFrame | null = null;
let reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
let stopping = false;
let readsCamera = false;
let encoding = false;
let canvas: OffscreenCanvas | null = null;

scope.onmessage = ({ data: message }) => {
  switch (message.type) {
    case 'start':
      readsCamera = message.frames !== null;
      if (message.frames) {
        keepNewest(message.frames).catch((error: unknown) => scope.postMessage({ type: 'failed', reason: String(error) }));
      }
      tune(message.tuning);
      break;
    case 'tune':
      tune(message.tuning);
      break;
    case 'stop':
      stopping = true;
      clearInterval(timer);
      newest?.close();
      newest = null;
      void reader?.cancel(); // Lets go of what the camera holds ready.
      tellStopped();
      break;
    case 'bitmap':
      void encode(message.bitmap, message.bitmap.width, message.bitmap.height);
      break;
  }
};
scope.postMessage({ type: 'ready' });

function tune(next: FrameTuning): void {
  if (timer === undefined || next.intervalMs !== tuning.intervalMs) {
    clearInterval(timer);
    timer = setInterval(tick, next.intervalMs);
  }
  tuning = next;
}

function tick(): void {
  if (encoding) {
    return;
  }
  if (!readsCamera) {
    scope.postMessage({ type: 'tick' });
  } else if (newest) {
    const frame = newest;
    newest = null;
    void encode(frame, frame.displayWidth, frame.displayHeight);
  }
}

/** A camera stalls when its frames are held, so each is let go of as soon as a newer one is there. */
async function keepNewest(frames: ReadableStream<VideoFrame>): Promise<void> {
  reader = frames.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    newest?.close();
    newest = value ?? null;
    if (stopping) {
      newest?.close();
      newest = null;
    }
    if (done) {
      return;
    }
  }
}

async function encode(picture: VideoFrame | ImageBitmap, pictureWidth: number, pictureHeight: number): Promise<void> {
  encoding = true;
  const began = performance.now();
  try {
    const scale = Math.min(1, tuning.maxWidth / pictureWidth);
    const width = Math.max(1, Math.round(pictureWidth * scale));
    const height = Math.max(1, Math.round(pictureHeight * scale));
    canvas ??= new OffscreenCanvas(width, height);
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
    const jpeg = await (await canvas.convertToBlob({ type: 'image/jpeg', quality: tuning.quality })).arrayBuffer();
    scope.postMessage({ type: 'frame', jpeg, width, height, encodeMs: performance.now() - began }, [jpeg]);
  } catch (error) {
    scope.postMessage({ type: 'failed', reason: String(error) });
  } finally {
    picture.close();
    encoding = false;
    tellStopped();
  }
}

/** Every picture is let go of: a worker that is ended before that leaves its last to the garbage collector, and the camera waiting. */
function tellStopped(): void {
  if (stopping && !encoding) {
    scope.postMessage({ type: 'stopped' });
  }
}
