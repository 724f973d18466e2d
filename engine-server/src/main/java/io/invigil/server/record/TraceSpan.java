package io.invigil.server.record;

/**
 * From when to when a trace reaches.
 *
 * @param firstNs media time of its first point
 * @param lastNs media time of its last point
 */
public record TraceSpan(long firstNs, long lastNs) {}
