'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { precheck } from '../api/endpoints.js';
import { StreamSnapshot } from '../media/stream-snapshot.js';
import { useApiClient } from '../provider.js';
let snapshots = 0;
/** Shows the service a picture every now and then before a session: does the camera work, is there light, one face? */
export function usePreCheck({ stream, enabled = true, intervalMs = 1_500, goodLooks = 2 }) {
    const client = useApiClient();
    const [source, setSource] = useState(null);
    const queryClient = useQueryClient();
    useEffect(() => {
        if (!stream || !enabled) {
            return undefined;
        }
        const snapshot = new StreamSnapshot(stream);
        setSource({ id: ++snapshots, snapshot });
        return () => {
            snapshot.dispose();
            setSource(null);
        };
    }, [stream, enabled]);
    const queryKey = ['invigil', 'precheck', source?.id ?? null];
    const query = useQuery({
        queryKey,
        queryFn: async ({ signal }) => {
            const before = queryClient.getQueryData(queryKey);
            try {
                const result = await look(client, source?.snapshot, signal);
                return { result, good: result.ok ? (before?.good ?? 0) + 1 : 0 };
            }
            catch (error) {
                queryClient.setQueryData(queryKey, (looks) => looks && { ...looks, good: 0 });
                throw error;
            }
        },
        enabled: source !== null,
        staleTime: 0,
        gcTime: 0,
        retry: false,
        refetchInterval: intervalMs,
    });
    return {
        result: query.data?.result,
        isReady: source !== null && (query.data?.good ?? 0) >= goodLooks,
        isChecking: query.isFetching,
        error: query.error,
        check: () => void query.refetch(),
    };
}
async function look(client, snapshot, signal) {
    await snapshot.ready(signal);
    const taken = await snapshot.take(1_280, 0.8);
    if (!taken) {
        throw new Error('The camera gave no picture');
    }
    return precheck(client, taken.jpeg, { signal });
}
