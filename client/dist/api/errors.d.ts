/** A problem document (RFC 9457) as the service sends it. */
export interface ProblemDocument {
    type?: string;
    title?: string;
    status?: number;
    /** Text for a person; some answers carry a list of field errors here instead. */
    detail?: unknown;
    instance?: string;
    [extension: string]: unknown;
}
/** The one base of every error that a call of this package rejects with; a cancelled call rejects with an `AbortError`. */
export declare class InvigilError extends Error {
    name: string;
}
/** The service answered, with a status that is not 2xx. */
export declare class ApiError extends InvigilError {
    readonly status: number;
    readonly problem: ProblemDocument;
    readonly method: string;
    readonly path: string;
    name: string;
    constructor(status: number, problem: ProblemDocument, method: string, path: string);
    /** No such session, alert or page; also for a session that is gone for good. */
    get isNotFound(): boolean;
    get isUnauthorized(): boolean;
    /** Whether the same call may succeed later without being changed. */
    get isRetryable(): boolean;
}
/** No answer within the configured time. */
export declare class TimeoutError extends InvigilError {
    readonly timeoutMs: number;
    readonly method: string;
    readonly path: string;
    name: string;
    constructor(timeoutMs: number, method: string, path: string);
}
/** The service could not be reached: no network, refused, or forbidden by the browser. */
export declare class NetworkError extends InvigilError {
    readonly method: string;
    readonly path: string;
    name: string;
    constructor(method: string, path: string, cause: unknown);
}
/** The service answered 2xx with something that is no JSON. */
export declare class MalformedAnswerError extends InvigilError {
    readonly method: string;
    readonly path: string;
    name: string;
    constructor(method: string, path: string, cause: unknown);
}
/** The package does not know where the service is. */
export declare class ConfigurationError extends InvigilError {
    name: string;
}
