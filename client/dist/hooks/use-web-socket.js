'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { getSession } from '../api/endpoints.js';
import { ApiError } from '../api/errors.js';
import { upsertAlerts } from '../live/alert-cache.js';
import { SessionSocket } from '../live/session-socket.js';
import { useApiClient } from '../provider.js';
import { invalidateSession, isOver, markSessionOver } from './sessions.js';
import { useLatest } from './use-latest.js';
const IDLE = { phase: 'idle', attempt: 0 };
const REMEMBERED_ALERTS = 1_000;
/**
 * A session's WebSocket. It comes back by itself after a loss, with exponential backoff and jitter up to a limit, but
 * not after its own `disconnect` and not for a session that is over: before each new dial the session is looked up over
 * HTTP, because a browser hides why a handshake was refused. Alerts go into the query cache, where `useAlerts` shows them.
 */
export function useWebSocket(options) {
    const client = useApiClient();
    const queryClient = useQueryClient();
    const latest = useLatest(options);
    const socket = useRef(null);
    const [state, setState] = useState(IDLE);
    const { sessionId, enabled = true } = options;
    useEffect(() => {
        if (!sessionId || !enabled) {
            return undefined;
        }
        const seen = new Set();
        const made = new SessionSocket({
            ...pickTuning(latest.current),
            address: () => client.socketAddress(sessionId),
            checkSession: (signal) => checkSession(client, sessionId, signal),
            onState: (next) => {
                setState(next);
                if (next.phase === 'ended') {
                    markSessionOver(queryClient, sessionId);
                    void invalidateSession(queryClient, sessionId);
                    latest.current.onEnded?.();
                }
            },
            onOpen: () => latest.current.onConnect?.(),
            onClose: (info) => latest.current.onDisconnect?.(info),
            onError: (error) => latest.current.onError?.(error),
            onText: (text) => receive(text),
        });
        function receive(text) {
            let message;
            try {
                message = JSON.parse(text);
            }
            catch (cause) {
                latest.current.onError?.(new Error('The service sent a message that is not JSON', { cause }));
                return;
            }
            const { opened, changed } = alertsOf(message);
            if (opened.length + changed.length > 0) {
                upsertAlerts(queryClient, sessionId, [...opened, ...changed]);
            }
            for (const alert of opened) {
                if (!seen.has(alert.alert_id)) {
                    remember(seen, alert.alert_id);
                    latest.current.onAlert?.(alert);
                }
            }
            for (const alert of changed) {
                latest.current.onAlertUpdate?.(alert);
            }
            latest.current.onMessage?.(message);
            if (message.type === 'session' && (message.state === 'ended' || message.state === 'expired')) {
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
    const sendMessage = useCallback((message) => socket.current?.sendText(JSON.stringify(message)) ?? false, []);
    const sendBlob = useCallback((jpeg) => socket.current?.sendFrame(jpeg) ?? 'not_open', []);
    const disconnect = useCallback(() => socket.current?.close(), []);
    const reconnect = useCallback(() => socket.current?.reconnect(), []);
    return useMemo(() => ({
        isConnected: state.phase === 'open',
        phase: state.phase,
        attempt: state.attempt,
        sendMessage,
        sendBlob,
        disconnect,
        reconnect,
    }), [state, sendMessage, sendBlob, disconnect, reconnect]);
}
async function checkSession(client, sessionId, signal) {
    try {
        return isOver(await getSession(client, sessionId, { signal })) ? 'ended' : 'alive';
    }
    catch (error) {
        if (error instanceof ApiError && error.isNotFound) {
            return 'ended';
        }
        return error instanceof ApiError && error.isUnauthorized ? 'refused' : 'unreachable';
    }
}
/** Newly opened alerts come in `data.alerts`, or at top level where no frame is answered; later changes in `data.alert_updates`. */
function alertsOf(message) {
    const data = message.data;
    const topLevel = message.alerts;
    return {
        opened: [...alertArray(data?.alerts), ...alertArray(topLevel)],
        changed: alertArray(data?.alert_updates),
    };
}
function alertArray(value) {
    return Array.isArray(value) ? value.filter((entry) => typeof entry?.alert_id === 'string') : [];
}
function remember(seen, id) {
    seen.add(id);
    if (seen.size > REMEMBERED_ALERTS) {
        seen.delete(seen.values().next().value);
    }
}
function pickTuning({ baseMs, maxMs, maxAttempts, random, maxBufferedBytes, heartbeatMs }) {
    return { baseMs, maxMs, maxAttempts, random, maxBufferedBytes, heartbeatMs };
}
