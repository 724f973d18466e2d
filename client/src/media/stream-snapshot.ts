/** One picture, encoded. */
export interface Snapshot {
  jpeg: Blob;
  width: number;
  height: number;
}

/** The size of a picture that keeps its shape and is at most `maxWidth` wide. */
export function scaledSize(width: number, height: number, maxWidth: number): { width: number; height: number } {
  const scale = Math.min(1, maxWidth / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Takes single pictures out of a camera's stream on the main thread. */
export class StreamSnapshot {
  readonly #video: HTMLVideoElement;
  readonly #canvas: HTMLCanvasElement;

  constructor(stream: MediaStream) {
    this.#video = document.createElement('video');
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = stream;
    void Promise.resolve(this.#video.play()).catch(() => {});
    this.#canvas = document.createElement('canvas');
  }

  /** Whether there is a picture to take. */
  get isReady(): boolean {
    return this.#video.readyState >= HAVE_CURRENT_DATA && this.#video.videoWidth > 0;
  }

  /** Resolves with whether there is a picture to take, at the latest after {@link withinMs}: a camera may be live and still give none. */
  ready(signal: AbortSignal, withinMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.isReady) {
        resolve(true);
        return;
      }
      const settled = new AbortController();
      const timer = setTimeout(() => (settled.abort(), resolve(false)), withinMs);
      const loaded = () => (settled.abort(), clearTimeout(timer), resolve(true));
      this.#video.addEventListener('loadeddata', loaded, { once: true, signal: settled.signal });
      signal.addEventListener('abort', () => (settled.abort(), clearTimeout(timer), reject(signal.reason)), { signal: settled.signal });
    });
  }

  /** The picture of the moment, for a worker to encode. */
  bitmap(): Promise<ImageBitmap> {
    return createImageBitmap(this.#video);
  }

  /** The picture of the moment as JPEG, or `null` where there is none. */
  async take(maxWidth: number, quality: number): Promise<Snapshot | null> {
    if (!this.isReady) {
      return null;
    }
    const { width, height } = scaledSize(this.#video.videoWidth, this.#video.videoHeight, maxWidth);
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#canvas.getContext('2d')?.drawImage(this.#video, 0, 0, width, height);
    const jpeg = await new Promise<Blob | null>((resolve) => this.#canvas.toBlob(resolve, 'image/jpeg', quality));
    return jpeg && { jpeg, width, height };
  }

  dispose(): void {
    this.#video.pause();
    this.#video.srcObject = null;
  }
}

const HAVE_CURRENT_DATA = 2;
