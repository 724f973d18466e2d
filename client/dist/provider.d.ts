import { QueryClient, type QueryClientConfig } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { type ApiClient } from './api/client.js';
import type { ClientOptions } from './api/config.js';
/** The defaults of every query. Mutations keep the library's own, no retry; those safe to repeat set their own. */
export declare const DEFAULT_QUERY_CONFIG: {
    defaultOptions: {
        queries: {
            staleTime: number;
            refetchOnWindowFocus: false;
            retry: number;
        };
    };
};
export declare function createQueryClient(config?: QueryClientConfig): QueryClient;
export interface InvigilProviderProps extends ClientOptions {
    /** A client made by {@link createApiClient}; the other properties are then ignored. */
    client?: ApiClient | undefined;
    children?: ReactNode;
}
/** Tells the hooks below it where the service is, for an application that has its own `QueryClientProvider`. */
export declare function InvigilProvider({ client, apiUrl, wsUrl, timeoutMs, getToken, fetch, children }: InvigilProviderProps): import("react").JSX.Element;
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
export declare function QueryProvider({ queryClient, devtools, children, ...service }: QueryProviderProps): import("react").JSX.Element;
/** The client of the nearest provider; without one, a client set up from the environment. */
export declare function useApiClient(): ApiClient;
