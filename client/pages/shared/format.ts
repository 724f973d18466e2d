/** `1:02:03` or `02:03`, for a screen. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3_600);
  const pad = (n: number) => String(n).padStart(2, '0');
  const rest = `${pad(Math.floor((whole % 3_600) / 60))}:${pad(whole % 60)}`;
  return h > 0 ? `${h}:${rest}` : rest;
}

/** `4.2 s`, `2 min 05 s`: how long something lasted. */
export function duration(seconds: number): string {
  if (seconds < 60) {
    return `${Math.max(0, seconds).toFixed(seconds < 10 ? 1 : 0)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}

/** A time of day in the reader's own zone. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

export function hourAndMinute(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

export function dateAndTime(iso: string): string {
  return new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}

const KINDS: Record<string, string> = {
  no_face: 'Nobody in the picture',
  multiple_persons: 'Several people',
  eyes_looking_away: 'Looking away',
  repeated_glances: 'Repeated glances',
  prohibited_object: 'Phone or other object',
  black_screen: 'Camera covered or dark',
  frozen_video: 'Picture not moving',
  stream_gap: 'Gap in the stream',
  partial_face: 'Face partly in the picture',
  identity_changed: 'Face differs from the start',
  spoof: 'Print or screen',
  tab_switch: 'Left the page',
  audio_anomaly: 'Sound',
  window_blur: 'Window not in front',
  paste: 'Pasted text',
  second_display: 'Second display',
  fullscreen_exit: 'Left full screen',
  host_defined: 'Reported by the host',
};

/** An alert kind in words; kinds to come are shown by their own name. */
export function kindName(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}
