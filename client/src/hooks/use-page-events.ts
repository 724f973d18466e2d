'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Severity } from '../api/types.js';
import { useLatest } from './use-latest.js';

/** The service's wire names for what a page can observe. */
export type PageEventName = 'tab_switch' | 'window_blur' | 'fullscreen_exit' | 'paste' | 'second_display';

/** What happened to the page, as the WebSocket's `event` message carries it. */
export interface PageEvent {
  type: 'event';
  name: PageEventName;
  /** `began` and `ended` bracket a state, `moment` is over at once. */
  phase: 'moment' | 'began' | 'ended';
  /** Zoned ISO time in the browser's clock. */
  timestamp: string;
  /** For a name that the service's policies do not know. */
  severity?: Severity;
}

export interface UsePageEventsOptions {
  /** Default true; states that are open when it turns false are reported as ended. */
  enabled?: boolean;
  /**
   * The session that events are for, where one component serves several. States that are open when it changes end for the
   * one and begin for the other, and what was not sent to the one is never sent to the other.
   */
  sessionId?: string | null | undefined;
  /** Which to watch; all by default. */
  events?: readonly PageEventName[];
  onEvent?: (event: PageEvent) => void;
  /**
   * Sends an event to the service and tells whether it went out, as `useWebSocket`'s `sendMessage` does. What could not be
   * sent is kept, up to 100 events, also while this is off, and tried again before the next one and every 2 s.
   */
  send?: (event: PageEvent) => boolean;
}

export interface UsePageEventsResult {
  isVisible: boolean;
  isFocused: boolean;
  isFullscreen: boolean;
  /** Whether a second display is attached; `null` where the platform does not tell. */
  hasSecondDisplay: boolean | null;
  counts: Readonly<Record<PageEventName, number>>;
}

const ALL: readonly PageEventName[] = ['tab_switch', 'window_blur', 'fullscreen_exit', 'paste', 'second_display'];
const NO_COUNTS: Record<PageEventName, number> = { tab_switch: 0, window_blur: 0, fullscreen_exit: 0, paste: 0, second_display: 0 };
const START: UsePageEventsResult = { isVisible: true, isFocused: true, isFullscreen: false, hasSecondDisplay: null, counts: NO_COUNTS };
const KEPT_UNSENT = 100;
const RETRY_MS = 2_000;
/** Not everything that is watched tells when it changes. */
const LOOK_MS = 2_000;

interface Unsent {
  sessionId: string | null | undefined;
  event: PageEvent;
}

/** Watches what the browser tells of the page: left, unfocused, out of full screen, pasted into, on two displays. */
export function usePageEvents(options: UsePageEventsOptions = {}): UsePageEventsResult {
  const latest = useLatest(options);
  const [state, setState] = useState<UsePageEventsResult>(START);
  const { enabled = true, events = ALL, sessionId } = options;
  const watchedNames = events.join();
  const unsent = useRef<Unsent[]>([]);

  const flush = useCallback(() => {
    const { sessionId: now, send } = latest.current;
    // Between two sessions there is none, and then the first may still come back.
    unsent.current = unsent.current.filter((kept) => !now || kept.sessionId === now);
    while (unsent.current[0] && unsent.current[0].sessionId === now && send?.(unsent.current[0].event)) {
      unsent.current.shift();
    }
  }, [latest]);
  useEffect(() => {
    const timer = setInterval(flush, RETRY_MS);
    return () => clearInterval(timer);
  }, [flush]);

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const watched = new Set(watchedNames.split(',') as PageEventName[]);
    const open = new Set<PageEventName>();
    const stop = new AbortController();
    const listen = (target: Partial<EventTarget>, type: string, handler: () => void) =>
      target.addEventListener?.(type, handler, { signal: stop.signal });

    const report = (name: PageEventName, phase: PageEvent['phase']) => {
      if (!watched.has(name)) {
        return;
      }
      const event: PageEvent = { type: 'event', name, phase, timestamp: new Date().toISOString() };
      if (name === 'fullscreen_exit') {
        event.severity = 'low';
      }
      if (phase !== 'ended') {
        setState((before) => ({ ...before, counts: { ...before.counts, [name]: before.counts[name] + 1 } }));
      }
      latest.current.onEvent?.(event);
      if (latest.current.send) {
        unsent.current = [...unsent.current, { sessionId, event }].slice(-KEPT_UNSENT);
        flush();
      }
    };
    const bracket = (name: PageEventName, inside: boolean) => {
      if (inside !== open.has(name)) {
        report(name, inside ? 'began' : 'ended');
        if (inside) {
          open.add(name);
        } else {
          open.delete(name);
        }
      }
    };

    const look = () => {
      if (stop.signal.aborted) {
        return;
      }
      const isVisible = document.visibilityState !== 'hidden';
      const isFocused = document.hasFocus();
      const extended = (window.screen as Screen & { isExtended?: boolean }).isExtended;
      setState((before) => ({
        ...before,
        isVisible,
        isFocused,
        isFullscreen: document.fullscreenElement !== null,
        hasSecondDisplay: extended ?? null,
      }));
      bracket('tab_switch', !isVisible);
      // A hidden page has no focus either: one reason is enough.
      bracket('window_blur', isVisible && !isFocused);
      bracket('second_display', extended === true);
    };
    let wasFullscreen = document.fullscreenElement !== null;
    listen(document, 'visibilitychange', look);
    // A frame inside the page takes the focus away from the window without leaving the page.
    listen(window, 'blur', () => setTimeout(look, 0));
    listen(window, 'focus', look);
    listen(window.screen as Partial<EventTarget>, 'change', look);
    listen(document, 'paste', () => report('paste', 'moment'));
    listen(document, 'fullscreenchange', () => {
      const isFullscreen = document.fullscreenElement !== null;
      if (wasFullscreen && !isFullscreen) {
        report('fullscreen_exit', 'moment');
      }
      wasFullscreen = isFullscreen;
      look();
    });
    const timer = setInterval(look, LOOK_MS);
    look();
    return () => {
      clearInterval(timer);
      stop.abort();
      for (const name of open) {
        bracket(name, false);
      }
    };
  }, [enabled, watchedNames, sessionId, latest, flush]);

  return state;
}
