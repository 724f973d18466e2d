import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useFrameSender, type SendResult } from '@invigil/client';
import { Pace } from '../src/media/pace';
import { scaledSize } from '../src/media/stream-snapshot';
import { FakeStream, FakeTrack, asStream } from './fake-stream';
import { advance, bench, render, useFakeTimers } from './harness';

const at = bench();

describe('Pace', () => {
  const pace = () => new Pace({ intervalMs: 1_000, maxIntervalMs: 3_000, maxWidth: 1_280, quality: 0.8 });
  const times = (n: number, act: () => unknown) => Array.from({ length: n }, act);

  it('should stretch the interval under overload, step by step up to its limit, and come back more slowly', () => {
    const under = pace();
    times(2, () => under.noteLoad(1.06));
    expect(under.tuning.intervalMs).toBe(1_000);
    times(1, () => under.noteLoad(1.06));
    expect(under.tuning.intervalMs).toBe(1_500);
    times(30, () => under.noteLoad(2.5));
    expect(under.tuning.intervalMs).toBe(3_000);
    times(9, () => under.noteLoad(0.84));
    expect(under.tuning.intervalMs).toBe(3_000);
    under.noteLoad(0.84);
    expect(under.tuning.intervalMs).toBe(2_000);
  });

  it.each([0.05, 0.4, 0.84, 0.9, 1, 1.05])('should keep the rate while the load is %d', (load) => {
    const busy = pace();
    times(100, () => busy.noteLoad(load));
    expect(busy.tuning.intervalMs).toBe(1_000);
  });

  it('should not come back while the load is between the two lines of the engine', () => {
    const between = pace();
    times(3, () => between.noteLoad(1.2));
    for (const load of [0.85, 0.95, 1.05]) {
      times(100, () => between.noteLoad(load));
    }
    expect(between.tuning.intervalMs).toBe(1_500);
  });

  it('should shrink pictures when the network is slow and enlarge them when it has recovered', () => {
    const slow = pace();
    slow.noteBufferFull();
    expect(slow.tuning.maxWidth).toBe(960);
    times(5, () => slow.noteBufferFull());
    expect(slow.tuning.maxWidth).toBe(640);
    times(20, () => slow.noteSent());
    expect(slow.tuning.maxWidth).toBe(960);
  });
});

describe('scaledSize', () => {
  it('should keep the shape and never enlarge', () => {
    expect(scaledSize(1_920, 1_080, 1_280)).toEqual({ width: 1_280, height: 720 });
    expect(scaledSize(640, 480, 1_280)).toEqual({ width: 640, height: 480 });
    expect(scaledSize(4_000, 1, 160)).toEqual({ width: 160, height: 1 });
  });
});

/** A worker that a test drives by hand. */
class FakeWorker {
  static made: FakeWorker[] = [];
  /** Whether it lets go of its pictures when it is told to. */
  static stops = true;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  posted: { type: string; tuning?: { intervalMs: number; maxWidth: number } }[] = [];
  terminate = vi.fn();
  constructor() {
    FakeWorker.made.push(this);
  }
  postMessage(message: { type: string }) {
    this.posted.push(message);
    if (message.type === 'stop' && FakeWorker.stops) {
      this.onmessage?.({ data: { type: 'stopped' } });
    }
  }
  say(data: unknown) {
    act(() => this.onmessage?.({ data }));
  }
}

describe('useFrameSender', () => {
  const stream = asStream(new FakeStream());
  const frame = (bytes = 10) => ({ type: 'frame', jpeg: new ArrayBuffer(bytes), width: 1_280, height: 720, encodeMs: 4 });
  beforeEach(() => {
    FakeWorker.made = [];
    FakeWorker.stops = true;
    vi.stubGlobal('MediaStreamTrackProcessor', class {
      readable = {};
    });
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
  });
  afterEach(() => vi.unstubAllGlobals());

  function sending(send: () => SendResult = () => 'sent', strict = false) {
    const rendered = render(at, ({ on }) =>
      useFrameSender({ stream, send, enabled: on, createWorker: () => new FakeWorker() as unknown as Worker }), { on: true }, strict);
    const worker = FakeWorker.made.at(-1) as FakeWorker;
    worker.say({ type: 'ready' });
    return { ...rendered, worker };
  }

  it('should let the worker read the camera and send what it encodes', () => {
    const { result, worker } = sending();
    expect(worker.posted[0]).toMatchObject({ type: 'start', tuning: { intervalMs: 1_000, maxWidth: 1_280, quality: 0.8 } });
    worker.say(frame(10));
    worker.say(frame(30));
    expect(result.current).toMatchObject({ isSending: true, mode: 'worker', stats: { captured: 2, sent: 2, bytesSent: 40, lastBytes: 30, width: 1_280 } });
  });

  it('should count what was skipped and what had no connection, and shrink when the network is slow', () => {
    const answers: SendResult[] = ['not_open', 'buffer_full', 'sent'];
    const { result, worker } = sending(() => answers.shift() ?? 'sent');
    worker.say(frame());
    worker.say(frame());
    worker.say(frame());
    expect(result.current.stats).toMatchObject({ captured: 3, sent: 1, skipped: 1, unconnected: 1 });
    expect(result.current.maxWidth).toBe(960);
    expect(worker.posted.at(-1)).toMatchObject({ type: 'tune', tuning: { maxWidth: 960 } });
  });

  it('should go on counting where it was when it is switched off and on again, as for a connection that is lost', () => {
    const { result, rerender, worker } = sending();
    worker.say(frame());
    rerender({ on: false });
    rerender({ on: true });
    const next = FakeWorker.made.at(-1) as FakeWorker;
    next.say({ type: 'ready' });
    next.say(frame());
    expect(next).not.toBe(worker);
    expect(result.current.stats.sent).toBe(2);
  });

  it('should send less often under the overload that the service tells, and no less under a busy engine', () => {
    const { result, worker } = sending();
    act(() => Array.from({ length: 20 }).forEach(() => result.current.noteLoad(0.5)));
    expect(result.current.intervalMs).toBe(1_000);
    act(() => [1, 2, 3].forEach(() => result.current.noteLoad(1.3)));
    expect(result.current.intervalMs).toBe(1_500);
    expect(worker.posted.at(-1)).toMatchObject({ type: 'tune', tuning: { intervalMs: 1_500 } });
  });

  it('should stop its worker when it is switched off, and leave one running after StrictMode\'s double mount', () => {
    const { rerender } = sending(() => 'sent', true);
    expect(FakeWorker.made.filter((made) => made.terminate.mock.calls.length === 0)).toHaveLength(1);
    rerender({ on: false });
    expect(FakeWorker.made.filter((made) => made.terminate.mock.calls.length === 0)).toHaveLength(0);
  });

  it('should let its worker close its pictures before it ends it, and end one that does not answer', async () => {
    useFakeTimers();
    FakeWorker.stops = false;
    const { rerender, worker } = sending();
    rerender({ on: false });
    expect(worker.posted.at(-1)).toEqual({ type: 'stop' });
    expect(worker.terminate).not.toHaveBeenCalled();
    worker.say({ type: 'stopped' });
    expect(worker.terminate).toHaveBeenCalledOnce();

    rerender({ on: true });
    const next = FakeWorker.made.at(-1) as FakeWorker;
    rerender({ on: false });
    await advance(1_000);
    expect(next.terminate).toHaveBeenCalledOnce();
  });

  it('should take pictures on the page when the worker cannot start', async () => {
    useFakeTimers();
    const { result } = render(at, () => useFrameSender({ stream, send: () => 'sent', createWorker: () => new FakeWorker() as unknown as Worker }));
    act(() => FakeWorker.made[0]?.onerror?.());
    expect(result.current.mode).toBe('page');
    FakeWorker.made = [];
    const silent = render(at, () => useFrameSender({ stream, send: () => 'sent', createWorker: () => new FakeWorker() as unknown as Worker }));
    await advance(3_000);
    expect(silent.result.current.mode).toBe('page');
  });

  it('should say why the worker cannot be given the camera, let go of its own track, and have it encode what the page takes', () => {
    const own = new FakeTrack();
    const refusing = { getVideoTracks: () => [{ clone: () => own }] } as unknown as MediaStream;
    vi.stubGlobal('OffscreenCanvas', class {});
    vi.stubGlobal('createImageBitmap', vi.fn());
    const refused = new DOMException('a stream cannot be cloned', 'DataCloneError');
    vi.spyOn(FakeWorker.prototype, 'postMessage').mockImplementation(function (this: FakeWorker, message: { type: string; frames?: unknown }) {
      if (message.frames) {
        throw refused;
      }
      this.posted.push(message);
    });
    const onError = vi.fn<(error: Error) => void>();
    const { result } = render(at, () =>
      useFrameSender({ stream: refusing, send: () => 'sent', onError, createWorker: () => new FakeWorker() as unknown as Worker }));
    FakeWorker.made[0]?.say({ type: 'ready' });
    expect(result.current.mode).toBe('bitmap');
    expect(FakeWorker.made[0]?.posted).toMatchObject([{ type: 'start', frames: null }]);
    expect(own.stop).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      message: 'The camera cannot be handed to the worker for pictures: DataCloneError: a stream cannot be cloned',
      cause: refused,
    });
  });

  it('should say why it fell back to the page', async () => {
    useFakeTimers();
    const told: string[] = [];
    const sender = (createWorker: () => Worker) =>
      render(at, () => useFrameSender({ stream, send: () => 'sent', createWorker, onError: ({ message }) => told.push(message) })).result;
    const fake = () => new FakeWorker() as unknown as Worker;
    const failed = sender(fake);
    FakeWorker.made.at(-1)?.say({ type: 'ready' });
    FakeWorker.made.at(-1)?.say({ type: 'failed', reason: 'Error: no memory' });
    const silent = sender(fake);
    await advance(3_000);
    const forbidden = sender(() => {
      throw new Error('refused by the policy');
    });
    expect([failed, silent, forbidden].map(({ current }) => current.mode)).toEqual(['page', 'page', 'page']);
    expect(told).toEqual([
      'The worker for pictures failed: Error: no memory',
      'The worker for pictures did not start within 3000 ms',
      'No worker for pictures can be made: Error: refused by the policy',
    ]);
  });

  it('should take pictures on the page without workers', () => {
    const { result } = render(at, () => useFrameSender({ stream, send: () => 'sent', createWorker: null }));
    expect(result.current.mode).toBe('page');
  });

  it.each([
    [{ intervalMs: 50 }, 'intervalMs is 50, must be from 100 to 10000'],
    [{ maxWidth: 4_000 }, 'maxWidth is 4000, must be from 160 to 3840'],
    [{ quality: 0.05 }, 'quality is 0.05, must be from 0.1 to 1'],
    [{ quality: Number.NaN }, 'quality is NaN, must be from 0.1 to 1'],
  ])('should refuse %j with the value and the allowed range', (options, message) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(() => render(at, () => useFrameSender({ stream: null, send: () => 'sent', ...options }))).toThrow(message);
  });
});
