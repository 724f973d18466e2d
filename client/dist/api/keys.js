/** Keys of everything about sessions: `all` is the root to invalidate, the rest are entries under it. */
export const sessionKeys = {
    all: ['invigil', 'sessions'],
    lists: () => [...sessionKeys.all, 'list'],
    list: (filter = {}) => [...sessionKeys.lists(), filter],
    details: () => [...sessionKeys.all, 'detail'],
    detail: (sessionId) => [...sessionKeys.details(), sessionId],
    score: (sessionId) => [...sessionKeys.detail(sessionId), 'score'],
};
/** Keys of status, alerts and evidence, all under their session's own root. */
export const proctoringKeys = {
    all: ['invigil', 'proctoring'],
    session: (sessionId) => [...proctoringKeys.all, sessionId],
    status: (sessionId) => [...proctoringKeys.session(sessionId), 'status'],
    /** The root of every alert list of a session, whatever its limit and filter. */
    alertLists: (sessionId) => [...proctoringKeys.session(sessionId), 'alerts'],
    alerts: (sessionId, limit, filter = {}) => [...proctoringKeys.alertLists(sessionId), { limit, ...filter }],
    evidence: (sessionId, alertId) => [...proctoringKeys.session(sessionId), 'evidence', alertId],
};
export const healthKeys = {
    all: ['invigil', 'health'],
    basic: () => [...healthKeys.all, 'basic'],
    detailed: () => [...healthKeys.all, 'detailed'],
};
