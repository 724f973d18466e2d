/**
 * The wire contract in Java: what the calls carry ({@code ...View} goes out, {@code ...Request} comes in), its JSON
 * ({@link io.invigil.wire.WireJson}), the OpenAPI document, and the ports an adapter calls
 * ({@link io.invigil.wire.ProctoringService}, {@link io.invigil.wire.FrameGateway}, {@link io.invigil.wire.ReviewFeed},
 * {@link io.invigil.wire.AccessControl}). Names on the wire are the record components in snake case; times are ISO 8601 in
 * UTC with three decimals; no number is NaN or infinite; lists are never null.
 */
package io.invigil.wire;
