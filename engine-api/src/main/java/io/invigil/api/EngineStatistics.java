package io.invigil.api;

/**
 * A snapshot of an engine's counters.
 *
 * @param frames frames of all sessions, closed ones included
 * @param openSessions sessions open now
 * @param sessionsOpened sessions ever opened
 * @param alertsOpened alerts ever opened
 * @param listenerFailures throws of listeners
 * @param conflatedResults frame results given up for slow listeners
 * @param stageNs time spent in each stage since the start, in nanoseconds of the monotonic clock
 * @param load of all lanes together, live frames only
 */
public record EngineStatistics(
        FrameCounts frames,
        int openSessions,
        long sessionsOpened,
        long alertsOpened,
        long listenerFailures,
        long conflatedResults,
        StageTimings stageNs,
        EngineLoad load) {}
