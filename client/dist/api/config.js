export const DEFAULT_TIMEOUT_MS = 10_000;
/**
 * Fills in what was left out: the bases come from the option, else from `NEXT_PUBLIC_API_URL` and `NEXT_PUBLIC_WS_URL`
 * (inlined by Next.js at build time), else from the page's own origin.
 *
 * @throws RangeError for an address of another scheme or a timeout that is not above zero
 */
export function resolveConfig(options = {}) {
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
function environmentApiUrl() {
    try {
        return process.env.NEXT_PUBLIC_API_URL;
    }
    catch {
        return undefined;
    }
}
function environmentWsUrl() {
    try {
        return process.env.NEXT_PUBLIC_WS_URL;
    }
    catch {
        return undefined;
    }
}
function pageOrigin() {
    const origin = typeof location === 'undefined' ? '' : location.origin;
    return origin === 'null' ? '' : origin;
}
function trimSlash(url) {
    return url.replace(/\/+$/, '');
}
