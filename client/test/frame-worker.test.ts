import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromFrameWorker, FrameTuning, ToFrameWorker } from '../src/media/frame-worker';

/** What the worker draws on, as far as it uses it. */
class FakeCanvas {
  static made: FakeCanvas[] = [];
  static encode = () => Promise.resolve(new Blob(['jpeg']));
  constructor(
    public width: number,
    public height: number,
  ) {
    FakeCanvas.made.push(this);
  }
  getContext = () => ({ drawImage: vi.fn() });
  convertToBlob = () => FakeCanvas.encode();
}

const TUNING: FrameTuning = { intervalMs: 500, maxWidth: 1_280, quality: 0.8 };

describe('the frame worker', () => {
  let said: FromFrameWorker[];
  const worker = globalThis as unknown as { onmessage: (event: { data: ToFrameWorker }) => void };
  const ask = (message: ToFrameWorker) => worker.onmessage({ data: message });
  const types = () => said.map(({ type }) => type);

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    said = [];
    vi.stubGlobal('postMessage', (message: FromFrameWorker) => said.push(message));
    vi.stubGlobal('onmessage', null);
    vi.stubGlobal('OffscreenCanvas', FakeCanvas);
    FakeCanvas.encode = async () => ({ arrayBuffer: async () => new ArrayBuffer(4) }) as Blob;
    vi.resetModules();
    await import('../src/media/frame-worker');
  });
  afterEach(() => vi.unstubAllGlobals());

  it('should say that it is there, and then ask for a picture at the rate that it is told, also when that changes', async () => {
    expect(types()).toEqual(['ready']);
    ask({ type: 'start', tuning: TUNING, frames: null });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(types()).toEqual(['ready', 'tick', 'tick', 'tick', 'tick']);
    ask({ type: 'tune', tuning: { ...TUNING, intervalMs: 1_000 } });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(types().slice(5)).toEqual(['tick', 'tick']);
    // Another size alone does not put the beat off.
    await vi.advanceTimersByTimeAsync(900);
    ask({ type: 'tune', tuning: { ...TUNING, intervalMs: 1_000, maxWidth: 640 } });
    await vi.advanceTimersByTimeAsync(100);
    expect(types().slice(7)).toEqual(['tick']);
  });

  it('should encode the newest frame of the camera at each beat, scaled down, and let go of every frame', async () => {
    const frames = Array.from({ length: 3 }, () => ({ displayWidth: 2_560, displayHeight: 1_440, close: vi.fn() }));
    const camera = new ReadableStream<VideoFrame>({
      start: (controller) => frames.forEach((frame) => controller.enqueue(frame as unknown as VideoFrame)),
    });
    ask({ type: 'start', tuning: TUNING, frames: camera });
    await vi.advanceTimersByTimeAsync(500);
    expect(said.at(-1)).toMatchObject({ type: 'frame', width: 1_280, height: 720 });
    expect(frames.map(({ close }) => close.mock.calls.length)).toEqual([1, 1, 1]);
    // No newer one came: the same picture is not sent again.
    await vi.advanceTimersByTimeAsync(2_000);
    expect(types()).toEqual(['ready', 'frame']);
  });

  it('should say why the camera can no longer be read', async () => {
    const camera = new ReadableStream<VideoFrame>({ start: (controller) => controller.error(new Error('the track is broken')) });
    ask({ type: 'start', tuning: TUNING, frames: camera });
    await vi.advanceTimersByTimeAsync(0);
    expect(said.at(-1)).toEqual({ type: 'failed', reason: 'Error: the track is broken' });
  });

  it('should say why a picture could not be encoded, and let go of it', async () => {
    FakeCanvas.encode = () => Promise.reject(new Error('no memory'));
    const bitmap = { width: 640, height: 480, close: vi.fn() };
    ask({ type: 'start', tuning: TUNING, frames: null });
    ask({ type: 'bitmap', bitmap });
    await vi.advanceTimersByTimeAsync(0);
    expect(said.at(-1)).toEqual({ type: 'failed', reason: 'Error: no memory' });
    expect(bitmap.close).toHaveBeenCalledOnce();
  });
});
