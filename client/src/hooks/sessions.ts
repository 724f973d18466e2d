'use client';

import { useMutation, useQuery, useQueryClient, type QueryClient, type QueryState } from '@tanstack/react-query';
import {
  createSession,
  endSession,
  getScore,
  getSession,
  listAllSessions,
  listSessions,
  pauseSession,
  resumeSession,
  sendCalibrationTarget,
  type SessionFilter,
} from '../api/endpoints.js';
import { ApiError } from '../api/errors.js';
import { proctoringKeys, sessionKeys } from '../api/keys.js';
import type { CalibrationTarget, CreateSessionRequest, CreatedSession, ProctoringStatus, Session, SessionState } from '../api/types.js';
import { useApiClient } from '../provider.js';

const SESSION_STALE_MS = 30_000;
const LIST_POLL_MS = 5_000;
const SCORE_POLL_MS = 10_000;
const LIVE_STATES = ['active', 'paused'] as const;

/** Creates a session; its cache entry is there before the mutation settles, so `useSession` of the new id does not fetch. */
export function useCreateSession() {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: [...sessionKeys.all, 'create'],
    mutationFn: (request: CreateSessionRequest): Promise<CreatedSession> => createSession(client, request),
    retry: onceIfUnanswered,
    // Its answer holds the token: it goes with the component, or with its reset.
    gcTime: 0,
    onSuccess: (created) => {
      // The token is the caller's to keep: a cache is read by devtools and may be persisted.
      const { token: _token, ...session } = created;
      queryClient.setQueryData<Session>(sessionKeys.detail(created.session_id), session as Session);
      return queryClient.invalidateQueries({ queryKey: sessionKeys.lists() });
    },
  });
}

/** One session. Nothing is fetched while there is no id. */
export function useSession(sessionId: string | null | undefined) {
  const client = useApiClient();
  return useQuery({
    queryKey: sessionKeys.detail(sessionId ?? ''),
    queryFn: ({ signal }) => getSession(client, sessionId as string, { signal }),
    enabled: Boolean(sessionId),
    staleTime: SESSION_STALE_MS,
  });
}

/** One page of the sessions that the token may see, newest first, polled every 5 s. */
export function useSessions(filter: SessionFilter = {}, enabled = true) {
  const client = useApiClient();
  return useQuery({
    queryKey: sessionKeys.list(filter),
    queryFn: ({ signal }) => listSessions(client, filter, { signal }),
    enabled,
    staleTime: LIST_POLL_MS,
    refetchInterval: LIST_POLL_MS,
  });
}

/**
 * Every session that is running or paused, however many there are, newest first; polled every 5 s. Finished ones, of which
 * there may be any number, take no place from them.
 */
export function useLiveSessions(enabled = true) {
  const client = useApiClient();
  return useQuery({
    queryKey: sessionKeys.live(),
    queryFn: async ({ signal }) => {
      const found = await Promise.all(LIVE_STATES.map((state) => listAllSessions(client, { state }, { signal })));
      // One that changed its state meanwhile may be in both.
      const each = new Map(found.flat().map((session) => [session.session_id, session]));
      return [...each.values()].sort((a, b) => Date.parse(b.start_time) - Date.parse(a.start_time));
    },
    enabled,
    staleTime: LIST_POLL_MS,
    refetchInterval: LIST_POLL_MS,
  });
}

/** The score with its terms, each linked to the alerts it comes from; polled every 10 s until it is that of a session that is over. */
export function useSessionScore(sessionId: string | null | undefined, enabled = true) {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: sessionKeys.score(sessionId ?? ''),
    queryFn: ({ signal }) => getScore(client, sessionId as string, { signal }),
    enabled: enabled && Boolean(sessionId),
    staleTime: SCORE_POLL_MS,
    refetchInterval: ({ state }) => (isUnknown(state.error) || (sessionId && isSettled(queryClient, sessionId, state)) ? false : SCORE_POLL_MS),
  });
}

/** Ends a session by its id. Its entries show the end at once and are then fetched anew. */
export function useEndSession() {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: [...sessionKeys.all, 'end'],
    mutationFn: (sessionId: string) => endSession(client, sessionId),
    // Ending is idempotent, so a lost answer may be asked for again.
    retry: onceIfUnanswered,
    onSuccess: (_answer, sessionId) => {
      markSessionOver(queryClient, sessionId);
      return invalidateSession(queryClient, sessionId);
    },
  });
}

/** Pauses a session: nothing is judged until it is resumed. */
export function usePauseSession() {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: [...sessionKeys.all, 'pause'],
    mutationFn: (sessionId: string) => pauseSession(client, sessionId),
    onSuccess: (_answer, sessionId) => invalidateSession(queryClient, sessionId),
  });
}

/** Resumes a paused session. */
export function useResumeSession() {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: [...sessionKeys.all, 'resume'],
    mutationFn: (sessionId: string) => resumeSession(client, sessionId),
    onSuccess: (_answer, sessionId) => invalidateSession(queryClient, sessionId),
  });
}

/** Tells the service where on the screen the candidate is asked to look, and for how long. */
export function useCalibration() {
  const client = useApiClient();
  return useMutation({
    mutationKey: [...sessionKeys.all, 'calibration'],
    mutationFn: ({ sessionId, ...target }: CalibrationTarget & { sessionId: string }) =>
      sendCalibrationTarget(client, sessionId, target),
  });
}

export function isOver(session: Pick<Session, 'state' | 'status'> | undefined): boolean {
  return session !== undefined && [session.state, session.status].some((state) => state === 'ended' || state === 'expired');
}

/** Whether anything cached of a session, its own entry or its status, says that it is over. */
function isKnownOver(queryClient: QueryClient, sessionId: string): boolean {
  return (
    isOver(queryClient.getQueryData<Session>(sessionKeys.detail(sessionId))) ||
    queryClient.getQueryData<ProctoringStatus>(proctoringKeys.status(sessionId))?.is_active === false
  );
}

/**
 * Makes what hangs on a session's state be fetched anew where its status tells of another state than was known: nothing
 * else may tell of it. What its end has closed is in the alerts and the score only then.
 */
export function heedStatus(queryClient: QueryClient, status: ProctoringStatus, before: ProctoringStatus | undefined): void {
  const known = queryClient.getQueryData<Session>(sessionKeys.detail(status.session_id));
  if (known && !isOver(known) && known.state !== status.state) {
    void queryClient.invalidateQueries({ queryKey: sessionKeys.detail(status.session_id) });
  }
  if (!status.is_active && (before ? before.is_active : known && !isOver(known))) {
    void queryClient.invalidateQueries({ queryKey: sessionKeys.score(status.session_id) });
    void queryClient.invalidateQueries({ queryKey: proctoringKeys.alertLists(status.session_id) });
  }
}

/** Whether a session is known to be over, and nothing is owed to what is cached of it under this query. */
export function isSettled(
  queryClient: QueryClient,
  sessionId: string,
  { isInvalidated, errorUpdatedAt, dataUpdatedAt }: Pick<QueryState, 'isInvalidated' | 'errorUpdatedAt' | 'dataUpdatedAt'>,
): boolean {
  return isKnownOver(queryClient, sessionId) && !isInvalidated && errorUpdatedAt <= dataUpdatedAt;
}

/** Whether asking again is of no use: the service has no such session. Other refusals may end with a new token. */
export function isUnknown(error: Error | null): boolean {
  return error instanceof ApiError && error.isNotFound && error.isFromService;
}

/** Writes the end into what is cached, so that polling stops before the next answer. */
export function markSessionOver(queryClient: QueryClient, sessionId: string, state: 'ended' | 'expired' = 'ended'): void {
  writeState(queryClient, sessionId, state);
}

/** Writes a pause, or its end, into what is cached. A status that is under way may be older than that, so it is asked for anew. */
export function markSessionLive(queryClient: QueryClient, sessionId: string, state: 'active' | 'paused'): void {
  writeState(queryClient, sessionId, state);
  void queryClient.invalidateQueries({ queryKey: proctoringKeys.status(sessionId) });
}

function writeState(queryClient: QueryClient, sessionId: string, state: SessionState): void {
  queryClient.setQueryData<Session>(sessionKeys.detail(sessionId), (session) => session && { ...session, state, status: state });
  queryClient.setQueryData<ProctoringStatus>(
    proctoringKeys.status(sessionId),
    (status) => status && { ...status, is_active: state === 'active' || state === 'paused', state },
  );
}

export async function invalidateSession(queryClient: QueryClient, sessionId: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: sessionKeys.detail(sessionId) }),
    queryClient.invalidateQueries({ queryKey: sessionKeys.lists() }),
    queryClient.invalidateQueries({ queryKey: proctoringKeys.session(sessionId) }),
  ]);
}

/** Repeating is worth a try where no answer came, the service was at fault or asked to wait, never after another refusal. */
function onceIfUnanswered(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof ApiError && !error.isRetryable);
}
