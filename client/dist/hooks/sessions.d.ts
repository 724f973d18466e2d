import { type QueryClient } from '@tanstack/react-query';
import { type SessionFilter } from '../api/endpoints.js';
import type { CalibrationTarget, CreateSessionRequest, CreatedSession, Session } from '../api/types.js';
/** Creates a session; its cache entry is there before the mutation settles, so `useSession` of the new id does not fetch. */
export declare function useCreateSession(): import("@tanstack/react-query").UseMutationResult<CreatedSession, Error, CreateSessionRequest, unknown>;
/** One session. Nothing is fetched while there is no id. */
export declare function useSession(sessionId: string | null | undefined): import("@tanstack/react-query").UseQueryResult<Session, Error>;
/** The sessions that the token may see, polled every 5 s; for a wall of sessions. */
export declare function useSessions(filter?: SessionFilter, enabled?: boolean): import("@tanstack/react-query").UseQueryResult<import("../index.js").SessionList, Error>;
/** The score with its terms, each linked to the alerts it comes from; polled every 10 s until the session is over. */
export declare function useSessionScore(sessionId: string | null | undefined, enabled?: boolean): import("@tanstack/react-query").UseQueryResult<import("../index.js").SessionScore, Error>;
/** Ends a session by its id. Its entries show the end at once and are then fetched anew. */
export declare function useEndSession(): import("@tanstack/react-query").UseMutationResult<import("../index.js").StatusMessage, Error, string, unknown>;
/** Pauses a session: nothing is judged until it is resumed. */
export declare function usePauseSession(): import("@tanstack/react-query").UseMutationResult<import("../index.js").StatusMessage, Error, string, unknown>;
/** Resumes a paused session. */
export declare function useResumeSession(): import("@tanstack/react-query").UseMutationResult<import("../index.js").StatusMessage, Error, string, unknown>;
/** Tells the service where on the screen the candidate is asked to look, and for how long. */
export declare function useCalibration(): import("@tanstack/react-query").UseMutationResult<import("../index.js").StatusMessage, Error, CalibrationTarget & {
    sessionId: string;
}, unknown>;
export declare function isOver(session: Pick<Session, 'state' | 'status'> | undefined): boolean;
export declare function isKnownOver(queryClient: QueryClient, sessionId: string): boolean;
/** Writes the end into what is cached, so that polling stops before the next answer. */
export declare function markSessionOver(queryClient: QueryClient, sessionId: string): void;
export declare function invalidateSession(queryClient: QueryClient, sessionId: string): Promise<void>;
