import { type QueryClient } from '@tanstack/react-query';
import { type SessionFilter } from '../api/endpoints.js';
import type { Session } from '../api/types.js';
/** Creates a session; its cache entry is there before the mutation settles, so `useSession` of the new id does not fetch. */
export declare function useCreateSession(): import("@tanstack/react-query").UseMutationResult<{
    session_id: string;
    candidate_name: string;
    interview_type: string;
    start_time: string;
    status: "active" | "paused" | "ended" | "expired";
    state: "active" | "paused" | "ended" | "expired";
    duration_minutes: number;
    end_time: string | null;
    policy: string;
    accommodations: import("../api/schema.js").components["schemas"]["Accommodation"][];
    keep_evidence: boolean;
    metadata: {
        [key: string]: string;
    };
    frames: import("../api/schema.js").components["schemas"]["Frames"];
    score: import("../api/schema.js").components["schemas"]["Score"];
    ws_url?: string;
    token?: string;
}, Error, {
    candidate_name: string;
    interview_type: string;
    duration_minutes?: number | null;
    policy?: string | Record<string, never> | null;
    accommodations?: import("../api/schema.js").components["schemas"]["AccommodationRequest"][];
    keep_evidence?: boolean | null;
    metadata?: {
        [key: string]: string;
    };
}, unknown>;
/** One session. Nothing is fetched while there is no id. */
export declare function useSession(sessionId: string | null | undefined): import("@tanstack/react-query").UseQueryResult<{
    session_id: string;
    candidate_name: string;
    interview_type: string;
    start_time: string;
    status: "active" | "paused" | "ended" | "expired";
    state: "active" | "paused" | "ended" | "expired";
    duration_minutes: number;
    end_time: string | null;
    policy: string;
    accommodations: import("../api/schema.js").components["schemas"]["Accommodation"][];
    keep_evidence: boolean;
    metadata: {
        [key: string]: string;
    };
    frames: import("../api/schema.js").components["schemas"]["Frames"];
    score: import("../api/schema.js").components["schemas"]["Score"];
    ws_url?: string;
    token?: string;
}, Error>;
/** The sessions that the token may see, polled every 5 s; for a wall of sessions. */
export declare function useSessions(filter?: SessionFilter, enabled?: boolean): import("@tanstack/react-query").UseQueryResult<{
    sessions: import("../api/schema.js").components["schemas"]["Session"][];
    next_cursor: string | null;
}, Error>;
/** The score with its terms, each linked to the alerts it comes from; polled every 10 s until the session is over. */
export declare function useSessionScore(sessionId: string | null | undefined, enabled?: boolean): import("@tanstack/react-query").UseQueryResult<{
    points: number;
    terms: import("../api/schema.js").components["schemas"]["ScoreTerm"][];
}, Error>;
/** Ends a session by its id. Its entries show the end at once and are then fetched anew. */
export declare function useEndSession(): import("@tanstack/react-query").UseMutationResult<{
    status: "success";
    message: string;
}, Error, string, unknown>;
/** Pauses a session: nothing is judged until it is resumed. */
export declare function usePauseSession(): import("@tanstack/react-query").UseMutationResult<{
    status: "success";
    message: string;
}, Error, string, unknown>;
/** Resumes a paused session. */
export declare function useResumeSession(): import("@tanstack/react-query").UseMutationResult<{
    status: "success";
    message: string;
}, Error, string, unknown>;
/** Tells the service where on the screen the candidate is asked to look, and for how long. */
export declare function useCalibration(): import("@tanstack/react-query").UseMutationResult<{
    status: "success";
    message: string;
}, Error, {
    x: number;
    y: number;
    duration_s?: number;
} & {
    sessionId: string;
}, unknown>;
export declare function isOver(session: Pick<Session, 'state' | 'status'> | undefined): boolean;
export declare function isKnownOver(queryClient: QueryClient, sessionId: string): boolean;
/** Writes the end into what is cached, so that polling stops before the next answer. */
export declare function markSessionOver(queryClient: QueryClient, sessionId: string): void;
export declare function invalidateSession(queryClient: QueryClient, sessionId: string): Promise<void>;
