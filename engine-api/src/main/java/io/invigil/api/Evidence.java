package io.invigil.api;

/**
 * The frame that carried an alert over its rule's line, for a reader who wants to check.
 *
 * @param frameIndex which offered frame of the session it is, from 0; -1 when the host reported it before any frame
 * @param timestampNs its media time
 */
public record Evidence(long frameIndex, long timestampNs) {}
