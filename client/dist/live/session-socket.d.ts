import { type BackoffOptions } from './backoff.js';
/**
 * - `idle`: not asked to connect yet, or disposed of
 * - `connecting`: a dial is under way
 * - `open`: frames can be sent
 * - `waiting`: the connection was lost; another try is due
 * - `closed`: closed by its own side
 * - `ended`: the session is over, no try will follow
 * - `refused`: the service does not accept the token for this session
 * - `replaced`: another page took the session over
 * - `exhausted`: every allowed try failed
 */
export type SocketPhase = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed' | 'ended' | 'refused' | 'replaced' | 'exhausted';
export interface SocketState {
    readonly phase: SocketPhase;
    /** Tries since the last lasting connection. */
    readonly attempt: number;
}
/** What a look at the session over HTTP told; a browser hides why a handshake was refused. */
export type SessionCheck = 'alive' | 'ended' | 'refused' | 'unreachable';
/** Why a frame was not sent: no connection, or the network has not taken the earlier ones yet. */
export type SendResult = 'sent' | 'not_open' | 'buffer_full';
export interface SessionSocketOptions extends BackoffOptions {
    address: () => Promise<{
        url: string;
        protocols: string[];
    }>;
    checkSession: (signal: AbortSignal) => Promise<SessionCheck>;
    onState: (state: SocketState) => void;
    onOpen: () => void;
    onClose: (event: {
        code: number;
        reason: string;
        willRetry: boolean;
    }) => void;
    onText: (text: string) => void;
    onError: (error: Error) => void;
    /** With more bytes than this waiting in the socket, frames are skipped. Default 262 144. */
    maxBufferedBytes?: number | undefined;
    /** How often a ping is sent, in milliseconds; without a word for two of these the connection counts as lost. 0 for never. Default 15 000. */
    heartbeatMs?: number | undefined;
    /** A connection that lasted this long forgets earlier failures, in milliseconds. Default 5000. */
    stableAfterMs?: number | undefined;
}
/** One session's WebSocket with its reconnecting, free of any framework. Not reusable after {@link SessionSocket.close}, except by {@link SessionSocket.reconnect}. */
export declare class SessionSocket {
    #private;
    constructor(options: SessionSocketOptions);
    get state(): SocketState;
    /** Dials at the end of the current task: a mount that is undone at once, as StrictMode's first one, never reaches the network. */
    connect(): void;
    /** Drops what there is and dials again at once, with all tries ahead; also after {@link close}. */
    reconnect(): void;
    /** Closes for good; no try follows. */
    close(): void;
    /** Told by the service that the session is over. */
    end(): void;
    sendText(text: string): boolean;
    sendFrame(jpeg: Blob | ArrayBuffer): SendResult;
}
