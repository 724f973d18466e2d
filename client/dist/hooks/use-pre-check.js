'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { precheck } from '../api/endpoints.js';
import { StreamSnapshot } from '../media/stream-snapshot.js';
import { useApiClient } from '../provider.js';
let snapshots = 0;
/** Shows the service a picture every now and then before a session: does the camera work, is there light, one face? */
export function usePreCheck({ stream, enabled = true, intervalMs = 1_500, goodLooks = 2 }) {
    const client = useApiClient();
    const [source, setSource] = useState(null);
    const streak = useRef({ updatedAt: 0, good: 0 });
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
    const query = useQuery({
        queryKey: ['invigil', 'precheck', source?.id ?? null],
        queryFn: async ({ signal }) => {
            const snapshot = source?.snapshot;
            await snapshot.ready(signal);
            const taken = await snapshot.take(1_280, 0.8);
            if (!taken) {
                throw new Error('The camera gave no picture');
            }
            return precheck(client, taken.jpeg, { signal });
        },
        enabled: source !== null,
        staleTime: 0,
        gcTime: 0,
        retry: false,
        structuralSharing: false,
        refetchInterval: intervalMs,
    });
    if (query.dataUpdatedAt !== streak.current.updatedAt || query.isError) {
        streak.current = {
            updatedAt: query.dataUpdatedAt,
            good: query.data?.ok && !query.isError ? streak.current.good + 1 : 0,
        };
    }
    return {
        result: query.data,
        isReady: source !== null && streak.current.good >= goodLooks,
        isChecking: query.isFetching,
        error: query.error,
        check: () => void query.refetch(),
    };
}
