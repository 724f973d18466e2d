import type { ApiClient, CallOptions } from './client.js';
import type {
  Alert,
  AlertList,
  AlertReviewRequest,
  AlertSubmission,
  AlertSubmitted,
  CalibrationTarget,
  CreatedSession,
  CreateSessionRequest,
  DetailedHealth,
  Health,
  Precheck,
  ProctoringStatus,
  ServiceInfo,
  Session,
  SessionList,
  SessionScore,
  SessionState,
  Severity,
  StatusMessage,
} from './types.js';

export interface SessionFilter {
  state?: SessionState;
  limit?: number;
  cursor?: string;
}

export interface AlertFilter {
  kind?: string;
  severity?: Severity;
  /** Only alerts after this zoned ISO time. */
  since?: string;
  cursor?: string;
}

/** The downloads of a session's report. */
export type ReportFormat = 'report.html' | 'alerts.jsonl' | 'alerts.csv';

export const DEFAULT_ALERT_LIMIT = 100;
/** The service refuses a page of more. */
const MOST_ON_A_PAGE = 500;

const session = (sessionId: string, rest = '') => `/api/v1/session/${encodeURIComponent(sessionId)}${rest}`;
const proctoring = (what: 'status' | 'alerts', sessionId: string, rest = '') =>
  `/api/v1/proctoring/${what}/${encodeURIComponent(sessionId)}${rest}`;

export function getServiceInfo(client: ApiClient, options?: CallOptions): Promise<ServiceInfo> {
  return client.json('/', { ...options });
}

export function getHealth(client: ApiClient, options?: CallOptions): Promise<Health> {
  return client.json('/health', { ...options });
}

export function getDetailedHealth(client: ApiClient, options?: CallOptions): Promise<DetailedHealth> {
  return client.json('/health/detailed', { ...options });
}

export function createSession(client: ApiClient, request: CreateSessionRequest, options?: CallOptions): Promise<CreatedSession> {
  return client.json('/api/v1/session/create', { ...options, method: 'POST', json: request });
}

export function getSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<Session> {
  return client.json(session(sessionId), { ...options, sessionId });
}

export function listSessions(client: ApiClient, filter: SessionFilter = {}, options?: CallOptions): Promise<SessionList> {
  return client.json('/api/v1/sessions', { ...options, query: { ...filter } });
}

/** Every session that the filter lets through, newest first: page after page until there is no further one. */
export async function listAllSessions(client: ApiClient, filter: Pick<SessionFilter, 'state'> = {}, options?: CallOptions): Promise<Session[]> {
  const all: Session[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listSessions(client, { ...filter, limit: MOST_ON_A_PAGE, ...(cursor ? { cursor } : {}) }, options);
    all.push(...page.sessions);
    if (!page.next_cursor) {
      return all;
    }
    cursor = page.next_cursor;
  }
}

/** Idempotent: ending an ended session succeeds. */
export function endSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<StatusMessage> {
  return client.json(session(sessionId, '/end'), { ...options, method: 'POST', sessionId });
}

export function pauseSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<Session> {
  return client.json(session(sessionId, '/pause'), { ...options, method: 'POST', sessionId });
}

export function resumeSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<Session> {
  return client.json(session(sessionId, '/resume'), { ...options, method: 'POST', sessionId });
}

/** Tells the service which point of the screen the candidate is asked to look at, as shares of width and height from the upper left. */
export function sendCalibrationTarget(
  client: ApiClient,
  sessionId: string,
  target: CalibrationTarget,
  options?: CallOptions,
): Promise<StatusMessage> {
  return client.json(session(sessionId, '/calibration'), { ...options, method: 'POST', json: target, sessionId });
}

export function getProctoringStatus(client: ApiClient, sessionId: string, options?: CallOptions): Promise<ProctoringStatus> {
  return client.json(proctoring('status', sessionId), { ...options, sessionId });
}

export function getAlerts(
  client: ApiClient,
  sessionId: string,
  limit = DEFAULT_ALERT_LIMIT,
  filter: AlertFilter = {},
  options?: CallOptions,
): Promise<AlertList> {
  return client.json(proctoring('alerts', sessionId), { ...options, query: { limit, ...filter }, sessionId });
}

export function createAlert(
  client: ApiClient,
  sessionId: string,
  alert: AlertSubmission,
  options?: CallOptions,
): Promise<AlertSubmitted> {
  return client.json(proctoring('alerts', sessionId), { ...options, method: 'POST', json: alert, sessionId });
}

export function reviewAlert(
  client: ApiClient,
  sessionId: string,
  alertId: string,
  review: AlertReviewRequest,
  options?: CallOptions,
): Promise<Alert> {
  return client.json(proctoring('alerts', sessionId, `/${encodeURIComponent(alertId)}`), {
    ...options,
    method: 'PATCH',
    json: review,
    sessionId,
  });
}

export function getScore(client: ApiClient, sessionId: string, options?: CallOptions): Promise<SessionScore> {
  return client.json(session(sessionId, '/score'), { ...options, sessionId });
}

export function downloadReport(
  client: ApiClient,
  sessionId: string,
  format: ReportFormat,
  options?: CallOptions,
): Promise<Blob> {
  return client.blob(session(sessionId, `/${format}`), { ...options, sessionId });
}

/** The picture that carried an alert over its rule's line. */
export function getEvidence(client: ApiClient, alert: Pick<Alert, 'evidence_url'>, sessionId: string, options?: CallOptions): Promise<Blob> {
  if (!alert.evidence_url) {
    return Promise.reject(new RangeError('evidence_url is empty, must name a picture'));
  }
  return client.blob(pathOf(client, alert.evidence_url), { ...options, sessionId });
}

/** Judges one JPEG before a session starts: does the camera work, is there light, is there one face. */
export function precheck(client: ApiClient, jpeg: Blob, options?: CallOptions): Promise<Precheck> {
  return client.json('/api/v1/precheck', { ...options, method: 'POST', body: jpeg });
}

/** Keeps the bearer token with the service: an address elsewhere is refused. */
function pathOf(client: ApiClient, url: string): string {
  if (url.startsWith('/') && !url.startsWith('//')) {
    return url;
  }
  if (url.startsWith(`${client.config.apiUrl}/`)) {
    return url.slice(client.config.apiUrl.length);
  }
  throw new RangeError(`evidence_url is ${JSON.stringify(url)}, must be an address of the service itself`);
}
