import type { ApiClient, CallOptions } from './client.js';
import type { Alert, AlertList, AlertReviewRequest, AlertSubmission, AlertSubmitted, CalibrationTarget, CreatedSession, CreateSessionRequest, DetailedHealth, Health, Precheck, ProctoringStatus, ServiceInfo, Session, SessionList, SessionScore, SessionState, Severity, StatusMessage } from './types.js';
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
export declare const DEFAULT_ALERT_LIMIT = 100;
export declare function getServiceInfo(client: ApiClient, options?: CallOptions): Promise<ServiceInfo>;
export declare function getHealth(client: ApiClient, options?: CallOptions): Promise<Health>;
export declare function getDetailedHealth(client: ApiClient, options?: CallOptions): Promise<DetailedHealth>;
export declare function createSession(client: ApiClient, request: CreateSessionRequest, options?: CallOptions): Promise<CreatedSession>;
export declare function getSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<Session>;
export declare function listSessions(client: ApiClient, filter?: SessionFilter, options?: CallOptions): Promise<SessionList>;
/** Idempotent: ending an ended session succeeds. */
export declare function endSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<StatusMessage>;
export declare function pauseSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<StatusMessage>;
export declare function resumeSession(client: ApiClient, sessionId: string, options?: CallOptions): Promise<StatusMessage>;
/** Tells the service which point of the screen the candidate is asked to look at, as shares of width and height from the upper left. */
export declare function sendCalibrationTarget(client: ApiClient, sessionId: string, target: CalibrationTarget, options?: CallOptions): Promise<StatusMessage>;
export declare function getProctoringStatus(client: ApiClient, sessionId: string, options?: CallOptions): Promise<ProctoringStatus>;
export declare function getAlerts(client: ApiClient, sessionId: string, limit?: number, filter?: AlertFilter, options?: CallOptions): Promise<AlertList>;
export declare function createAlert(client: ApiClient, sessionId: string, alert: AlertSubmission, options?: CallOptions): Promise<AlertSubmitted>;
export declare function reviewAlert(client: ApiClient, sessionId: string, alertId: string, review: AlertReviewRequest, options?: CallOptions): Promise<AlertSubmitted>;
export declare function getScore(client: ApiClient, sessionId: string, options?: CallOptions): Promise<SessionScore>;
export declare function downloadReport(client: ApiClient, sessionId: string, format: ReportFormat, options?: CallOptions): Promise<Blob>;
/** The picture that carried an alert over its rule's line. */
export declare function getEvidence(client: ApiClient, alert: Pick<Alert, 'evidence_url'>, sessionId: string, options?: CallOptions): Promise<Blob>;
/** Judges one JPEG before a session starts: does the camera work, is there light, is there one face. */
export declare function precheck(client: ApiClient, jpeg: Blob, options?: CallOptions): Promise<Precheck>;
