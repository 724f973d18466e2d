'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  createAlert,
  DEFAULT_ALERT_LIMIT,
  downloadReport,
  getAlerts,
  getEvidence,
  getProctoringStatus,
  reviewAlert,
  type AlertFilter,
  type ReportFormat,
} from '../api/endpoints.js';
import { proctoringKeys, sessionKeys } from '../api/keys.js';
import type { Alert, AlertList, AlertReviewRequest, AlertSubmission } from '../api/types.js';
import { findAlert, mergeAlerts, optimisticId, patchAlert, removeAlert, upsertAlerts } from '../live/alert-cache.js';
import { useApiClient } from '../provider.js';
import { heedStatus, isSettled, isUnknown } from './sessions.js';

const STATUS_POLL_MS = 5_000;
const ALERTS_POLL_MS = 3_000;

/**
 * The live state of a session, polled every 5 s until the session is over and all alerts and events of it are kept. What it
 * tells of a pause or the end makes the session be fetched anew, and the end its alerts and score too.
 */
export function useProctoringStatus(sessionId: string | null | undefined, enabled = true) {
  const client = useApiClient();
  const queryClient = useQueryClient();
  const queryKey = proctoringKeys.status(sessionId ?? '');
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const status = await getProctoringStatus(client, sessionId as string, { signal });
      heedStatus(queryClient, status, queryClient.getQueryData(queryKey));
      return status;
    },
    enabled: enabled && Boolean(sessionId),
    staleTime: STATUS_POLL_MS,
    refetchInterval: ({ state: { data, error } }) =>
      (data?.is_active === false && !data.unkept.failing && data.unkept.waiting === 0) || isUnknown(error)
        ? false
        : STATUS_POLL_MS,
  });
}

export interface UseAlertsOptions extends AlertFilter {
  /** Default true. */
  enabled?: boolean;
}

/**
 * A session's alerts, newest first, polled every 3 s until they are those of a session that is over. Alerts that a live connection
 * brings are in the same list, each `alert_id` once.
 */
export function useAlerts(sessionId: string | null | undefined, limit = DEFAULT_ALERT_LIMIT, options: UseAlertsOptions = {}) {
  const client = useApiClient();
  const queryClient = useQueryClient();
  const { enabled = true, ...filter } = options;
  const queryKey = proctoringKeys.alerts(sessionId ?? '', limit, filter);
  return useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<AlertList> => {
      const answer = await getAlerts(client, sessionId as string, limit, filter, { signal });
      const known = filter.cursor ? undefined : queryClient.getQueryData<AlertList>(queryKey);
      return { ...answer, alerts: mergeAlerts(known?.alerts ?? [], answer.alerts, limit) };
    },
    enabled: enabled && Boolean(sessionId),
    staleTime: ALERTS_POLL_MS,
    refetchInterval: ({ state }) => (isUnknown(state.error) || (sessionId && isSettled(queryClient, sessionId, state)) ? false : ALERTS_POLL_MS),
  });
}

export interface CreateAlertVariables {
  sessionId: string;
  alert: AlertSubmission;
}

/**
 * Reports an alert. It is in the session's lists at once, under a made-up id; it leaves them if the service refuses it,
 * and the service's own version takes its place otherwise.
 */
export function useCreateAlert() {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: [...proctoringKeys.all, 'create-alert'],
    mutationFn: ({ sessionId, alert }: CreateAlertVariables) => createAlert(client, sessionId, alert),
    onMutate: async ({ sessionId, alert }) => {
      // An answer asked for before this moment cannot know the alert.
      await queryClient.cancelQueries({ queryKey: proctoringKeys.alertLists(sessionId) });
      const shown = standIn(alert);
      upsertAlerts(queryClient, sessionId, [shown]);
      return { optimisticId: shown.alert_id };
    },
    onError: (_error, { sessionId }, context) => {
      if (context) {
        removeAlert(queryClient, sessionId, context.optimisticId);
      }
    },
    onSuccess: (answer, { sessionId }, context) => {
      removeAlert(queryClient, sessionId, context.optimisticId);
      // One that was ignored is described too.
      if (answer.status === 'success') {
        upsertAlerts(queryClient, sessionId, [answer.alert]);
      }
    },
    onSettled: (_answer, _error, { sessionId }) =>
      queryClient.invalidateQueries({ queryKey: proctoringKeys.session(sessionId) }),
  });
}

export interface ReviewAlertVariables extends AlertReviewRequest {
  sessionId: string;
  alertId: string;
}

/**
 * Marks an alert as reviewed or dismissed, with a note, or with the one it has where none is given; shown at once and taken
 * back if the service refuses it.
 */
export function useReviewAlert() {
  const client = useApiClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: [...proctoringKeys.all, 'review-alert'],
    mutationFn: ({ sessionId, alertId, ...review }: ReviewAlertVariables) => reviewAlert(client, sessionId, alertId, review),
    onMutate: async ({ sessionId, alertId, review_state, note }) => {
      await queryClient.cancelQueries({ queryKey: proctoringKeys.alertLists(sessionId) });
      const before = findAlert(queryClient, sessionId, alertId)?.review;
      patchAlert(queryClient, sessionId, alertId, {
        review: { by: null, at: null, ...before, state: review_state, note: note ?? before?.note ?? '' },
      });
      return { before };
    },
    onError: (_error, { sessionId, alertId }, context) => {
      if (context?.before) {
        patchAlert(queryClient, sessionId, alertId, { review: context.before });
      }
    },
    onSuccess: (answer, { sessionId, alertId }) => {
      patchAlert(queryClient, sessionId, alertId, { review: answer.review });
    },
    onSettled: (_answer, _error, { sessionId }) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: proctoringKeys.alertLists(sessionId) }),
        queryClient.invalidateQueries({ queryKey: sessionKeys.lists() }),
      ]),
  });
}

/**
 * The address of an alert's evidence picture for an `<img>`, fetched with the token and released on unmount; `null`
 * while there is none.
 */
export function useEvidence(sessionId: string, alert: Pick<Alert, 'alert_id' | 'evidence_url'> | null | undefined) {
  const client = useApiClient();
  const query = useQuery({
    queryKey: proctoringKeys.evidence(sessionId, alert?.alert_id ?? ''),
    queryFn: ({ signal }) => getEvidence(client, alert ?? { evidence_url: null }, sessionId, { signal }),
    enabled: Boolean(alert?.evidence_url),
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const [url, setUrl] = useState<string | null>(null);
  const picture = query.data;
  useEffect(() => {
    if (!picture) {
      return undefined;
    }
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [picture]);
  return { ...query, url };
}

/** Fetches a report with the token and hands it to the browser as a download. */
export function useReportDownload() {
  const client = useApiClient();
  return useMutation({
    mutationKey: [...sessionKeys.all, 'report'],
    mutationFn: async ({ sessionId, format }: { sessionId: string; format: ReportFormat }) => {
      const report = await downloadReport(client, sessionId, format);
      saveAs(report, `invigil-${sessionId}-${format}`);
      return report;
    },
  });
}

/** What is shown of an alert until the service has answered for it. */
function standIn(reported: AlertSubmission): Alert {
  const severity = reported.severity ?? 'medium';
  const timestamp = reported.timestamp ?? new Date().toISOString();
  return {
    alert_id: optimisticId(),
    type: reported.type,
    severity,
    message: reported.message,
    timestamp,
    requires_attention: severity === 'critical' || severity === 'high',
    phase: reported.phase === 'began' ? 'open' : 'closed',
    start_time: timestamp,
    end_time: timestamp,
    start_s: 0,
    end_s: 0,
    confidence: 1,
    details: {},
    evidence_url: null,
    review: { state: 'open', note: '', by: null, at: null },
  };
}

function saveAs(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
