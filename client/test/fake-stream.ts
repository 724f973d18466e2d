import { vi } from 'vitest';

/** A camera of which a test says how it fares. */
export class FakeTrack extends EventTarget {
  readyState = 'live';
  muted = false;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;
  stop = vi.fn(() => (this.readyState = 'ended'));
  clone = () => new FakeTrack();
  getSettings = () => ({ deviceId: this.deviceId });
  constructor(readonly deviceId = 'cam1') {
    super();
  }
}

export class FakeStream {
  readonly track: FakeTrack;
  constructor(deviceId?: string) {
    this.track = new FakeTrack(deviceId);
  }
  getTracks = () => [this.track];
  getVideoTracks = () => [this.track];
}

export const asStream = (fake: FakeStream) => fake as unknown as MediaStream;
