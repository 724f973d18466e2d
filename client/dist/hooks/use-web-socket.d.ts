import type { Alert, ServerMessage } from '../api/types.js';
import type { BackoffOptions } from '../live/backoff.js';
import { type SendResult, type SocketPhase } from '../live/session-socket.js';
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
    /** Each later change of an alert: an update, its end, a review. */
    onAlertUpdate?: (alert: Alert) => void;
    onConnect?: () => void;
    onDisconnect?: (info: DisconnectInfo) => void;
    onError?: (error: Error) => void;
    /** The service said that the session is over. */
    onEnded?: () => void;
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
    /** Sends a value as JSON text; false when there is no connection. */
    sendMessage: (message: unknown) => boolean;
    /** Sends one JPEG, or skips it and says why: frames are never queued. */
    sendBlob: (jpeg: Blob | ArrayBuffer) => SendResult;
    /** Closes; nothing is dialled again until `reconnect` or another session. */
    disconnect: () => void;
    /** Dials again at once, with all tries ahead. */
    reconnect: () => void;
}
/**
 * A session's WebSocket. It comes back by itself after a loss, with exponential backoff and jitter up to a limit, but
 * not after its own `disconnect` and not for a session that is over: before each new dial the session is looked up over
 * HTTP, because a browser hides why a handshake was refused. Alerts go into the query cache, where `useAlerts` shows them.
 */
export declare function useWebSocket(options: UseWebSocketOptions): UseWebSocketResult;
