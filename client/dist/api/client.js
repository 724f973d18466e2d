import { resolveConfig } from './config.js';
import { ApiError, ConfigurationError, MalformedAnswerError, NetworkError, TimeoutError } from './errors.js';
export function createApiClient(options = {}) {
    const config = resolveConfig(options);
    async function token(context = {}) {
        return (await config.getToken(context)) || null;
    }
    async function exchange(path, request, read) {
        const method = request.method ?? 'GET';
        if (config.apiUrl === '') {
            throw new ConfigurationError('No apiUrl is set and there is no page to take it from; pass apiUrl or set NEXT_PUBLIC_API_URL');
        }
        const timeoutMs = request.timeoutMs ?? config.timeoutMs;
        const deadline = new AbortController();
        const timer = timeoutMs > 0 ? setTimeout(() => deadline.abort(), timeoutMs) : undefined;
        const cancel = () => deadline.abort();
        request.signal?.addEventListener('abort', cancel, { once: true });
        try {
            request.signal?.throwIfAborted();
            const headers = { Accept: 'application/json', ...request.headers };
            const bearer = await token({ sessionId: request.sessionId });
            if (bearer) {
                headers.Authorization = `Bearer ${bearer}`;
            }
            const init = { method, headers, signal: deadline.signal };
            if (request.json !== undefined) {
                headers['Content-Type'] = 'application/json';
                init.body = JSON.stringify(request.json);
            }
            else if (request.body) {
                headers['Content-Type'] = request.body.type || 'application/octet-stream';
                init.body = request.body;
            }
            const response = await config.fetch(config.apiUrl + path + queryString(request.query), init);
            if (!response.ok) {
                throw new ApiError(response.status, await readProblem(response), method, path);
            }
            return await read(response);
        }
        catch (error) {
            if (error instanceof ApiError || error instanceof MalformedAnswerError) {
                throw error;
            }
            if (request.signal?.aborted) {
                throw request.signal.reason;
            }
            if (deadline.signal.aborted) {
                throw new TimeoutError(timeoutMs, method, path);
            }
            throw new NetworkError(method, path, error);
        }
        finally {
            clearTimeout(timer);
            request.signal?.removeEventListener('abort', cancel);
        }
    }
    return {
        config,
        token,
        json(path, request = {}) {
            return exchange(path, request, async (response) => {
                const text = await response.text();
                if (text === '') {
                    return undefined;
                }
                try {
                    return JSON.parse(text);
                }
                catch (cause) {
                    throw new MalformedAnswerError(request.method ?? 'GET', path, cause);
                }
            });
        },
        blob(path, request = {}) {
            return exchange(path, { ...request, headers: { Accept: '*/*', ...request.headers } }, (response) => response.blob());
        },
        async open(path, request = {}) {
            // The caller's signal must go on cancelling the stream after the headers, which `exchange` stops listening for.
            const stream = new AbortController();
            request.signal?.addEventListener('abort', () => stream.abort(request.signal?.reason), { once: true });
            return exchange(path, { ...request, headers: { Accept: '*/*', ...request.headers } }, (response) => {
                if (!response.body) {
                    return Promise.resolve(response);
                }
                const reader = response.body.getReader();
                stream.signal.addEventListener('abort', () => void reader.cancel(stream.signal.reason).catch(() => { }), { once: true });
                const body = new ReadableStream({
                    async pull(controller) {
                        const { done, value } = await reader.read();
                        if (done) {
                            controller.close();
                        }
                        else {
                            controller.enqueue(value);
                        }
                    },
                    cancel: (reason) => reader.cancel(reason),
                });
                return Promise.resolve(new Response(body, { status: response.status, headers: response.headers }));
            });
        },
        async socketAddress(sessionId) {
            if (config.wsUrl === '') {
                throw new ConfigurationError('No wsUrl is set and there is no page to take it from; pass wsUrl or set NEXT_PUBLIC_WS_URL');
            }
            const bearer = await token({ sessionId });
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
async function readProblem(response) {
    const text = await response.text().catch(() => '');
    try {
        const parsed = JSON.parse(text);
        if (parsed && typeof parsed === 'object') {
            return parsed;
        }
    }
    catch {
        // Not every proxy in front of the service speaks JSON; its status still counts.
    }
    return { status: response.status, title: response.statusText || `HTTP ${response.status}` };
}
function queryString(query) {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {})) {
        if (value !== undefined && value !== null && value !== '') {
            parameters.set(name, String(value));
        }
    }
    const text = parameters.toString();
    return text === '' ? '' : `?${text}`;
}
