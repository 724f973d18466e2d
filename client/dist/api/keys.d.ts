import type { AlertFilter, SessionFilter } from './endpoints.js';
/** Keys of everything about sessions: `all` is the root to invalidate, the rest are entries under it. */
export declare const sessionKeys: {
    all: readonly ["invigil", "sessions"];
    lists: () => readonly ["invigil", "sessions", "list"];
    list: (filter?: SessionFilter) => readonly ["invigil", "sessions", "list", SessionFilter];
    details: () => readonly ["invigil", "sessions", "detail"];
    detail: (sessionId: string) => readonly ["invigil", "sessions", "detail", string];
    score: (sessionId: string) => readonly ["invigil", "sessions", "detail", string, "score"];
};
/** Keys of status, alerts and evidence, all under their session's own root. */
export declare const proctoringKeys: {
    all: readonly ["invigil", "proctoring"];
    session: (sessionId: string) => readonly ["invigil", "proctoring", string];
    status: (sessionId: string) => readonly ["invigil", "proctoring", string, "status"];
    /** The root of every alert list of a session, whatever its limit and filter. */
    alertLists: (sessionId: string) => readonly ["invigil", "proctoring", string, "alerts"];
    alerts: (sessionId: string, limit: number, filter?: AlertFilter) => readonly ["invigil", "proctoring", string, "alerts", {
        readonly kind?: string;
        readonly severity?: import("./types.js").Severity;
        readonly since?: string;
        readonly cursor?: string;
        readonly limit: number;
    }];
    evidence: (sessionId: string, alertId: string) => readonly ["invigil", "proctoring", string, "evidence", string];
};
export declare const healthKeys: {
    all: readonly ["invigil", "health"];
    basic: () => readonly ["invigil", "health", "basic"];
    detailed: () => readonly ["invigil", "health", "detailed"];
};
