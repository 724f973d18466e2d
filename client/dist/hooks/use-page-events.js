'use client';
import { useEffect, useState } from 'react';
import { useLatest } from './use-latest.js';
const ALL = ['tab_switch', 'window_blur', 'fullscreen_exit', 'paste', 'second_display'];
const NO_COUNTS = { tab_switch: 0, window_blur: 0, fullscreen_exit: 0, paste: 0, second_display: 0 };
const START = { isVisible: true, isFocused: true, isFullscreen: false, hasSecondDisplay: null, counts: NO_COUNTS };
const KEPT_UNSENT = 100;
const RETRY_MS = 2_000;
/** Watches what the browser tells of the page: left, unfocused, out of full screen, pasted into, on two displays. */
export function usePageEvents(options = {}) {
    const latest = useLatest(options);
    const [state, setState] = useState(START);
    const { enabled = true, events = ALL } = options;
    const watchedNames = events.join();
    useEffect(() => {
        if (!enabled) {
            return undefined;
        }
        const watched = new Set(watchedNames.split(','));
        const open = new Set();
        const unsent = [];
        const stop = new AbortController();
        const listen = (target, type, handler) => target.addEventListener?.(type, handler, { signal: stop.signal });
        const flush = () => {
            while (unsent[0] && latest.current.send?.(unsent[0])) {
                unsent.shift();
            }
        };
        const report = (name, phase) => {
            if (!watched.has(name)) {
                return;
            }
            const event = { type: 'event', name, phase, timestamp: new Date().toISOString() };
            if (name === 'fullscreen_exit') {
                event.severity = 'low';
            }
            if (phase !== 'ended') {
                setState((before) => ({ ...before, counts: { ...before.counts, [name]: before.counts[name] + 1 } }));
            }
            latest.current.onEvent?.(event);
            if (latest.current.send) {
                unsent.push(event);
                unsent.splice(0, unsent.length - KEPT_UNSENT);
                flush();
            }
        };
        const bracket = (name, inside) => {
            if (inside !== open.has(name)) {
                report(name, inside ? 'began' : 'ended');
                if (inside) {
                    open.add(name);
                }
                else {
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
            const extended = window.screen.isExtended;
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
        listen(window.screen, 'change', look);
        listen(document, 'paste', () => report('paste', 'moment'));
        listen(document, 'fullscreenchange', () => {
            const isFullscreen = document.fullscreenElement !== null;
            if (wasFullscreen && !isFullscreen) {
                report('fullscreen_exit', 'moment');
            }
            wasFullscreen = isFullscreen;
            look();
        });
        const timer = setInterval(() => {
            look();
            flush();
        }, RETRY_MS);
        look();
        return () => {
            clearInterval(timer);
            stop.abort();
            for (const name of open) {
                bracket(name, false);
            }
        };
    }, [enabled, watchedNames, latest]);
    return state;
}
