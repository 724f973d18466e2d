import { type AlertFilter, type ReportFormat } from '../api/endpoints.js';
import type { Alert, AlertReviewRequest, AlertSubmission } from '../api/types.js';
/** The live state of a session, polled every 5 s while the session is active. */
export declare function useProctoringStatus(sessionId: string | null | undefined, enabled?: boolean): import("@tanstack/react-query").UseQueryResult<{
    session_id: string;
    is_active: boolean;
    alerts: import("../api/schema.js").components["schemas"]["Alert"][];
    current_violations: string[];
    state: "active" | "paused" | "ended" | "expired";
    connected: boolean;
    attention: import("../api/schema.js").components["schemas"]["Attention"];
    camera: import("../api/schema.js").components["schemas"]["Camera"];
    load: number;
    shedding: "none" | "objects" | "persons";
    frames: import("../api/schema.js").components["schemas"]["Frames"];
    open_alerts: import("../api/schema.js").components["schemas"]["Alert"][];
    score: import("../api/schema.js").components["schemas"]["Score"];
}, Error>;
export interface UseAlertsOptions extends AlertFilter {
    /** Default true. */
    enabled?: boolean;
}
/**
 * A session's alerts, newest first, polled every 3 s until the session is known to be over. Alerts that a live connection
 * brings are in the same list, each `alert_id` once.
 */
export declare function useAlerts(sessionId: string | null | undefined, limit?: number, options?: UseAlertsOptions): import("@tanstack/react-query").UseQueryResult<{
    session_id: string;
    alerts: import("../api/schema.js").components["schemas"]["Alert"][];
    next_cursor: string | null;
}, Error>;
export interface CreateAlertVariables {
    sessionId: string;
    alert: AlertSubmission;
}
/**
 * Reports an alert. It is in the session's lists at once, under a made-up id; it leaves them if the service refuses it,
 * and the service's own version takes its place otherwise.
 */
export declare function useCreateAlert(): import("@tanstack/react-query").UseMutationResult<{
    status: "success" | "ignored";
    alert: import("../api/schema.js").components["schemas"]["Alert"];
}, Error, CreateAlertVariables, {
    optimisticId: string;
}>;
export interface ReviewAlertVariables extends AlertReviewRequest {
    sessionId: string;
    alertId: string;
}
/** Marks an alert as reviewed or dismissed, with a note; shown at once and taken back if the service refuses it. */
export declare function useReviewAlert(): import("@tanstack/react-query").UseMutationResult<{
    status: "success" | "ignored";
    alert: import("../api/schema.js").components["schemas"]["Alert"];
}, Error, ReviewAlertVariables, {
    before: {
        state: "open" | "reviewed" | "dismissed";
        note: string;
        by: string | null;
        at: string | null;
    } | undefined;
}>;
/**
 * The address of an alert's evidence picture for an `<img>`, fetched with the token and released on unmount; `null`
 * while there is none.
 */
export declare function useEvidence(sessionId: string, alert: Pick<Alert, 'alert_id' | 'evidence_url'> | null | undefined): {
    url: string | null;
    data: Blob;
    error: Error;
    isError: true;
    isPending: false;
    isLoading: false;
    isLoadingError: false;
    isRefetchError: true;
    isSuccess: false;
    isPlaceholderData: false;
    status: "error";
    dataUpdatedAt: number;
    errorUpdatedAt: number;
    failureCount: number;
    failureReason: Error | null;
    errorUpdateCount: number;
    isFetched: boolean;
    isFetchedAfterMount: boolean;
    isFetching: boolean;
    isInitialLoading: boolean;
    isPaused: boolean;
    isRefetching: boolean;
    isStale: boolean;
    isEnabled: boolean;
    refetch: (options?: import("@tanstack/query-core").RefetchOptions) => Promise<import("@tanstack/query-core").QueryObserverResult<Blob, Error>>;
    fetchStatus: import("@tanstack/query-core").FetchStatus;
} | {
    url: string | null;
    data: Blob;
    error: null;
    isError: false;
    isPending: false;
    isLoading: false;
    isLoadingError: false;
    isRefetchError: false;
    isSuccess: true;
    isPlaceholderData: false;
    status: "success";
    dataUpdatedAt: number;
    errorUpdatedAt: number;
    failureCount: number;
    failureReason: Error | null;
    errorUpdateCount: number;
    isFetched: boolean;
    isFetchedAfterMount: boolean;
    isFetching: boolean;
    isInitialLoading: boolean;
    isPaused: boolean;
    isRefetching: boolean;
    isStale: boolean;
    isEnabled: boolean;
    refetch: (options?: import("@tanstack/query-core").RefetchOptions) => Promise<import("@tanstack/query-core").QueryObserverResult<Blob, Error>>;
    fetchStatus: import("@tanstack/query-core").FetchStatus;
} | {
    url: string | null;
    data: undefined;
    error: Error;
    isError: true;
    isPending: false;
    isLoading: false;
    isLoadingError: true;
    isRefetchError: false;
    isSuccess: false;
    isPlaceholderData: false;
    status: "error";
    dataUpdatedAt: number;
    errorUpdatedAt: number;
    failureCount: number;
    failureReason: Error | null;
    errorUpdateCount: number;
    isFetched: boolean;
    isFetchedAfterMount: boolean;
    isFetching: boolean;
    isInitialLoading: boolean;
    isPaused: boolean;
    isRefetching: boolean;
    isStale: boolean;
    isEnabled: boolean;
    refetch: (options?: import("@tanstack/query-core").RefetchOptions) => Promise<import("@tanstack/query-core").QueryObserverResult<Blob, Error>>;
    fetchStatus: import("@tanstack/query-core").FetchStatus;
} | {
    url: string | null;
    data: undefined;
    error: null;
    isError: false;
    isPending: true;
    isLoading: true;
    isLoadingError: false;
    isRefetchError: false;
    isSuccess: false;
    isPlaceholderData: false;
    status: "pending";
    dataUpdatedAt: number;
    errorUpdatedAt: number;
    failureCount: number;
    failureReason: Error | null;
    errorUpdateCount: number;
    isFetched: boolean;
    isFetchedAfterMount: boolean;
    isFetching: boolean;
    isInitialLoading: boolean;
    isPaused: boolean;
    isRefetching: boolean;
    isStale: boolean;
    isEnabled: boolean;
    refetch: (options?: import("@tanstack/query-core").RefetchOptions) => Promise<import("@tanstack/query-core").QueryObserverResult<Blob, Error>>;
    fetchStatus: import("@tanstack/query-core").FetchStatus;
} | {
    url: string | null;
    data: undefined;
    error: null;
    isError: false;
    isPending: true;
    isLoadingError: false;
    isRefetchError: false;
    isSuccess: false;
    isPlaceholderData: false;
    status: "pending";
    dataUpdatedAt: number;
    errorUpdatedAt: number;
    failureCount: number;
    failureReason: Error | null;
    errorUpdateCount: number;
    isFetched: boolean;
    isFetchedAfterMount: boolean;
    isFetching: boolean;
    isLoading: boolean;
    isInitialLoading: boolean;
    isPaused: boolean;
    isRefetching: boolean;
    isStale: boolean;
    isEnabled: boolean;
    refetch: (options?: import("@tanstack/query-core").RefetchOptions) => Promise<import("@tanstack/query-core").QueryObserverResult<Blob, Error>>;
    fetchStatus: import("@tanstack/query-core").FetchStatus;
} | {
    url: string | null;
    data: Blob;
    isError: false;
    error: null;
    isPending: false;
    isLoading: false;
    isLoadingError: false;
    isRefetchError: false;
    isSuccess: true;
    isPlaceholderData: true;
    status: "success";
    dataUpdatedAt: number;
    errorUpdatedAt: number;
    failureCount: number;
    failureReason: Error | null;
    errorUpdateCount: number;
    isFetched: boolean;
    isFetchedAfterMount: boolean;
    isFetching: boolean;
    isInitialLoading: boolean;
    isPaused: boolean;
    isRefetching: boolean;
    isStale: boolean;
    isEnabled: boolean;
    refetch: (options?: import("@tanstack/query-core").RefetchOptions) => Promise<import("@tanstack/query-core").QueryObserverResult<Blob, Error>>;
    fetchStatus: import("@tanstack/query-core").FetchStatus;
};
/** Fetches a report with the token and hands it to the browser as a download. */
export declare function useReportDownload(): import("@tanstack/react-query").UseMutationResult<Blob, Error, {
    sessionId: string;
    format: ReportFormat;
}, unknown>;
