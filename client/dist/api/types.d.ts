export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type AlertPhase = 'open' | 'updated' | 'closed';
export type ReviewState = 'open' | 'reviewed' | 'dismissed';
export type SessionState = 'active' | 'paused' | 'ended' | 'expired';
export interface Review {
    state: ReviewState;
    note?: string | null;
    by?: string | null;
    at?: string | null;
}
export interface Alert {
    alert_id: string;
    type: string;
    severity: Severity;
    message: string;
    timestamp: string;
    requires_attention: boolean;
    phase?: AlertPhase;
    start_time?: string | null;
    end_time?: string | null;
    start_s?: number | null;
    end_s?: number | null;
    confidence?: number | null;
    details?: Record<string, unknown> | null;
    evidence_url?: string | null;
    review?: Review | null;
}
export interface CreateSessionRequest {
    candidate_name: string;
    interview_type: string;
    duration_minutes?: number;
    policy?: string | Record<string, unknown>;
    accommodations?: Record<string, unknown>[];
    keep_evidence?: boolean;
    metadata?: Record<string, unknown>;
}
export interface Session {
    session_id: string;
    candidate_name: string;
    interview_type: string;
    start_time: string;
    status: string;
    end_time?: string | null;
    state?: SessionState;
    duration_minutes?: number | null;
    policy?: unknown;
}
export interface CreatedSession extends Session {
    token?: string | null;
    ws_url?: string | null;
}
export interface SessionList {
    sessions: Session[];
    next_cursor?: string | null;
}
export interface StatusMessage {
    status: string;
    message: string;
}
export interface CalibrationTarget {
    x: number;
    y: number;
    duration_s: number;
}
export interface ProctoringStatus {
    session_id: string;
    is_active: boolean;
    alerts: Alert[];
    current_violations: string[];
    state?: SessionState;
    attention?: string | null;
    camera?: string | null;
    load?: number | null;
    open_alerts?: number;
    score?: number | null;
}
export interface AlertList {
    session_id: string;
    alerts: Alert[];
    next_cursor?: string | null;
}
export type AlertSubmission = Pick<Alert, 'type' | 'message'> & Partial<Pick<Alert, 'severity' | 'timestamp' | 'requires_attention'>>;
export interface AlertSubmitted {
    status: string;
    alert: Alert;
}
export interface AlertReviewRequest {
    review_state: ReviewState;
    note?: string | null;
}
export interface ScoreTerm {
    kind: string;
    weight: number;
    duration_s: number;
    share: number;
    points: number;
    alert_ids: string[];
}
export interface SessionScore {
    points: number;
    terms: ScoreTerm[];
}
export interface Precheck {
    ok: boolean;
    camera: string;
    light: string;
    faces: number;
    hints: string[];
}
export interface ServiceInfo {
    status: string;
    message: string;
    version: string;
}
export interface Health {
    status: string;
    environment: string;
    debug: boolean;
}
export type DetailedHealth = Health & Record<string, unknown>;
export interface FrameResult {
    timestamp: string;
    session_id: string;
    status: string;
    violations: Violation[];
    alerts: Alert[];
    frame_index?: number;
    load?: number;
    alert_updates?: Alert[];
    error?: string;
}
export interface Violation {
    type: string;
    severity: string;
    description: string;
    timestamp: string;
    data?: unknown;
}
