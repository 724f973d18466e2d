'use client';

import { useQuery } from '@tanstack/react-query';
import { getDetailedHealth, getHealth } from '../api/endpoints.js';
import { healthKeys } from '../api/keys.js';
import { useApiClient } from '../provider.js';

const HEALTH_STALE_MS = 60_000;

/** Whether the service is up. */
export function useHealthCheck(enabled = true) {
  const client = useApiClient();
  return useQuery({
    queryKey: healthKeys.basic(),
    queryFn: ({ signal }) => getHealth(client, { signal }),
    enabled,
    staleTime: HEALTH_STALE_MS,
  });
}

/** Models, lanes, store, load and version of the service. */
export function useDetailedHealthCheck(enabled = true) {
  const client = useApiClient();
  return useQuery({
    queryKey: healthKeys.detailed(),
    queryFn: ({ signal }) => getDetailedHealth(client, { signal }),
    enabled,
    staleTime: HEALTH_STALE_MS,
  });
}
