'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ApiClient } from '../api/client.js';
import { ApiError } from '../api/errors.js';
import { proctoringKeys, sessionKeys } from '../api/keys.js';
import type { Alert, ProctoringStatus, Session } from '../api/types.js';
import { upsertAlerts } from '../live/alert-cache.js';
import { backoffDelayMs, type BackoffOptions } from '../live/backoff.js';
import { readEventStream, type StreamEvent } from '../live/event-stream.js';
import { useApiClient } from '../provider.js';
import { useLatest } from './use-latest.js';

/** The service says something at least every 10 s. */
const SILENCE_MS = 30_000;

export interface LiveEvent {
  kind: string;
  sessionId: string | undefined;
  data: unknown;
}

export interface UseLiveEventsOptions extends BackoffOptions {
  /** Only this session's events; all that the token may see by default. */
  sessionId?: string | undefined;
  /** Default true. */
  enabled?: boolean;
  onEvent?: (event: LiveEvent) => void;
  /** An alert in its newest version: opened, updated, closed or reviewed. */
  onAlert?: (sessionId: string, alert: Alert) => void;
}

/**
 * Follows sessions as a reviewer: alerts go into the cache as they come, a change of a session makes its entries be
 * fetched anew. After a loss the stream is resumed where it broke.
 */
export function useLiveEvents(options: UseLiveEventsOptions = {}): { isFollowing: boolean; refused: boolean } {
  const client = useApiClient();
  const queryClient = useQueryClient();
  const latest = useLatest(options);
  const [isFollowing, setFollowing] = useState(false);
  const [refused, setRefused] = useState(false);
  const { sessionId, enabled = true } = options;

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const abort = new AbortController();
    const refresh = refreshOncePerSecond(queryClient, abort.signal);
    setRefused(false);
    void follow(client, sessionId, abort.signal, {
      backoff: () => latest.current,
      onFollowing: (following) => {
        if (!abort.signal.aborted) {
          setFollowing(following);
        }
      },
      onRefused: () => setRefused(true),
      onEvent: (event) => {
        const live = parse(event);
        if (!live) {
          return;
        }
        if (live.kind === 'alert' && live.sessionId) {
          const alert = alertOf(live.data);
          if (alert) {
            upsertAlerts(queryClient, live.sessionId, [alert]);
            latest.current.onAlert?.(live.sessionId, alert);
          }
        }
        if (live.kind === 'reset') {
          // The stream could not be resumed where it broke, so nothing cached is certain.
          void queryClient.invalidateQueries({ queryKey: sessionKeys.all });
          void queryClient.invalidateQueries({ queryKey: proctoringKeys.all });
        } else if (live.kind === 'session' && live.sessionId) {
          queryClient.setQueryData(sessionKeys.detail(live.sessionId), live.data as Session);
        } else if (live.kind === 'status' && live.sessionId) {
          queryClient.setQueryData(proctoringKeys.status(live.sessionId), live.data as ProctoringStatus);
        }
        refresh(live);
        latest.current.onEvent?.(live);
      },
    });
    return () => {
      abort.abort();
      setFollowing(false);
    };
  }, [client, queryClient, latest, sessionId, enabled]);

  return { isFollowing, refused };
}

interface Follower {
  backoff: () => BackoffOptions;
  onFollowing: (following: boolean) => void;
  onRefused: () => void;
  onEvent: (event: StreamEvent) => void;
}

async function follow(client: ApiClient, sessionId: string | undefined, signal: AbortSignal, follower: Follower): Promise<void> {
  let lastId = '';
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      const response = await client.open('/api/v1/events', {
        signal,
        query: { session: sessionId },
        headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
      });
      follower.onFollowing(true);
      if (response.body) {
        for await (const event of readEventStream(response.body, SILENCE_MS)) {
          if (signal.aborted) {
            return;
          }
          attempt = 0;
          lastId = event.id || lastId;
          follower.onEvent(event);
        }
      }
    } catch (error) {
      if (error instanceof ApiError && !error.isRetryable) {
        follower.onFollowing(false);
        follower.onRefused();
        return;
      }
    }
    follower.onFollowing(false);
    await pause(backoffDelayMs(Math.max(1, attempt), follower.backoff()), signal);
  }
}

/** A busy session must not make the page fetch its lists for every event. */
function refreshOncePerSecond(queryClient: QueryClient, signal: AbortSignal): (event: LiveEvent) => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (event) => {
    if (event.kind === 'status') {
      return;
    }
    if (event.sessionId) {
      waiting.add(event.sessionId);
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      void queryClient.invalidateQueries({ queryKey: sessionKeys.lists() });
      for (const id of waiting) {
        void queryClient.invalidateQueries({ queryKey: sessionKeys.score(id) });
        void queryClient.invalidateQueries({ queryKey: proctoringKeys.status(id) });
      }
      waiting.clear();
    }, 1_000);
  };
}

function parse(event: StreamEvent): LiveEvent | null {
  try {
    const data = JSON.parse(event.data) as { session_id?: unknown } | null;
    const sessionId = typeof data?.session_id === 'string' ? data.session_id : undefined;
    return { kind: event.event, sessionId, data };
  } catch {
    return null;
  }
}

/** The alert of an event, which may stand beside its session's id or inside a field of its own. */
function alertOf(data: unknown): Alert | null {
  const candidate = (data as { alert?: unknown }).alert ?? data;
  return typeof (candidate as Alert).alert_id === 'string' ? (candidate as Alert) : null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
