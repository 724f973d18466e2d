package io.invigil.core;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.spi.ProctoringEngineProvider;
import io.invigil.core.perception.Perception;
import io.invigil.core.vision.VisionPerception;

/** Makes engines with the built-in models; found through {@link java.util.ServiceLoader}. */
public final class CoreEngineProvider implements ProctoringEngineProvider {
    /** For the service loader. */
    public CoreEngineProvider() {}

    @Override
    public ProctoringEngine create(EngineConfig config) {
        Perception perception = VisionPerception.load(config.maxPixels());
        try {
            return new DefaultProctoringEngine(config, perception);
        } catch (RuntimeException | Error e) {
            perception.close();
            throw e;
        }
    }
}
