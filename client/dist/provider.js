'use client';
import { jsx as _jsx, jsxs as _jsxs } from "react/jsx-runtime";
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, lazy, Suspense, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { createApiClient } from './api/client.js';
const ClientContext = createContext(null);
let Devtools = null;
try {
    // Bundlers replace this very expression, and drop the import with its branch in production. Without a bundler there may
    // be no `process` to ask.
    if (process.env.NODE_ENV === 'development') {
        Devtools = lazy(async () => ({ default: (await import('@tanstack/react-query-devtools')).ReactQueryDevtools }));
    }
}
catch {
    // No devtools then.
}
/** The defaults of every query. Mutations keep the library's own, no retry; those safe to repeat set their own. */
export const DEFAULT_QUERY_CONFIG = {
    defaultOptions: {
        queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: 1 },
    },
};
export function createQueryClient(config = {}) {
    return new QueryClient({
        ...config,
        defaultOptions: {
            ...config.defaultOptions,
            queries: { ...DEFAULT_QUERY_CONFIG.defaultOptions.queries, ...config.defaultOptions?.queries },
        },
    });
}
/** Tells the hooks below it where the service is, for an application that has its own `QueryClientProvider`. */
export function InvigilProvider({ client, apiUrl, wsUrl, timeoutMs, getToken, fetch, children }) {
    // Functions are read at each call: one written inline must not make a new client, and new connections, on every render.
    const functions = useRef({ getToken, fetch });
    useEffect(() => {
        functions.current = { getToken, fetch };
    });
    const made = useMemo(() => client ??
        createApiClient({
            apiUrl,
            wsUrl,
            timeoutMs,
            getToken: (context) => functions.current.getToken?.(context),
            fetch: (input, init) => (functions.current.fetch ?? globalThis.fetch)(input, init),
        }), [client, apiUrl, wsUrl, timeoutMs]);
    return _jsx(ClientContext.Provider, { value: made, children: children });
}
/**
 * Everything the hooks need in one element: a query client with the defaults staleTime 60 s, no refetch on window focus
 * and one retry, the service's addresses, and the devtools in development.
 */
export function QueryProvider({ queryClient, devtools = true, children, ...service }) {
    const [own] = useState(() => queryClient ?? createQueryClient());
    const mounted = useMounted();
    return (_jsxs(QueryClientProvider, { client: queryClient ?? own, children: [_jsx(InvigilProvider, { ...service, children: children }), Devtools && devtools && mounted ? (_jsx(Suspense, { fallback: null, children: _jsx(Devtools, { initialIsOpen: false }) })) : null] }));
}
let environmentClient;
/** The client of the nearest provider; without one, a client set up from the environment. */
export function useApiClient() {
    const provided = useContext(ClientContext);
    return provided ?? (environmentClient ??= createApiClient());
}
function useMounted() {
    const [mounted, setMounted] = useState(false);
    useEffect(() => setMounted(true), []);
    return mounted;
}
