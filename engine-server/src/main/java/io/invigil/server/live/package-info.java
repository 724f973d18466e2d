/**
 * Live sessions over an engine and a store: implements the ports of {@code io.invigil.wire}. Media time is the time of
 * arrival on one clock per session, in nanoseconds since 1970, which only ever goes forward and goes on after a restart.
 */
package io.invigil.server.live;
