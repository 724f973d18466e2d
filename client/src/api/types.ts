// The wire's types, generated from the service's own documents, under the names that this package speaks of.
import type { components } from './schema.js';

type Schemas = components['schemas'];

/** An interval of the session in which a rule held; times with a zone. */
export type Alert = Schemas['Alert'];
export type AlertList = Schemas['AlertPage'];
export type AlertPhase = Alert['phase'];
/** What a page reports: an alert without its id. */
export type AlertSubmission = Schemas['AlertReport'];
export type AlertSubmitted = Schemas['AlertReportAnswer'];
export type AlertReview = Schemas['Review'];
export type AlertReviewRequest = Schemas['ReviewRequest'];
export type ReviewState = AlertReview['state'];
export type Severity = Alert['severity'];

export type Session = Schemas['Session'];
/** A session as its creation answers it: with the address to dial and, where tokens are asked for, a token for its candidate. */
export type CreatedSession = Session;
export type SessionState = Session['state'];
export type SessionList = Schemas['SessionPage'];
export type SessionScore = Schemas['Score'];
export type ScoreTerm = Schemas['ScoreTerm'];
export type Accommodation = Schemas['Accommodation'];
export type CreateSessionRequest = Schemas['SessionRequest'];
export type CalibrationTarget = Schemas['CalibrationRequest'];

export type ProctoringStatus = Schemas['Status'];
export type Attention = Schemas['Attention'];
export type CameraReading = Schemas['Camera'];
export type FrameCounts = Schemas['Frames'];

export type FrameResult = Schemas['FrameResult'];
export type Violation = Schemas['Violation'];
export type ResultMessage = Schemas['ProctoringResult'];
export type SessionMessage = Schemas['SessionState'];
export type EventResultMessage = Schemas['EventResult'];
export type PongMessage = Schemas['Pong'];
/** Something the page noticed, as it goes up the WebSocket. */
export type EventMessage = Schemas['ClientEvent'];
/** One text message of the service. */
export type ServerMessage = ResultMessage | SessionMessage | EventResultMessage | PongMessage;

export type Precheck = Schemas['Precheck'];
export type ServiceInfo = Schemas['Service'];
export type Health = Schemas['Health'];
export type DetailedHealth = Schemas['DetailedHealth'];
export type StatusMessage = Schemas['Acknowledgement'];
export type AlertNews = Schemas['AlertNews'];
/** A problem document (RFC 9457). */
export type Problem = Schemas['Problem'];
