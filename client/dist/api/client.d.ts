import { type ClientConfig, type ClientOptions, type TokenContext } from './config.js';
export interface CallOptions {
    /** Cancels the call, which then rejects with the signal's reason. */
    signal?: AbortSignal | undefined;
}
export interface RequestOptions extends CallOptions {
    method?: string;
    query?: Record<string, string | number | boolean | null | undefined>;
    /** Sent as JSON. */
    json?: unknown;
    /** Sent as it is, with its own type; for pictures. */
    body?: Blob;
    /** The session that the call is about, told to the token source. */
    sessionId?: string;
    headers?: Record<string, string>;
    /** Milliseconds; the client's own by default, 0 for none (a stream). */
    timeoutMs?: number;
}
/** Speaks HTTP to one service. It holds no state beyond its configuration, so one client serves a whole application. */
export interface ApiClient {
    readonly config: ClientConfig;
    /** The parsed JSON of a 2xx answer, `undefined` where there was no content. */
    json<T>(path: string, options?: RequestOptions): Promise<T>;
    /** The body of a 2xx answer, for pictures and downloads. */
    blob(path: string, options?: RequestOptions): Promise<Blob>;
    /** The 2xx answer itself, for streams; the timeout ends with the headers. */
    open(path: string, options?: RequestOptions): Promise<Response>;
    /** The bearer token of the moment, or `null`. */
    token(context?: TokenContext): Promise<string | null>;
    /** The address and subprotocols to dial for a session. */
    socketAddress(sessionId: string): Promise<{
        url: string;
        protocols: string[];
    }>;
}
export declare function createApiClient(options?: ClientOptions): ApiClient;
