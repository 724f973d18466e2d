/**
 * The wait before try number `attempt` (1, 2, ...): exponential up to the limit, of which the upper half is random, so
 * that a room full of candidates does not come back in the same instant after a restart.
 */
export function backoffDelayMs(attempt, options = {}) {
    const full = Math.min(options.maxMs ?? 15_000, (options.baseMs ?? 1_000) * 2 ** (attempt - 1));
    return full / 2 + ((options.random ?? Math.random)() * full) / 2;
}
