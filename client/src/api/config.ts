// Module-local, so that a consumer needs no Node types.
declare const process: { env: { NEXT_PUBLIC_API_URL?: string; NEXT_PUBLIC_WS_URL?: string } };

/** Where the service is and how to speak to it. Every field is optional; see {@link resolveConfig} for the defaults. */
export interface ClientOptions {
  /** Base of the REST calls, such as `https://proctor.example.com`. A trailing slash is ignored. */
  apiUrl?: string | undefined;
  /** Base of the WebSocket, such as `wss://proctor.example.com`. Default: the REST base with `ws` for `http`. */
  wsUrl?: string | undefined;
  /** Gives the bearer token for each call, or nothing in open mode. May be asynchronous. */
  getToken?: TokenSource | undefined;
  /** How long one call may take, in milliseconds; a download, until more of it comes. Default 10 000. */
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

export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Fills in what was left out: the bases come from the option, else from `NEXT_PUBLIC_API_URL` and `NEXT_PUBLIC_WS_URL`
 * (inlined by Next.js at build time), else from the page's own origin.
 *
 * @throws RangeError for an address of another scheme or a timeout that is not above zero
 */
export function resolveConfig(options: ClientOptions = {}): ClientConfig {
  const apiUrl = trimSlash(options.apiUrl || environmentApiUrl() || pageOrigin());
  if (apiUrl !== '' && !/^https?:\/\//i.test(apiUrl)) {
    throw new RangeError(`apiUrl is ${JSON.stringify(apiUrl)}, must begin with http:// or https://`);
  }
  const wsUrl = trimSlash(options.wsUrl || environmentWsUrl() || apiUrl.replace(/^http/i, 'ws'));
  if (wsUrl !== '' && !/^wss?:\/\//i.test(wsUrl)) {
    throw new RangeError(`wsUrl is ${JSON.stringify(wsUrl)}, must begin with ws:// or wss://`);
  }
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  if (!(timeoutMs > 0)) {
    throw new RangeError(`timeoutMs is ${timeoutMs}, must be above 0`);
  }
  return {
    apiUrl,
    wsUrl,
    timeoutMs,
    getToken: options.getToken ?? (() => null),
    // Looked up at each call: a test or a polyfill may replace the platform's function later.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

// Bundlers replace the literal expression `process.env.NEXT_PUBLIC_...`; where nothing did, there may be no `process` at all.
function environmentApiUrl(): string | undefined {
  try {
    return process.env.NEXT_PUBLIC_API_URL;
  } catch {
    return undefined;
  }
}

function environmentWsUrl(): string | undefined {
  try {
    return process.env.NEXT_PUBLIC_WS_URL;
  } catch {
    return undefined;
  }
}

function pageOrigin(): string {
  const origin = typeof location === 'undefined' ? '' : location.origin;
  return origin === 'null' ? '' : origin;
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
