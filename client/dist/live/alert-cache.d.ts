import type { QueryClient } from '@tanstack/react-query';
import type { Alert } from '../api/types.js';
export declare function optimisticId(): string;
/** Whether an alert is shown ahead of the service's answer. */
export declare function isOptimistic(alert: Pick<Alert, 'alert_id'>): boolean;
/**
 * One list out of two, newest first, each `alert_id` once. Alerts are never deleted by the service, so what either side
 * knows stays: an answer that was under way while the socket brought an alert does not make it vanish for a moment.
 * Of two versions of an alert the later phase wins, and of two of one phase the incoming.
 */
export declare function mergeAlerts(known: readonly Alert[], incoming: readonly Alert[], limit: number): Alert[];
/** Puts alerts into every cached list of a session that would hold them. Lists of a later page are left alone. */
export declare function upsertAlerts(queryClient: QueryClient, sessionId: string, incoming: readonly Alert[]): void;
/** Takes one alert out of every cached list of a session. */
export declare function removeAlert(queryClient: QueryClient, sessionId: string, alertId: string): void;
/** Changes one alert in every cached list of a session. */
export declare function patchAlert(queryClient: QueryClient, sessionId: string, alertId: string, patch: Partial<Alert>): void;
/** The cached version of an alert, from whichever list holds it. */
export declare function findAlert(queryClient: QueryClient, sessionId: string, alertId: string): Alert | undefined;
