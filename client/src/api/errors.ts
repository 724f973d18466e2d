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
export class InvigilError extends Error {
  override name = 'InvigilError';
}

/** The service answered, with a status that is not 2xx. */
export class ApiError extends InvigilError {
  override name = 'ApiError';

  constructor(
    readonly status: number,
    readonly problem: ProblemDocument,
    readonly method: string,
    readonly path: string,
  ) {
    super(`${method} ${path} answered ${status}: ${describe(problem)}`);
  }

  /** No such session, alert or page; also for a session that is gone for good. */
  get isNotFound(): boolean {
    return this.status === 404 || this.status === 410;
  }

  /**
   * Whether the answer is a problem document as the service writes it. What stands in front of it, such as a proxy while the
   * service is brought up to date, answers with a page or with JSON of its own, which tells nothing of what the service has.
   */
  get isFromService(): boolean {
    const { type, status, detail, instance } = this.problem;
    return typeof type === 'string' && status === this.status && detail !== undefined && typeof instance === 'string';
  }

  get isUnauthorized(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** Whether the same call may succeed later without being changed. */
  get isRetryable(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** No answer within the configured time. */
export class TimeoutError extends InvigilError {
  override name = 'TimeoutError';

  constructor(
    readonly timeoutMs: number,
    readonly method: string,
    readonly path: string,
  ) {
    super(`${method} ${path} was not answered within ${timeoutMs} ms`);
  }
}

/** The service could not be reached: no network, refused, or forbidden by the browser. */
export class NetworkError extends InvigilError {
  override name = 'NetworkError';

  constructor(
    readonly method: string,
    readonly path: string,
    cause: unknown,
  ) {
    super(`${method} ${path} did not reach the service`, { cause });
  }
}

/** The service answered 2xx with something that is no JSON. */
export class MalformedAnswerError extends InvigilError {
  override name = 'MalformedAnswerError';

  constructor(
    readonly method: string,
    readonly path: string,
    cause: unknown,
  ) {
    super(`${method} ${path} answered something that is not JSON`, { cause });
  }
}

/** The package does not know where the service is. */
export class ConfigurationError extends InvigilError {
  override name = 'ConfigurationError';
}

function describe(problem: ProblemDocument): string {
  if (typeof problem.detail === 'string' && problem.detail !== '') {
    return problem.detail;
  }
  if (Array.isArray(problem.detail)) {
    const texts = problem.detail.map((entry) => (entry as { msg?: unknown } | null)?.msg).filter((msg) => typeof msg === 'string');
    if (texts.length > 0) {
      return texts.join('; ');
    }
  }
  return problem.title || 'no reason given';
}
