import type { AlertFilter, SessionFilter } from './endpoints.js';

/** Keys of everything about sessions: `all` is the root to invalidate, the rest are entries under it. */
export const sessionKeys = {
  all: ['invigil', 'sessions'] as const,
  lists: () => [...sessionKeys.all, 'list'] as const,
  list: (filter: SessionFilter = {}) => [...sessionKeys.lists(), filter] as const,
  live: () => [...sessionKeys.lists(), 'live'] as const,
  details: () => [...sessionKeys.all, 'detail'] as const,
  detail: (sessionId: string) => [...sessionKeys.details(), sessionId] as const,
  score: (sessionId: string) => [...sessionKeys.detail(sessionId), 'score'] as const,
};

/** Keys of status, alerts and evidence, all under their session's own root. */
export const proctoringKeys = {
  all: ['invigil', 'proctoring'] as const,
  session: (sessionId: string) => [...proctoringKeys.all, sessionId] as const,
  status: (sessionId: string) => [...proctoringKeys.session(sessionId), 'status'] as const,
  /** The root of every alert list of a session, whatever its limit and filter. */
  alertLists: (sessionId: string) => [...proctoringKeys.session(sessionId), 'alerts'] as const,
  alerts: (sessionId: string, limit: number, filter: AlertFilter = {}) =>
    [...proctoringKeys.alertLists(sessionId), { limit, ...filter }] as const,
  evidence: (sessionId: string, alertId: string) => [...proctoringKeys.session(sessionId), 'evidence', alertId] as const,
};

export const healthKeys = {
  all: ['invigil', 'health'] as const,
  basic: () => [...healthKeys.all, 'basic'] as const,
  detailed: () => [...healthKeys.all, 'detailed'] as const,
};
