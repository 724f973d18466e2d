import type { Alert } from '../api/types.js';
import { type BackoffOptions } from '../live/backoff.js';
export interface LiveEvent {
    kind: string;
    sessionId: string | undefined;
    data: unknown;
}
export interface UseLiveEventsOptions extends BackoffOptions {
    /** Only this session's events; all that the token may see by default. */
    sessionId?: string | undefined;
    /** Default true. */
    enabled?: boolean;
    onEvent?: (event: LiveEvent) => void;
    /** An alert in its newest version: opened, updated, closed or reviewed. */
    onAlert?: (sessionId: string, alert: Alert) => void;
}
/**
 * Follows sessions as a reviewer: alerts go into the cache as they come, a change of a session makes its entries be
 * fetched anew. After a loss the stream is resumed where it broke.
 */
export declare function useLiveEvents(options?: UseLiveEventsOptions): {
    isFollowing: boolean;
    refused: boolean;
};
