import type { Severity } from '../api/types.js';
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
    /** Which to watch; all by default. */
    events?: readonly PageEventName[];
    onEvent?: (event: PageEvent) => void;
    /**
     * Sends an event to the service and tells whether it went out, as `useWebSocket`'s `sendMessage` does. What could not be
     * sent is kept, up to 100 events, and tried again before the next one and every 2 s.
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
/** Watches what the browser tells of the page: left, unfocused, out of full screen, pasted into, on two displays. */
export declare function usePageEvents(options?: UsePageEventsOptions): UsePageEventsResult;
