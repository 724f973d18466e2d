package io.invigil.bench.service;

import io.invigil.api.Observation;

/** What an engine that looks at nothing says it sees. */
@FunctionalInterface
public interface Sight {
    /** The observation of a frame. */
    Observation at(long frameIndex, long timestampNs);
}
