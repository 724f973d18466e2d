package io.invigil.core;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.spi.ProctoringEngineProvider;
import io.invigil.core.vision.VisionPerception;

/** Makes engines with the built-in models; found through {@link java.util.ServiceLoader}. */
public final class CoreEngineProvider implements ProctoringEngineProvider {
    /** For the service loader. */
    public CoreEngineProvider() {}

    @Override
    public ProctoringEngine create(EngineConfig config) {
        return new DefaultProctoringEngine(config, VisionPerception.load(config.maxPixels()));
    }
}
