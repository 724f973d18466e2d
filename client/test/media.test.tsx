import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoPictureError, useCamera, useFrameSender, usePageEvents, usePreCheck, type PageEvent, type SendResult } from '@invigil/client';
import { Pace } from '../src/media/pace';
import { scaledSize } from '../src/media/stream-snapshot';
import { problem } from './fake-service';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();

class FakeTrack extends EventTarget {
  readyState = 'live';
  muted = false;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;
  stop = vi.fn(() => (this.readyState = 'ended'));
  clone = () => new FakeTrack();
  getSettings = () => ({ deviceId: 'cam1' });
}

class FakeStream {
  readonly track = new FakeTrack();
  getTracks = () => [this.track];
  getVideoTracks = () => [this.track];
}

const asStream = (fake: FakeStream) => fake as unknown as MediaStream;

describe('useCamera', () => {
  let getUserMedia: ReturnType<typeof vi.fn>;
  let permission: EventTarget & { state: string };
  beforeEach(() => {
    getUserMedia = vi.fn(() => Promise.resolve(new FakeStream()));
    permission = Object.assign(new EventTarget(), { state: 'prompt' });
    vi.stubGlobal('navigator', {
      mediaDevices: Object.assign(new EventTarget(), {
        getUserMedia,
        enumerateDevices: () => Promise.resolve([{ kind: 'videoinput', deviceId: 'cam1', label: 'Front' }, { kind: 'audioinput', deviceId: 'm', label: '' }]),
      }),
      permissions: { query: () => Promise.resolve(permission) },
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('should ask for video alone, list cameras alone and release the camera on unmount', async () => {
    const { result, unmount } = render(at, () => useCamera({ width: 640 }));
    await act(() => result.current.start());
    expect(getUserMedia.mock.calls[0]?.[0]).toMatchObject({ audio: false, video: { width: { ideal: 640 }, height: { ideal: 720 } } });
    expect(result.current).toMatchObject({ status: 'live', deviceId: 'cam1', devices: [{ deviceId: 'cam1', label: 'Front' }] });
    const { track } = result.current.stream as unknown as FakeStream;
    unmount();
    expect(track.stop).toHaveBeenCalledOnce();
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'not_found'],
    ['OverconstrainedError', 'not_found'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'unsupported'],
  ])('should tell %s as %s', async (name, status) => {
    getUserMedia.mockRejectedValue(Object.assign(new Error('no'), { name }));
    const { result } = render(at, () => useCamera());
    await act(() => result.current.start());
    expect(result.current.status).toBe(status);
    expect(result.current.error?.name).toBe(name);
  });

  it('should tell a browser without cameras', async () => {
    vi.stubGlobal('navigator', {});
    const { result } = render(at, () => useCamera());
    await act(() => result.current.start());
    expect(result.current.status).toBe('unsupported');
  });

  it('should notice that the camera was pulled out, once', async () => {
    const onLost = vi.fn();
    const { result } = render(at, () => useCamera({ onLost }));
    await act(() => result.current.start());
    const { track } = result.current.stream as unknown as FakeStream;
    act(() => track.onended?.());
    expect(result.current).toMatchObject({ status: 'lost', stream: null });
    expect(onLost).toHaveBeenCalledOnce();
    await act(() => result.current.start());
    expect(result.current.status).toBe('live');
  });

  it('should notice that the permission was taken back', async () => {
    const { result } = render(at, () => useCamera());
    await act(() => result.current.start());
    permission.state = 'denied';
    act(() => void permission.dispatchEvent(new Event('change')));
    expect(result.current).toMatchObject({ status: 'lost', permission: 'denied' });
  });

  it('should start again by itself once the permission is given back, unless told not to', async () => {
    const { result, rerender } = render(at, ({ resume }: { resume: boolean }) => useCamera({ resume }), { resume: true });
    await act(() => result.current.start());
    const tell = (state: string) => act(async () => {
      permission.state = state;
      permission.dispatchEvent(new Event('change'));
    });
    await tell('denied');
    expect(result.current.status).toBe('lost');
    await tell('granted');
    expect(result.current.status).toBe('live');
    await tell('denied');
    getUserMedia.mockRejectedValueOnce(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
    await act(() => result.current.start());
    expect(result.current.status).toBe('denied');
    await tell('granted');
    expect(result.current.status).toBe('live');
    await tell('denied');
    rerender({ resume: false });
    await tell('granted');
    expect(result.current.status).toBe('lost');
  });

  it('should start again when the very camera that was pulled out is back, and not another, nor one that was stopped', async () => {
    const { result } = render(at, () => useCamera());
    const plug = (...ids: string[]) => act(async () => {
      navigator.mediaDevices.enumerateDevices = () =>
        Promise.resolve(ids.map((deviceId) => ({ kind: 'videoinput', deviceId, label: deviceId }) as MediaDeviceInfo));
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await act(() => result.current.start());
    const { track } = result.current.stream as unknown as FakeStream;
    act(() => track.onended?.());
    await plug('another');
    expect(result.current.status).toBe('lost');
    await plug('another', 'cam1');
    expect(result.current.status).toBe('live');
    expect(getUserMedia.mock.lastCall?.[0]).toMatchObject({ video: { deviceId: { exact: 'cam1' } } });
    act(() => result.current.stop());
    await plug('cam1');
    expect(result.current.status).toBe('idle');
  });

  it('should tell a camera that is held back for a while from a lost one', async () => {
    const { result } = render(at, () => useCamera());
    await act(() => result.current.start());
    const { track } = result.current.stream as unknown as FakeStream;
    act(() => track.onmute?.());
    expect(result.current.status).toBe('muted');
    act(() => track.onunmute?.());
    expect(result.current.status).toBe('live');
  });

  it('should release a camera that is granted after it was no longer wanted', async () => {
    let grant!: (stream: FakeStream) => void;
    getUserMedia.mockReturnValue(new Promise((resolve) => (grant = resolve)));
    const { result } = render(at, () => useCamera());
    act(() => void result.current.start());
    act(() => result.current.stop());
    const late = new FakeStream();
    await act(async () => grant(late));
    expect(late.track.stop).toHaveBeenCalledOnce();
    expect(result.current.status).toBe('idle');
  });

  it('should survive StrictMode\'s double mount', async () => {
    const { result } = render(at, () => useCamera(), undefined, true);
    await act(() => result.current.start());
    expect(result.current.status).toBe('live');
  });
});

describe('usePageEvents', () => {
  let focused = true;
  let visibility = 'visible';
  beforeEach(() => {
    focused = true;
    visibility = 'visible';
    vi.spyOn(document, 'hasFocus').mockImplementation(() => focused);
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility as DocumentVisibilityState);
  });
  const leave = () => act(() => {
    visibility = 'hidden';
    focused = false;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const comeBack = () => act(() => {
    visibility = 'visible';
    focused = true;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const brief = (events: PageEvent[]) => events.map(({ name, phase }) => `${name} ${phase}`);

  it('should bracket leaving the tab, without a second report for the lost focus', async () => {
    const sent: PageEvent[] = [];
    const { result } = render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    leave();
    comeBack();
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended']);
    expect(result.current.counts.tab_switch).toBe(1);
    expect(sent[0]?.timestamp).toMatch(/Z$/);
  });

  it('should report a window that is not in front, and a paste', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    focused = false;
    act(() => void window.dispatchEvent(new Event('blur')));
    await advance(1);
    act(() => void document.dispatchEvent(new Event('paste')));
    focused = true;
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(brief(sent)).toEqual(['window_blur began', 'paste moment', 'window_blur ended']);
  });

  it('should report leaving full screen and a second display', async () => {
    const sent: PageEvent[] = [];
    let full: Element | null = null;
    Object.defineProperty(document, 'fullscreenElement', { configurable: true, get: () => full });
    Object.defineProperty(window.screen, 'isExtended', { configurable: true, value: true });
    const { result } = render(at, () => usePageEvents({ send: (event) => sent.push(event) > 0 }));
    full = document.body;
    act(() => void document.dispatchEvent(new Event('fullscreenchange')));
    full = null;
    act(() => void document.dispatchEvent(new Event('fullscreenchange')));
    expect(brief(sent)).toEqual(['second_display began', 'fullscreen_exit moment']);
    expect(result.current.hasSecondDisplay).toBe(true);
    delete (window.screen as { isExtended?: boolean }).isExtended;
  });

  it('should keep what could not be sent and send it in order once it can', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    let connected = false;
    render(at, () => usePageEvents({ send: (event) => connected && sent.push(event) > 0 }));
    leave();
    comeBack();
    expect(sent).toHaveLength(0);
    connected = true;
    await advance(2_000);
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended']);
  });

  it('should keep what could not be sent while it is switched off and on again', async () => {
    useFakeTimers();
    const sent: PageEvent[] = [];
    let connected = false;
    const { rerender } = render(at, ({ on }) => usePageEvents({ enabled: on, send: (event) => connected && sent.push(event) > 0 }), { on: true });
    leave();
    rerender({ on: false });
    comeBack();
    rerender({ on: true });
    act(() => void document.dispatchEvent(new Event('paste')));
    rerender({ on: false });
    expect(sent).toHaveLength(0);
    connected = true;
    await advance(2_000);
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended', 'paste moment']);
  });

  it('should never send to one session what was not sent to another, and end and begin what is open with them', async () => {
    useFakeTimers();
    const sent: string[] = [];
    let connected = false;
    const { rerender } = render(at, ({ id }: { id: string | null }) =>
      usePageEvents({ sessionId: id, send: ({ name, phase }) => connected && sent.push(`${id} ${name} ${phase}`) > 0 }), { id: 's1' as string | null });
    leave();
    rerender({ id: null });
    connected = true;
    rerender({ id: 's2' });
    await advance(2_000);
    comeBack();
    expect(sent.filter((line) => !line.startsWith('null'))).toEqual(['s2 tab_switch began', 's2 tab_switch ended']);
  });

  it('should end what is open when it is switched off, and watch only what it is told', async () => {
    const sent: PageEvent[] = [];
    const { rerender } = render(at, ({ on }) => usePageEvents({ enabled: on, events: ['tab_switch'], send: (event) => sent.push(event) > 0 }), { on: true });
    act(() => void document.dispatchEvent(new Event('paste')));
    leave();
    rerender({ on: false });
    comeBack();
    expect(brief(sent)).toEqual(['tab_switch began', 'tab_switch ended']);
  });
});

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
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  posted: { type: string; tuning?: { intervalMs: number; maxWidth: number } }[] = [];
  terminate = vi.fn();
  constructor() {
    FakeWorker.made.push(this);
  }
  postMessage(message: { type: string }) {
    this.posted.push(message);
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

describe('usePreCheck', () => {
  const good = { ok: true, camera: { state: 'ok', brightness: 1, contrast: 1, sharpness: 1 }, light: 'ok', faces: 1, hints: [] };
  beforeEach(async () => {
    const { Blob: NodeBlob } = await import('node:buffer');
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
    vi.spyOn(HTMLMediaElement.prototype, 'readyState', 'get').mockReturnValue(4);
    vi.spyOn(HTMLVideoElement.prototype, 'videoWidth', 'get').mockReturnValue(640);
    vi.spyOn(HTMLVideoElement.prototype, 'videoHeight', 'get').mockReturnValue(480);
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(new NodeBlob(['jpeg'], { type: 'image/jpeg' }) as Blob));
  });

  it('should look every 1.5 s and be ready after two good looks, until a bad one', async () => {
    useFakeTimers();
    let answer: unknown = good;
    const stream = asStream(new FakeStream());
    at.service.on('POST /api/v1/precheck', () => answer);
    const { result } = render(at, () => usePreCheck({ stream }));
    await until(() => result.current.result !== undefined);
    expect(result.current.isReady).toBe(false);
    await advance(1_500);
    await until(() => result.current.isReady);
    answer = { ...good, ok: false, faces: 0, hints: ['Please move into the picture.'] };
    await settle();
    await advance(1_500);
    await until(() => !result.current.isReady);
    expect(result.current.result?.hints).toEqual(['Please move into the picture.']);
  });

  it('should not stay ready when the check fails', async () => {
    useFakeTimers();
    const stream = asStream(new FakeStream());
    at.service.on('POST /api/v1/precheck', () => good);
    const { result } = render(at, () => usePreCheck({ stream, goodLooks: 1 }));
    await until(() => result.current.isReady);
    at.service.on('POST /api/v1/precheck', (_call, response) => problem(response, 503, 'busy'));
    await advance(1_500);
    await until(() => result.current.error !== null);
    expect(result.current.isReady).toBe(false);
  });

  it('should stop looking when the token is refused', async () => {
    useFakeTimers();
    at.service.on('POST /api/v1/precheck', (_call, response) => problem(response, 401, 'a bearer token is asked for'));
    const stream = asStream(new FakeStream());
    const { result } = render(at, () => usePreCheck({ stream }));
    await until(() => result.current.error !== null);
    await advance(6_000);
    expect(at.service.count('POST /api/v1/precheck')).toBe(1);
  });

  it('should say that a live camera gives no picture, and take one when it comes', async () => {
    useFakeTimers();
    vi.spyOn(HTMLMediaElement.prototype, 'readyState', 'get').mockReturnValue(0);
    at.service.on('POST /api/v1/precheck', () => good);
    const stream = asStream(new FakeStream());
    const { result } = render(at, () => usePreCheck({ stream, goodLooks: 1 }));
    await settle();
    expect(result.current.error).toBeNull();
    await advance(5_000);
    await until(() => result.current.error instanceof NoPictureError);
    vi.spyOn(HTMLMediaElement.prototype, 'readyState', 'get').mockReturnValue(4);
    await advance(1_500);
    await until(() => result.current.isReady);
  });

  it('should look at nothing without a stream', async () => {
    render(at, () => usePreCheck({ stream: null }));
    await settle();
    expect(at.service.calls).toHaveLength(0);
  });
});
