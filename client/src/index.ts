/** Hooks over the Invigil service, with the provider they need and everything of `@invigil/client/api`. */
export * from './api/index.js';
export * from './hooks/health.js';
export {
  useCreateAlert,
  useAlerts,
  useEvidence,
  useProctoringStatus,
  useReportDownload,
  useReviewAlert,
  type CreateAlertVariables,
  type ReviewAlertVariables,
  type UseAlertsOptions,
} from './hooks/proctoring.js';
export {
  useCalibration,
  useCreateSession,
  useEndSession,
  useLiveSessions,
  usePauseSession,
  useResumeSession,
  useSession,
  useSessions,
  useSessionScore,
} from './hooks/sessions.js';
export * from './hooks/use-camera.js';
export * from './hooks/use-frame-sender.js';
export * from './hooks/use-live-events.js';
export * from './hooks/use-page-events.js';
export * from './hooks/use-pre-check.js';
export * from './hooks/use-web-socket.js';
export { isOptimistic, mergeAlerts, upsertAlerts } from './live/alert-cache.js';
export { backoffDelayMs, type BackoffOptions } from './live/backoff.js';
export type { LivePhase } from './live/event-follower.js';
export type { SendResult, SocketPhase } from './live/session-socket.js';
export type { CaptureMode, CapturedFrame } from './media/frame-capture.js';
export * from './provider.js';
