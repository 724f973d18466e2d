import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NoPictureError, usePreCheck } from '@invigil/client';
import { problem } from './fake-service';
import { FakeStream, asStream } from './fake-stream';
import { advance, bench, render, settle, until, useFakeTimers } from './harness';

const at = bench();

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
