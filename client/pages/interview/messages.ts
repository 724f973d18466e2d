import type { Alert } from '@invigil/client';

/** What a candidate is told while something lasts. It says what helps, never what somebody might think of it. */
const TEXTS: Record<string, string> = {
  no_face: 'We cannot see you at the moment. Please move back into the picture.',
  partial_face: 'Please sit so that your whole face is in the picture.',
  multiple_persons: 'We see more than one person in the picture. If you can, please find a place where you are by yourself.',
  prohibited_object: 'We see something like a phone in the picture. Please put it out of reach.',
  black_screen: 'The camera seems to be covered, or it is very dark. Please check the lens and the light.',
  frozen_video: 'Your camera picture seems to stand still. “Restart the camera” usually helps.',
  second_display: 'A second display is connected. Please use one display if you can.',
};

/**
 * One message for each kind that is open. Kinds without a text are for the reviewer alone: telling people where they look
 * helps nobody.
 */
export function calmMessages(open: readonly Pick<Alert, 'type'>[]): { kind: string; text: string }[] {
  const kinds = [...new Set(open.map((alert) => alert.type))];
  return kinds.flatMap((kind) => {
    const text = TEXTS[kind];
    return text ? [{ kind, text }] : [];
  });
}
