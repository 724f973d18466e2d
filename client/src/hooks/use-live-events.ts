'use client';

import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { proctoringKeys, sessionKeys } from '../api/keys.js';
import type { Alert, ProctoringStatus, Session } from '../api/types.js';
import { upsertAlerts } from '../live/alert-cache.js';
import type { BackoffOptions } from '../live/backoff.js';
import { EventFollower, type LivePhase } from '../live/event-follower.js';
import type { StreamEvent } from '../live/event-stream.js';
import { reportingThrow } from '../live/reporting-throw.js';
import { useApiClient } from '../provider.js';
import { heedStatus } from './sessions.js';
import { useLatest } from './use-latest.js';

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

export interface UseLiveEventsResult {
  isFollowing: boolean;
  /** Where the stream is in its life, and why it is not followed. */
  phase: LivePhase;
  /** Tries again at once where it waits or has given up, with all tries ahead. */
  reconnect: () => void;
}

/**
 * Follows sessions as a reviewer: alerts go into the cache as they come, a change of a session makes its entries be
 * fetched anew. After a loss the stream is resumed where it broke, with exponential backoff and jitter up to a limit.
 */
export function useLiveEvents(options: UseLiveEventsOptions = {}): UseLiveEventsResult {
  const client = useApiClient();
  const queryClient = useQueryClient();
  const latest = useLatest(options);
  const [phase, setPhase] = useState<LivePhase>('idle');
  const follower = useRef<EventFollower | null>(null);
  const { sessionId, enabled = true } = options;

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const refresh = refreshOncePerSecond(queryClient);
    const made = new EventFollower({
      open: (lastId, signal) =>
        client.open('/api/v1/events', {
          signal,
          query: { session: sessionId },
          ...(sessionId ? { sessionId } : {}),
          headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
        }),
      backoff: () => latest.current,
      onPhase: setPhase,
      onEvent: (event) => {
        const live = parse(event);
        if (!live) {
          return;
        }
        const alert = live.kind === 'alert' ? alertOf(live) : null;
        remember(queryClient, live, alert);
        refresh.after(live);
        if (alert) {
          reportingThrow(() => latest.current.onAlert?.(live.sessionId as string, alert));
        }
        reportingThrow(() => latest.current.onEvent?.(live));
      },
    });
    follower.current = made;
    return () => {
      follower.current = null;
      made.close();
      refresh.stop();
      setPhase('idle');
    };
  }, [client, queryClient, latest, sessionId, enabled]);

  const reconnect = useCallback(() => follower.current?.reconnect(), []);
  return useMemo(() => ({ isFollowing: phase === 'following', phase, reconnect }), [phase, reconnect]);
}

/** Writes what an event brings into the cache. */
function remember(queryClient: QueryClient, { kind, sessionId, data }: LiveEvent, alert: Alert | null): void {
  if (kind === 'reset') {
    // The stream could not be resumed where it broke, so nothing cached is certain.
    void queryClient.invalidateQueries({ queryKey: sessionKeys.all });
    void queryClient.invalidateQueries({ queryKey: proctoringKeys.all });
  } else if (!sessionId) {
    return;
  } else if (alert) {
    upsertAlerts(queryClient, sessionId, [alert]);
  } else if (kind === 'session') {
    queryClient.setQueryData(sessionKeys.detail(sessionId), data as Session);
  } else if (kind === 'status') {
    const key = proctoringKeys.status(sessionId);
    heedStatus(queryClient, data as ProctoringStatus, queryClient.getQueryData(key));
    queryClient.setQueryData(key, data as ProctoringStatus);
  }
}

/**
 * A busy session must not make the page fetch its lists for every event, nor abandon for the next event an answer that takes
 * its time: each is asked for a second after an event, and for those that come meanwhile a second after its answer.
 */
function refreshOncePerSecond(queryClient: QueryClient): { after: (event: LiveEvent) => void; stop: () => void } {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Of those asked for just now, whether they are wanted once more. */
  const asked = new Map<string, boolean>();
  let stopped = false;
  const refresh = async (name: string, queryKey: QueryKey) => {
    timers.delete(name);
    asked.set(name, false);
    await queryClient.invalidateQueries({ queryKey });
    const isWanted = asked.get(name);
    asked.delete(name);
    if (isWanted && !stopped) {
      soon(queryKey);
    }
  };
  const soon = (queryKey: QueryKey) => {
    const name = JSON.stringify(queryKey);
    if (asked.has(name)) {
      asked.set(name, true);
    } else if (!timers.has(name)) {
      timers.set(name, setTimeout(() => void refresh(name, queryKey), 1_000));
    }
  };
  return {
    after: (event) => {
      if (event.kind === 'status') {
        return;
      }
      soon(sessionKeys.lists());
      if (event.sessionId) {
        soon(sessionKeys.score(event.sessionId));
        soon(proctoringKeys.status(event.sessionId));
      }
    },
    stop: () => {
      stopped = true;
      timers.forEach((timer) => clearTimeout(timer));
    },
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
function alertOf({ sessionId, data }: LiveEvent): Alert | null {
  const candidate = (data as { alert?: unknown } | null)?.alert ?? data;
  return sessionId && typeof (candidate as Alert | null)?.alert_id === 'string' ? (candidate as Alert) : null;
}
