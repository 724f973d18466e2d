'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Severity } from '../api/types.js';
import type { SocketPhase } from '../live/session-socket.js';
import { useLatest } from './use-latest.js';

/** The service's wire names for what a page can observe. */
export type PageEventName = 'tab_switch' | 'window_blur' | 'fullscreen_exit' | 'paste' | 'second_display';

/** What happened to the page, as the WebSocket's `event` message carries it. */
export interface PageEvent {
  type: 'event';
  name: PageEventName;
  /** `began` and `ended` bracket a state, `moment` is over at once. */
  phase: 'moment' | 'began' | 'ended';
  /** Zoned ISO time. What is sent as it happens has none unless `now` is given: the service then goes by its own clock. */
  timestamp?: string;
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
   * Sends an event to the service and tells whether it went out, as `useWebSocket`'s `sendMessage` does; by calling `onLost` it
   * tells later that no answer will come. What could not be sent or was lost is kept, up to 100 events, also while this is
   * off, and tried again before the next one and every 2 s, no more than 20 in that time. It is also told how the page
   * stands at first: another page, or this one before it was loaded anew, may have begun what it never ended.
   */
  send?: (event: PageEvent, onLost: () => void) => boolean;
  /**
   * Where the connection that `send` uses is in its life: `useWebSocket`'s `phase`. How the page stands is then told on each
   * new connection, and nothing that began or ended while another page had the session.
   */
  phase?: SocketPhase;
  /** The service's clock in milliseconds since the epoch, where it is known. Without it, the browser's stands in for what is sent late. */
  now?: () => number;
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
/** What lasts; the others are over at once. */
const STATES = ['tab_switch', 'window_blur', 'second_display'] as const;
const KEPT_UNSENT = 100;
const RETRY_MS = 2_000;
/** The service takes 20 a second, and no more than twice that at once. */
const SENT_IN_THAT_TIME = 20;
/** What is sent sooner than this needs no time of its own. */
const AT_ONCE_MS = 500;
/** Not everything that is watched tells when it changes. */
const LOOK_MS = 2_000;

interface Unsent {
  sessionId: string | null | undefined;
  event: PageEvent;
  /** By the clock that nobody sets. */
  happenedMs: number;
  /** Counts up. */
  place: number;
  wasLost: boolean;
}

/** Watches what the browser tells of the page: left, unfocused, out of full screen, pasted into, on two displays. */
export function usePageEvents(options: UsePageEventsOptions = {}): UsePageEventsResult {
  const latest = useLatest(options);
  const [state, setState] = useState<UsePageEventsResult>(START);
  const { enabled = true, events = ALL, sessionId, phase } = options;
  const watchedNames = events.join();
  const unsent = useRef<Unsent[]>([]);
  const places = useRef(0);
  const sendable = useRef(SENT_IN_THAT_TIME);
  /** What the service has heard last of each state over this connection. */
  const told = useRef(new Map<PageEventName, PageEvent['phase']>());
  const tellStates = useRef<() => void>(() => {});
  const isConnected = phase === undefined || phase === 'open';

  /**
   * The service may have heard what it did not answer, and no event has a name of its own by which it could tell: said again
   * it may be counted twice or be two alerts, which then have the same time, and not said again it may be lost for good.
   */
  const takeBack = useCallback((lost: Unsent) => {
    unsent.current = [...unsent.current, { ...lost, wasLost: true }].sort((a, b) => a.place - b.place).slice(-KEPT_UNSENT);
  }, []);
  const flush = useCallback(() => {
    const { sessionId: current, send, now } = latest.current;
    // Between two sessions there is none, and then the first may still come back.
    unsent.current = unsent.current.filter((kept) => !current || kept.sessionId === current);
    for (let first = unsent.current[0]; first; first = unsent.current[0]) {
      const sending = first;
      if (sendable.current === 0 || first.sessionId !== current || !send?.(stamped(first, now), () => takeBack(sending))) {
        return;
      }
      sendable.current--;
      unsent.current.shift();
      told.current.set(first.event.name, first.event.phase);
    }
  }, [latest, takeBack]);
  useEffect(() => {
    const timer = setInterval(() => {
      sendable.current = SENT_IN_THAT_TIME;
      flush();
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [flush]);

  useEffect(() => told.current.clear(), [isConnected, sessionId]);
  useEffect(() => {
    if (phase === 'replaced') {
      unsent.current = unsent.current.filter(({ event }) => event.phase === 'moment');
    }
  }, [phase]);

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const watched = new Set(watchedNames.split(',') as PageEventName[]);
    const open = new Set<PageEventName>();
    const stop = new AbortController();
    const listen = (target: Partial<EventTarget>, type: string, handler: () => void) =>
      target.addEventListener?.(type, handler, { signal: stop.signal });

    const keep = (event: PageEvent) => {
      // Of the page that has the session now the service hears by itself.
      if (latest.current.send && (event.phase === 'moment' || latest.current.phase !== 'replaced')) {
        const kept = { sessionId, event, happenedMs: performance.now(), place: places.current++, wasLost: false };
        unsent.current = [...unsent.current, kept].slice(-KEPT_UNSENT);
      }
    };
    const report = (name: PageEventName, phase: PageEvent['phase']) => {
      if (!watched.has(name)) {
        return;
      }
      const event: PageEvent = { type: 'event', name, phase };
      if (name === 'fullscreen_exit') {
        event.severity = 'low';
      }
      if (phase !== 'ended') {
        setState((before) => ({ ...before, counts: { ...before.counts, [name]: before.counts[name] + 1 } }));
      }
      latest.current.onEvent?.({ ...event, timestamp: new Date((latest.current.now ?? Date.now)()).toISOString() });
      keep(event);
      flush();
    };
    tellStates.current = () => {
      for (const name of STATES) {
        const phase = open.has(name) ? 'began' : 'ended';
        const last = unsent.current.findLast((kept) => kept.sessionId === sessionId && kept.event.name === name)?.event ?? { phase: told.current.get(name) };
        if (watched.has(name) && last.phase !== phase) {
          keep({ type: 'event', name, phase });
        }
      }
      flush();
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

  // After the above, which begins to watch.
  useEffect(() => {
    if (enabled && isConnected) {
      tellStates.current();
    }
  }, [enabled, watchedNames, sessionId, isConnected]);

  return state;
}

/** As it goes out: with the time at which it happened, unless that is now and the service knows better when that is. */
function stamped({ event, happenedMs, wasLost }: Unsent, now: (() => number) | undefined): PageEvent {
  const agoMs = performance.now() - happenedMs;
  return now || wasLost || agoMs >= AT_ONCE_MS ? { ...event, timestamp: new Date((now ?? Date.now)() - agoMs).toISOString() } : event;
}
