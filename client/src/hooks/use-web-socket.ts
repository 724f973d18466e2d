'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ApiClient } from '../api/client.js';
import { getSession } from '../api/endpoints.js';
import { ApiError } from '../api/errors.js';
import type { Alert, FrameResult, ServerMessage } from '../api/types.js';
import { upsertAlerts, withKnownReviews } from '../live/alert-cache.js';
import type { BackoffOptions } from '../live/backoff.js';
import { reportingThrow } from '../live/reporting-throw.js';
import { SessionSocket, type SendResult, type SessionCheck, type SocketPhase, type SocketState } from '../live/session-socket.js';
import { useApiClient } from '../provider.js';
import { invalidateSession, isOver, markSessionLive, markSessionOver } from './sessions.js';
import { useLatest } from './use-latest.js';

/** How a session is over: it was ended, it expired by itself, or the service does not know it (any more). */
export type SessionEnd = 'ended' | 'expired' | 'unknown';

export interface DisconnectInfo {
  code: number;
  reason: string;
  /** Whether another try follows by itself. */
  willRetry: boolean;
}

export interface UseWebSocketOptions extends BackoffOptions {
  /** The session to connect for; nothing is dialled while there is none. */
  sessionId: string | null | undefined;
  /** Default true; false closes the connection. */
  enabled?: boolean;
  onMessage?: (message: ServerMessage) => void;
  /** Each newly opened alert, once. */
  onAlert?: (alert: Alert) => void;
  /** Each later change of an alert: an update, its end. */
  onAlertUpdate?: (alert: Alert) => void;
  onConnect?: () => void;
  onDisconnect?: (info: DisconnectInfo) => void;
  onError?: (error: Error) => void;
  /** The service said that the session is over, and how. */
  onEnded?: (how: SessionEnd) => void;
  /** With more bytes than this waiting in the socket, `sendBlob` skips. Default 262 144. */
  maxBufferedBytes?: number;
  /** Milliseconds between pings, 0 for none. Default 15 000. */
  heartbeatMs?: number;
}

export interface UseWebSocketResult {
  isConnected: boolean;
  /** Where the connection is in its life, and why it is not open. */
  phase: SocketPhase;
  /** Tries since the last lasting connection; 0 while all is well. */
  attempt: number;
  /**
   * Sends a value as JSON text; false when there is no connection. A connection may be dead and not know it, so true says only
   * that it was sent: `onLost` is called where the connection ends before the service has answered.
   */
  sendMessage: (message: unknown, onLost?: () => void) => boolean;
  /** Sends one JPEG, or skips it and says why: frames are never queued. */
  sendBlob: (jpeg: Blob | ArrayBuffer) => SendResult;
  /** Closes; nothing is dialled again until `reconnect` or another session. */
  disconnect: () => void;
  /** Dials again at once, with all tries ahead. */
  reconnect: () => void;
}

const IDLE: SocketState = { phase: 'idle', attempt: 0 };
const REMEMBERED_ALERTS = 1_000;
const REMEMBERED_MESSAGES = 100;

/** A message that the service owes an answer for. */
interface Unanswered {
  name: unknown;
  onLost: (() => void) | undefined;
}

/**
 * A session's WebSocket. It comes back by itself after a loss, with exponential backoff and jitter up to a limit, but
 * not after its own `disconnect` and not for a session that is over: before each new dial the session is looked up over
 * HTTP, because a browser hides why a handshake was refused. Alerts go into the query cache, where `useAlerts` shows them.
 */
export function useWebSocket(options: UseWebSocketOptions): UseWebSocketResult {
  const client = useApiClient();
  const queryClient = useQueryClient();
  const latest = useLatest(options);
  const socket = useRef<SessionSocket | null>(null);
  const [state, setState] = useState<SocketState>(IDLE);
  const unanswered = useRef<Unanswered[]>([]);
  const { sessionId, enabled = true } = options;

  useEffect(() => {
    if (!sessionId || !enabled) {
      return undefined;
    }
    const seen = new Set<string>();
    let end: SessionEnd = 'ended';
    const made = new SessionSocket({
      ...pickTuning(latest.current),
      address: () => client.socketAddress(sessionId),
      checkSession: (signal) => checkSession(client, sessionId, signal, (how) => (end = how)),
      onState: (next) => {
        if (next.phase !== 'open') {
          unanswered.current.splice(0).forEach(({ onLost }) => onLost && reportingThrow(onLost));
        }
        setState(next);
        if (next.phase === 'ended') {
          markSessionOver(queryClient, sessionId, end === 'expired' ? end : 'ended');
          void invalidateSession(queryClient, sessionId);
          reportingThrow(() => latest.current.onEnded?.(end));
        }
      },
      onOpen: () => reportingThrow(() => latest.current.onConnect?.()),
      onClose: (info) => reportingThrow(() => latest.current.onDisconnect?.(info)),
      onError: (error) => reportingThrow(() => latest.current.onError?.(error)),
      onText: (text) => receive(text),
    });

    function receive(text: string): void {
      let message: ServerMessage;
      try {
        message = JSON.parse(text) as ServerMessage;
      } catch (cause) {
        reportingThrow(() => latest.current.onError?.(new Error('The service sent a message that is not JSON', { cause })));
        return;
      }
      settle(unanswered.current, message);
      const { opened, changed } = alertsOf(message);
      if (opened.length + changed.length > 0) {
        // A socket speaks as to a candidate: there every alert is as if nobody had reviewed it.
        upsertAlerts(queryClient, sessionId as string, withKnownReviews(queryClient, sessionId as string, [...opened, ...changed]));
      }
      for (const alert of opened) {
        if (!seen.has(alert.alert_id)) {
          remember(seen, alert.alert_id);
          reportingThrow(() => latest.current.onAlert?.(alert));
        }
      }
      for (const alert of changed) {
        reportingThrow(() => latest.current.onAlertUpdate?.(alert));
      }
      if (message.type === 'session' && (message.state === 'active' || message.state === 'paused')) {
        markSessionLive(queryClient, sessionId as string, message.state);
      }
      reportingThrow(() => latest.current.onMessage?.(message));
      if (message.type === 'session' && (message.state === 'ended' || message.state === 'expired')) {
        end = message.state;
        made.end();
      }
    }

    socket.current = made;
    made.connect();
    return () => {
      made.close();
      socket.current = null;
      setState(IDLE);
    };
  }, [client, queryClient, latest, sessionId, enabled]);

  const sendMessage = useCallback((message: unknown, onLost?: () => void) => {
    const isSent = socket.current?.sendText(JSON.stringify(message)) ?? false;
    const { type, name } = (message ?? {}) as { type?: unknown; name?: unknown };
    if (isSent && type !== 'ping') {
      unanswered.current = [...unanswered.current, { name, onLost }].slice(-REMEMBERED_MESSAGES);
    }
    return isSent;
  }, []);
  const sendBlob = useCallback((jpeg: Blob | ArrayBuffer): SendResult => socket.current?.sendFrame(jpeg) ?? 'not_open', []);
  const disconnect = useCallback(() => socket.current?.close(), []);
  const reconnect = useCallback(() => socket.current?.reconnect(), []);

  return useMemo(
    () => ({
      isConnected: state.phase === 'open',
      phase: state.phase,
      attempt: state.attempt,
      sendMessage,
      sendBlob,
      disconnect,
      reconnect,
    }),
    [state, sendMessage, sendBlob, disconnect, reconnect],
  );
}

async function checkSession(client: ApiClient, sessionId: string, signal: AbortSignal, onEnd: (how: SessionEnd) => void): Promise<SessionCheck> {
  try {
    const session = await getSession(client, sessionId, { signal });
    if (!isOver(session)) {
      return 'alive';
    }
    onEnd(session.state === 'expired' ? 'expired' : 'ended');
    return 'ended';
  } catch (error) {
    if (error instanceof ApiError && error.isNotFound && error.isFromService) {
      onEnd(error.status === 404 ? 'unknown' : 'ended');
      return 'ended';
    }
    return error instanceof ApiError && error.isUnauthorized ? 'refused' : 'unreachable';
  }
}

/**
 * Forgets what a message answers. The service answers in order, an event by its name and what it refuses with an error that
 * belongs to no frame; with many answers waiting in a slow connection it leaves out the oldest.
 */
function settle(unanswered: Unanswered[], message: ServerMessage): void {
  if (message.type === 'event_result') {
    unanswered.splice(0, unanswered.findIndex(({ name }) => name === message.name) + 1);
  } else if (message.type === 'proctoring_result' && message.data?.frame_index === -1) {
    unanswered.shift();
  }
}

/** Newly opened alerts come in `data.alerts`, or at top level where no frame is answered; later changes in `data.alert_updates`. */
function alertsOf(message: ServerMessage): { opened: Alert[]; changed: Alert[] } {
  const data = (message as { data?: Partial<FrameResult> | null }).data;
  const topLevel = (message as { alerts?: unknown }).alerts;
  const opened = [...alertArray(data?.alerts), ...alertArray(topLevel)];
  return {
    opened,
    // An opening is among these too.
    changed: alertArray(data?.alert_updates).filter((alert) => !opened.some(({ alert_id: id, phase }) => id === alert.alert_id && phase === alert.phase)),
  };
}

function alertArray(value: unknown): Alert[] {
  return Array.isArray(value) ? value.filter((entry: Alert | null) => typeof entry?.alert_id === 'string') : [];
}

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  if (seen.size > REMEMBERED_ALERTS) {
    seen.delete(seen.values().next().value as string);
  }
}

function pickTuning({ baseMs, maxMs, maxAttempts, random, maxBufferedBytes, heartbeatMs }: UseWebSocketOptions) {
  return { baseMs, maxMs, maxAttempts, random, maxBufferedBytes, heartbeatMs };
}
