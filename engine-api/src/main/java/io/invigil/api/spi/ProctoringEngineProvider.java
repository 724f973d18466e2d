package io.invigil.api.spi;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;

/** Makes engines; found through {@link java.util.ServiceLoader}. */
public interface ProctoringEngineProvider {
    /** Starts an engine; see {@link ProctoringEngine#create(EngineConfig)}. */
    ProctoringEngine create(EngineConfig config);
}
