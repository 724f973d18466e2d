import { proctoringKeys } from '../api/keys.js';
/** The prefix of ids that the browser made up for alerts the service has not answered for yet. */
const OPTIMISTIC_PREFIX = 'optimistic:';
const PHASE_RANK = { open: 0, updated: 1, closed: 2 };
export function optimisticId() {
    const unique = globalThis.crypto?.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    return OPTIMISTIC_PREFIX + unique;
}
/** Whether an alert is shown ahead of the service's answer. */
export function isOptimistic(alert) {
    return alert.alert_id.startsWith(OPTIMISTIC_PREFIX);
}
/**
 * One list out of two, newest first, each `alert_id` once. Alerts are never deleted by the service, so what either side
 * knows stays: an answer that was under way while the socket brought an alert does not make it vanish for a moment.
 * Of two versions of an alert the later phase wins, and of two of one phase the incoming.
 */
export function mergeAlerts(known, incoming, limit) {
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
/** Puts alerts into every cached list of a session that would hold them. Lists of a later page are left alone. */
export function upsertAlerts(queryClient, sessionId, incoming) {
    editAlertLists(queryClient, sessionId, (known, { limit, filter }) => mergeAlerts(known, incoming.filter((alert) => matches(alert, filter)), limit));
}
/** Takes one alert out of every cached list of a session. */
export function removeAlert(queryClient, sessionId, alertId) {
    editAlertLists(queryClient, sessionId, (known) => known.filter((alert) => alert.alert_id !== alertId));
}
/** Changes one alert in every cached list of a session. */
export function patchAlert(queryClient, sessionId, alertId, patch) {
    editAlertLists(queryClient, sessionId, (known) => known.map((alert) => (alert.alert_id === alertId ? { ...alert, ...patch } : alert)));
}
/** The cached version of an alert, from whichever list holds it. */
export function findAlert(queryClient, sessionId, alertId) {
    for (const [, list] of queryClient.getQueriesData({ queryKey: proctoringKeys.alertLists(sessionId) })) {
        const found = list?.alerts.find((alert) => alert.alert_id === alertId);
        if (found) {
            return found;
        }
    }
    return undefined;
}
function editAlertLists(queryClient, sessionId, edit) {
    for (const query of queryClient.getQueryCache().findAll({ queryKey: proctoringKeys.alertLists(sessionId) })) {
        const { limit, ...filter } = query.queryKey[4];
        if (filter.cursor) {
            continue;
        }
        queryClient.setQueryData(query.queryKey, (list) => list && { ...list, alerts: edit(list.alerts, { limit, filter }) }, 
        // What was pushed is no answer to a poll: the next poll is due when it was due before.
        { updatedAt: query.state.dataUpdatedAt });
    }
}
function matches(alert, filter) {
    return ((!filter.kind || filter.kind === alert.type) &&
        (!filter.severity || filter.severity === alert.severity) &&
        (!filter.since || Date.parse(alert.timestamp) > Date.parse(filter.since)));
}
/** A poll or the socket may bring the real alert before the call that made it has answered: it takes its stand-in's place. */
function forgetStandIn(byId, real) {
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
function rank(alert) {
    return alert.phase ? PHASE_RANK[alert.phase] : 0;
}
function newestFirst(a, b) {
    return Date.parse(b.timestamp) - Date.parse(a.timestamp);
}
