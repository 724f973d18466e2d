/** How long to wait before each try to connect again. */
export interface BackoffOptions {
  /** The wait before the first try, in milliseconds. Default 1000. */
  baseMs?: number | undefined;
  /** No wait is longer than this, in milliseconds. Default 15 000. */
  maxMs?: number | undefined;
  /** After so many tries without a lasting connection none follows. Default 10. */
  maxAttempts?: number | undefined;
  /** A number in [0, 1) for the jitter; `Math.random` by default. */
  random?: (() => number) | undefined;
}

/**
 * The wait before try number `attempt` (1, 2, ...): exponential up to the limit, of which the upper half is random, so
 * that a room full of candidates does not come back in the same instant after a restart.
 */
export function backoffDelayMs(attempt: number, options: BackoffOptions = {}): number {
  const full = Math.min(options.maxMs ?? 15_000, (options.baseMs ?? 1_000) * 2 ** (attempt - 1));
  return full / 2 + ((options.random ?? Math.random)() * full) / 2;
}
