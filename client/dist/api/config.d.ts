/** Where the service is and how to speak to it. Every field is optional; see {@link resolveConfig} for the defaults. */
export interface ClientOptions {
    /** Base of the REST calls, such as `https://proctor.example.com`. A trailing slash is ignored. */
    apiUrl?: string | undefined;
    /** Base of the WebSocket, such as `wss://proctor.example.com`. Default: the REST base with `ws` for `http`. */
    wsUrl?: string | undefined;
    /** Gives the bearer token for each call, or nothing in open mode. May be asynchronous. */
    getToken?: TokenSource | undefined;
    /** How long one call may take, in milliseconds. Default 10 000. */
    timeoutMs?: number | undefined;
    /** What sends requests; the platform's `fetch` by default. */
    fetch?: typeof globalThis.fetch | undefined;
}
export type TokenSource = (context: TokenContext) => string | null | undefined | Promise<string | null | undefined>;
/** What a token is wanted for, so that a source can hand out session-bound tokens. */
export interface TokenContext {
    readonly sessionId?: string | undefined;
}
export interface ClientConfig {
    readonly apiUrl: string;
    readonly wsUrl: string;
    readonly getToken: TokenSource;
    readonly timeoutMs: number;
    readonly fetch: typeof globalThis.fetch;
}
export declare const DEFAULT_TIMEOUT_MS = 10000;
/**
 * Fills in what was left out: the bases come from the option, else from `NEXT_PUBLIC_API_URL` and `NEXT_PUBLIC_WS_URL`
 * (inlined by Next.js at build time), else from the page's own origin.
 *
 * @throws RangeError for an address of another scheme or a timeout that is not above zero
 */
export declare function resolveConfig(options?: ClientOptions): ClientConfig;
