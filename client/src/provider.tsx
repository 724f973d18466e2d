'use client';

import { QueryClient, QueryClientProvider, type QueryClientConfig } from '@tanstack/react-query';
import { createContext, lazy, Suspense, useContext, useEffect, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import { createApiClient, type ApiClient } from './api/client.js';
import type { ClientOptions } from './api/config.js';
import { useLatest } from './hooks/use-latest.js';

// Module-local, so that a consumer needs no Node types.
declare const process: { env: { NODE_ENV?: string } };

const ClientContext = createContext<ApiClient | null>(null);

let Devtools: ComponentType<{ initialIsOpen?: boolean }> | null = null;
try {
  // Bundlers replace this very expression, and drop the import with its branch in production. Without a bundler there may
  // be no `process` to ask.
  if (process.env.NODE_ENV === 'development') {
    Devtools = lazy(async () => ({ default: (await import('@tanstack/react-query-devtools')).ReactQueryDevtools }));
  }
} catch {
  // No devtools then.
}

/** The defaults of every query. Mutations keep the library's own, no retry; those safe to repeat set their own. */
export const DEFAULT_QUERY_CONFIG = {
  defaultOptions: {
    queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: 1 },
  },
} satisfies QueryClientConfig;

export function createQueryClient(config: QueryClientConfig = {}): QueryClient {
  return new QueryClient({
    ...config,
    defaultOptions: {
      ...config.defaultOptions,
      queries: { ...DEFAULT_QUERY_CONFIG.defaultOptions.queries, ...config.defaultOptions?.queries },
    },
  });
}

export interface InvigilProviderProps extends ClientOptions {
  /** A client made by {@link createApiClient}; the other properties are then ignored. */
  client?: ApiClient | undefined;
  children?: ReactNode;
}

/** Tells the hooks below it where the service is, for an application that has its own `QueryClientProvider`. */
export function InvigilProvider({ client, apiUrl, wsUrl, timeoutMs, getToken, fetch, children }: InvigilProviderProps) {
  // Functions are read at each call: one written inline must not make a new client, and new connections, on every render.
  const functions = useLatest({ getToken, fetch });
  const made = useMemo(
    () =>
      client ??
      createApiClient({
        apiUrl,
        wsUrl,
        timeoutMs,
        getToken: (context) => functions.current.getToken?.(context),
        fetch: (input, init) => (functions.current.fetch ?? globalThis.fetch)(input, init),
      }),
    [client, apiUrl, wsUrl, timeoutMs, functions],
  );
  return <ClientContext.Provider value={made}>{children}</ClientContext.Provider>;
}

export interface QueryProviderProps extends InvigilProviderProps {
  /** An existing query client; by default the provider makes one with the package's defaults. */
  queryClient?: QueryClient | undefined;
  /** Whether to show the query devtools in development. Default true; production builds never contain them. */
  devtools?: boolean | undefined;
}

/**
 * Everything the hooks need in one element: a query client with the defaults staleTime 60 s, no refetch on window focus
 * and one retry, the service's addresses, and the devtools in development.
 */
export function QueryProvider({ queryClient, devtools = true, children, ...service }: QueryProviderProps) {
  const [own] = useState(() => queryClient ?? createQueryClient());
  const mounted = useMounted();
  return (
    <QueryClientProvider client={queryClient ?? own}>
      <InvigilProvider {...service}>{children}</InvigilProvider>
      {Devtools && devtools && mounted ? (
        <Suspense fallback={null}>
          <Devtools initialIsOpen={false} />
        </Suspense>
      ) : null}
    </QueryClientProvider>
  );
}

let environmentClient: ApiClient | undefined;

/** The client of the nearest provider; without one, a client set up from the environment. */
export function useApiClient(): ApiClient {
  const provided = useContext(ClientContext);
  return provided ?? (environmentClient ??= createApiClient());
}

function useMounted(): boolean {
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return mounted;
}
