import { resolveConfig, type ClientConfig, type ClientOptions, type TokenContext } from './config.js';
import { ApiError, ConfigurationError, MalformedAnswerError, NetworkError, TimeoutError, type ProblemDocument } from './errors.js';

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
  /** Milliseconds; the client's own by default, 0 for none (a stream). A download may take longer, but not be silent for longer. */
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
  socketAddress(sessionId: string): Promise<{ url: string; protocols: string[] }>;
}

export function createApiClient(options: ClientOptions = {}): ApiClient {
  const config = resolveConfig(options);
  // Not called as a method: a browser's own refuses to be one of anything but the window.
  const { fetch } = config;

  async function token(context: TokenContext = {}): Promise<string | null> {
    return (await config.getToken(context)) || null;
  }

  /** A token source that never answers must not hold a call beyond its time. */
  function tokenWithin(signal: AbortSignal, context: TokenContext): Promise<string | null> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('no token in time')), { once: true });
      token(context).then(resolve, reject);
    });
  }

  /** Reads the answer within the time that the call has in all; each call of `goOn` gives it that time anew. */
  type Read<T> = (response: Response, goOn: () => void) => Promise<T>;

  async function exchange<T>(path: string, request: RequestOptions, read: Read<T>): Promise<T> {
    const method = request.method ?? 'GET';
    if (config.apiUrl === '') {
      throw new ConfigurationError('No apiUrl is set and there is no page to take it from; pass apiUrl or set NEXT_PUBLIC_API_URL');
    }
    const timeoutMs = request.timeoutMs ?? config.timeoutMs;
    const deadline = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = () => {
      clearTimeout(timer);
      timer = timeoutMs > 0 ? setTimeout(() => deadline.abort(), timeoutMs) : undefined;
    };
    goOn();
    const cancel = () => deadline.abort();
    request.signal?.addEventListener('abort', cancel, { once: true });
    try {
      request.signal?.throwIfAborted();
      const bearer = await tokenWithin(deadline.signal, { sessionId: request.sessionId });
      const response = await fetch(config.apiUrl + path + queryString(request.query), {
        ...written(request, bearer),
        method,
        signal: deadline.signal,
      });
      if (!response.ok) {
        throw new ApiError(response.status, await readProblem(response), method, path);
      }
      return await read(response, goOn);
    } catch (error) {
      if (error instanceof ApiError || error instanceof MalformedAnswerError) {
        throw error;
      }
      if (request.signal?.aborted) {
        throw request.signal.reason;
      }
      throw deadline.signal.aborted ? new TimeoutError(timeoutMs, method, path) : new NetworkError(method, path, error);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
    }
  }

  return {
    config,
    token,
    json<T>(path: string, request: RequestOptions = {}): Promise<T> {
      return exchange(path, request, async (response) => {
        const text = await response.text();
        if (text === '') {
          return undefined as T;
        }
        try {
          return JSON.parse(text) as T;
        } catch (cause) {
          throw new MalformedAnswerError(request.method ?? 'GET', path, cause);
        }
      });
    },
    blob(path, request = {}) {
      return exchange(path, { ...request, headers: { Accept: '*/*', ...request.headers } }, (response, goOn) => watched(response, goOn).blob());
    },
    open(path, request = {}) {
      return exchange(path, { ...request, headers: { Accept: '*/*', ...request.headers } }, async (response) => cancelledBy(request.signal, response));
    },
    async socketAddress(sessionId) {
      if (config.wsUrl === '') {
        throw new ConfigurationError('No wsUrl is set and there is no page to take it from; pass wsUrl or set NEXT_PUBLIC_WS_URL');
      }
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), config.timeoutMs);
      const bearer = await tokenWithin(deadline.signal, { sessionId }).finally(() => clearTimeout(timer));
      const url = `${config.wsUrl}/ws/${encodeURIComponent(sessionId)}`;
      if (!bearer) {
        return { url, protocols: [] };
      }
      // A subprotocol keeps the token out of addresses and so out of access logs; not every token is a legal one.
      return SUBPROTOCOL_SAFE.test(bearer)
        ? { url, protocols: ['invigil.v1', `invigil.token.${bearer}`] }
        : { url: `${url}?token=${encodeURIComponent(bearer)}`, protocols: [] };
    },
  };
}

const SUBPROTOCOL_SAFE = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** Headers and body of a request. */
function written(request: RequestOptions, bearer: string | null): { headers: Record<string, string>; body?: BodyInit } {
  const headers: Record<string, string> = { Accept: 'application/json', ...request.headers };
  if (bearer) {
    headers.Authorization = `Bearer ${bearer}`;
  }
  if (request.json !== undefined) {
    return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(request.json) };
  }
  if (request.body) {
    return { headers: { ...headers, 'Content-Type': request.body.type || 'application/octet-stream' }, body: request.body };
  }
  return { headers };
}

/** The signal goes on cancelling a stream after its headers, when the call itself is over. */
function cancelledBy(signal: AbortSignal | undefined, response: Response): Response {
  if (!signal || !response.body) {
    return response;
  }
  const body = response.body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>(), { signal });
  return new Response(body, { status: response.status, headers: response.headers });
}

/** Tells of each part of the body as it comes, and of the headers before it. */
function watched(response: Response, heard: () => void): Response {
  heard();
  if (!response.body) {
    return response;
  }
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (part, controller) => {
        heard();
        controller.enqueue(part);
      },
    }),
  );
  return new Response(body, { status: response.status, headers: response.headers });
}

async function readProblem(response: Response): Promise<ProblemDocument> {
  const text = await response.text().catch(() => '');
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed && typeof parsed === 'object') {
      return parsed as ProblemDocument;
    }
  } catch {
    // Not every proxy in front of the service speaks JSON; its status still counts.
  }
  return { status: response.status, title: response.statusText || `HTTP ${response.status}` };
}

function queryString(query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
