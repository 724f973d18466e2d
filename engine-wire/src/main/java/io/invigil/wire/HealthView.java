package io.invigil.wire;

/**
 * Whether the service works: the contract's three fields.
 *
 * @param status {@code ok}, {@code degraded} or {@code stopping}
 * @param environment a name of the operator's choice
 * @param debug always false: there is no debug mode
 */
public record HealthView(String status, String environment, boolean debug) {}
