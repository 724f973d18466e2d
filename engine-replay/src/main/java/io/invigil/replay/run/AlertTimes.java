package io.invigil.replay.run;

import io.invigil.report.log.MediaTime;

/** Media time inside a sentence. */
final class AlertTimes {
    private AlertTimes() {}

    static String at(long ns) {
        return MediaTime.seconds(ns) + " s";
    }
}
