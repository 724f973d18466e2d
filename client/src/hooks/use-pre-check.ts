'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ApiClient } from '../api/client.js';
import { precheck } from '../api/endpoints.js';
import { ApiError } from '../api/errors.js';
import type { Precheck } from '../api/types.js';
import { StreamSnapshot } from '../media/stream-snapshot.js';
import { useApiClient } from '../provider.js';

export interface UsePreCheckOptions {
  stream: MediaStream | null | undefined;
  /** Default true. */
  enabled?: boolean;
  /** Milliseconds between looks. Default 1500. */
  intervalMs?: number;
  /** Consecutive good looks before `isReady`. Default 2, so that one lucky picture does not pass. */
  goodLooks?: number;
}

export interface UsePreCheckResult {
  /** The newest look, or `undefined` before the first. */
  result: Precheck | undefined;
  /** Whether enough looks in a row were good; stays so only while they are. */
  isReady: boolean;
  isChecking: boolean;
  error: Error | null;
  /** Looks again at once. */
  check: () => void;
}

const FIRST_PICTURE_MS = 5_000;
/** The camera is on and yet gave no picture to look at. */
export class NoPictureError extends Error {
  override name = 'NoPictureError';
}

let snapshots = 0;

/** Shows the service a picture every now and then before a session: does the camera work, is there light, one face? It stops where the token is refused. */
export function usePreCheck({ stream, enabled = true, intervalMs = 1_500, goodLooks = 2 }: UsePreCheckOptions): UsePreCheckResult {
  const client = useApiClient();
  const [source, setSource] = useState<{ id: number; snapshot: StreamSnapshot } | null>(null);
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

  const queryKey = ['invigil', 'precheck', source?.id ?? null] as const;
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Looks> => {
      const before = queryClient.getQueryData<Looks>(queryKey);
      try {
        const result = await look(client, source?.snapshot as StreamSnapshot, signal);
        return { result, good: result.ok ? (before?.good ?? 0) + 1 : 0 };
      } catch (error) {
        queryClient.setQueryData<Looks>(queryKey, (looks) => looks && { ...looks, good: 0 });
        throw error;
      }
    },
    enabled: source !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state: { error } }) => (error instanceof ApiError && error.isUnauthorized ? false : intervalMs),
  });

  return {
    result: query.data?.result,
    isReady: source !== null && (query.data?.good ?? 0) >= goodLooks,
    isChecking: query.isFetching,
    error: query.error,
    check: () => void query.refetch(),
  };
}

interface Looks {
  result: Precheck;
  /** Good looks in a row. */
  good: number;
}

async function look(client: ApiClient, snapshot: StreamSnapshot, signal: AbortSignal): Promise<Precheck> {
  const taken = (await snapshot.ready(signal, FIRST_PICTURE_MS)) ? await snapshot.take(1_280, 0.8) : null;
  if (!taken) {
    throw new NoPictureError('The camera gives no picture');
  }
  return precheck(client, taken.jpeg, { signal });
}
