/** The one base of every error that a call of this package rejects with; a cancelled call rejects with an `AbortError`. */
export class InvigilError extends Error {
    name = 'InvigilError';
}
/** The service answered, with a status that is not 2xx. */
export class ApiError extends InvigilError {
    status;
    problem;
    method;
    path;
    name = 'ApiError';
    constructor(status, problem, method, path) {
        super(`${method} ${path} answered ${status}: ${describe(problem)}`);
        this.status = status;
        this.problem = problem;
        this.method = method;
        this.path = path;
    }
    /** No such session, alert or page; also for a session that is gone for good. */
    get isNotFound() {
        return this.status === 404 || this.status === 410;
    }
    get isUnauthorized() {
        return this.status === 401 || this.status === 403;
    }
    /** Whether the same call may succeed later without being changed. */
    get isRetryable() {
        return this.status === 408 || this.status === 429 || this.status >= 500;
    }
}
/** No answer within the configured time. */
export class TimeoutError extends InvigilError {
    timeoutMs;
    method;
    path;
    name = 'TimeoutError';
    constructor(timeoutMs, method, path) {
        super(`${method} ${path} was not answered within ${timeoutMs} ms`);
        this.timeoutMs = timeoutMs;
        this.method = method;
        this.path = path;
    }
}
/** The service could not be reached: no network, refused, or forbidden by the browser. */
export class NetworkError extends InvigilError {
    method;
    path;
    name = 'NetworkError';
    constructor(method, path, cause) {
        super(`${method} ${path} did not reach the service`, { cause });
        this.method = method;
        this.path = path;
    }
}
/** The service answered 2xx with something that is no JSON. */
export class MalformedAnswerError extends InvigilError {
    method;
    path;
    name = 'MalformedAnswerError';
    constructor(method, path, cause) {
        super(`${method} ${path} answered something that is not JSON`, { cause });
        this.method = method;
        this.path = path;
    }
}
/** The package does not know where the service is. */
export class ConfigurationError extends InvigilError {
    name = 'ConfigurationError';
}
function describe(problem) {
    if (typeof problem.detail === 'string' && problem.detail !== '') {
        return problem.detail;
    }
    if (Array.isArray(problem.detail)) {
        const texts = problem.detail.map((entry) => entry?.msg).filter((msg) => typeof msg === 'string');
        if (texts.length > 0) {
            return texts.join('; ');
        }
    }
    return problem.title || 'no reason given';
}
