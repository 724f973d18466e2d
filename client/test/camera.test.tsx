import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useCamera } from '@invigil/client';
import { FakeStream } from './fake-stream';
import { bench, render } from './harness';

const at = bench();

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

  it('should start the chosen camera without being told which again, another while it is gone, and it again once it is back', async () => {
    let there = ['cam1', 'cam2'];
    getUserMedia.mockImplementation(({ video }: { video: { deviceId?: { exact: string } } }) => {
      const id = video.deviceId?.exact ?? 'cam1';
      return there.includes(id) ? Promise.resolve(new FakeStream(id)) : Promise.reject(Object.assign(new Error('gone'), { name: 'OverconstrainedError' }));
    });
    const { result } = render(at, () => useCamera());
    const plug = (...ids: string[]) => act(async () => {
      there = ids;
      navigator.mediaDevices.enumerateDevices = () =>
        Promise.resolve(ids.map((deviceId) => ({ kind: 'videoinput', deviceId, label: deviceId }) as MediaDeviceInfo));
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    const lose = () => act(() => (result.current.stream as unknown as FakeStream).track.onended?.());
    await act(() => result.current.start('cam2'));
    await act(() => result.current.start());
    expect(result.current.deviceId).toBe('cam2');
    act(() => result.current.stop());
    await act(() => result.current.start());
    expect(result.current.deviceId).toBe('cam2');
    lose();
    await plug('cam1');
    expect(result.current.status).toBe('lost');
    await act(() => result.current.start());
    expect(result.current).toMatchObject({ status: 'live', deviceId: 'cam1' });
    await plug('cam1', 'cam3');
    expect(result.current.deviceId).toBe('cam1');
    lose();
    await plug('cam3');
    expect(result.current.status).toBe('lost');
    await plug('cam1');
    expect(result.current).toMatchObject({ status: 'live', deviceId: 'cam1' });
    await plug('cam1', 'cam2');
    expect(result.current).toMatchObject({ status: 'live', deviceId: 'cam2' });
    // With none at all, any that comes will do.
    lose();
    await plug();
    await act(() => result.current.start());
    expect(result.current.status).toBe('not_found');
    await plug('cam1');
    expect(result.current).toMatchObject({ status: 'live', deviceId: 'cam1' });
    // One that is asked for by its id is never another.
    await plug('cam2');
    await act(() => result.current.start('cam1'));
    expect(result.current.status).toBe('not_found');
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
