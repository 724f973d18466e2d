import type { QueryClient } from '@tanstack/react-query';
import type { AlertFilter } from '../api/endpoints.js';
import { proctoringKeys } from '../api/keys.js';
import type { Alert, AlertList, AlertPhase } from '../api/types.js';

/** The prefix of ids that the browser made up for alerts the service has not answered for yet. */
const OPTIMISTIC_PREFIX = 'optimistic:';

const PHASE_RANK: Record<AlertPhase, number> = { open: 0, updated: 1, closed: 2 };

export function optimisticId(): string {
  const unique = globalThis.crypto?.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  return OPTIMISTIC_PREFIX + unique;
}

/** Whether an alert is shown ahead of the service's answer. */
export function isOptimistic(alert: Pick<Alert, 'alert_id'>): boolean {
  return alert.alert_id.startsWith(OPTIMISTIC_PREFIX);
}

/**
 * One list out of two, newest first, each `alert_id` once. Alerts are never deleted by the service, so what either side
 * knows stays: an answer that was under way while the socket brought an alert does not make it vanish for a moment.
 * Of two versions of an alert the later phase wins, and of two of one phase the incoming.
 */
export function mergeAlerts(known: readonly Alert[], incoming: readonly Alert[], limit: number): Alert[] {
  const byId = new Map(known.map((alert) => [alert.alert_id, alert]));
  for (const alert of incoming) {
    const before = byId.get(alert.alert_id);
    if (!before) {
      forgetStandIn(byId, alert);
    }
    byId.set(alert.alert_id, before && rank(before) > rank(alert) ? { ...before, review: alert.review } : alert);
  }
  return [...byId.values()].sort(newestFirst).slice(0, limit);
}

/**
 * Puts alerts into every cached list of a session that would hold them. One that could not be loaded yet is begun with them;
 * its `dataUpdatedAt` stays 0 until it is. Lists of a later page are left alone.
 */
export function upsertAlerts(queryClient: QueryClient, sessionId: string, incoming: readonly Alert[]): void {
  editAlertLists(queryClient, sessionId, (known, { limit, filter }) => {
    const fitting = incoming.filter((alert) => matches(alert, filter));
    return known || fitting.length > 0 ? mergeAlerts(known ?? [], fitting, limit) : undefined;
  });
}

/** Takes one alert out of every cached list of a session. */
export function removeAlert(queryClient: QueryClient, sessionId: string, alertId: string): void {
  editAlertLists(queryClient, sessionId, (known) => known?.filter((alert) => alert.alert_id !== alertId));
}

/** Changes one alert in every cached list of a session. */
export function patchAlert(queryClient: QueryClient, sessionId: string, alertId: string, patch: Partial<Alert>): void {
  editAlertLists(queryClient, sessionId, (known) =>
    known?.map((alert) => (alert.alert_id === alertId ? { ...alert, ...patch } : alert)));
}

/** The cached version of an alert, from whichever list holds it. */
export function findAlert(queryClient: QueryClient, sessionId: string, alertId: string): Alert | undefined {
  for (const [, list] of queryClient.getQueriesData<AlertList>({ queryKey: proctoringKeys.alertLists(sessionId) })) {
    const found = list?.alerts.find((alert) => alert.alert_id === alertId);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** Alerts of a source that tells nothing of reviews, each with the review that the cache knows of it. */
export function withKnownReviews(queryClient: QueryClient, sessionId: string, alerts: readonly Alert[]): Alert[] {
  return alerts.map((alert) => {
    const known = findAlert(queryClient, sessionId, alert.alert_id);
    return known ? { ...alert, review: known.review } : alert;
  });
}

interface ListParameters {
  limit: number;
  filter: AlertFilter;
}

function editAlertLists(
  queryClient: QueryClient,
  sessionId: string,
  /** Told `undefined` for a list that was never loaded, and answers it to leave it so. */
  edit: (known: readonly Alert[] | undefined, parameters: ListParameters) => Alert[] | undefined,
): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: proctoringKeys.alertLists(sessionId) })) {
    const { limit, ...filter } = query.queryKey[4] as { limit: number } & AlertFilter;
    if (filter.cursor) {
      continue;
    }
    queryClient.setQueryData<AlertList>(
      query.queryKey,
      (list) => {
        const alerts = edit(list?.alerts, { limit, filter });
        return alerts && { ...(list ?? { session_id: sessionId, next_cursor: null }), alerts };
      },
      // What was pushed is no answer to a poll: the next poll is due when it was due before.
      { updatedAt: query.state.dataUpdatedAt },
    );
  }
}

function matches(alert: Alert, filter: AlertFilter): boolean {
  return (
    (!filter.kind || filter.kind === alert.type) &&
    (!filter.severity || filter.severity === alert.severity) &&
    (!filter.since || Date.parse(alert.timestamp) > Date.parse(filter.since))
  );
}

/** A poll or the socket may bring the real alert before the call that made it has answered: it takes its stand-in's place. */
function forgetStandIn(byId: Map<string, Alert>, real: Alert): void {
  if (isOptimistic(real)) {
    return;
  }
  for (const [id, alert] of byId) {
    if (isOptimistic(alert) && alert.type === real.type && alert.message === real.message) {
      byId.delete(id);
      return;
    }
  }
}

function rank(alert: Alert): number {
  return alert.phase ? PHASE_RANK[alert.phase] : 0;
}

function newestFirst(a: Alert, b: Alert): number {
  return Date.parse(b.timestamp) - Date.parse(a.timestamp);
}
