import type { Precheck } from '../api/types.js';
export interface UsePreCheckOptions {
    stream: MediaStream | null | undefined;
    /** Default true. */
    enabled?: boolean;
    /** Milliseconds between looks. Default 1500. */
    intervalMs?: number;
    /** Consecutive good looks before `isReady`. Default 2, so that one lucky picture does not pass. */
    goodLooks?: number;
}
export interface UsePreCheckResult {
    /** The newest look, or `undefined` before the first. */
    result: Precheck | undefined;
    /** Whether enough looks in a row were good; stays so only while they are. */
    isReady: boolean;
    isChecking: boolean;
    error: Error | null;
    /** Looks again at once. */
    check: () => void;
}
/** Shows the service a picture every now and then before a session: does the camera work, is there light, one face? */
export declare function usePreCheck({ stream, enabled, intervalMs, goodLooks }: UsePreCheckOptions): UsePreCheckResult;
