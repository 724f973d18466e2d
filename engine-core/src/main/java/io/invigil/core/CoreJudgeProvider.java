package io.invigil.core;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Judge;
import io.invigil.api.Policy;
import io.invigil.api.spi.JudgeProvider;
import io.invigil.core.rules.SessionRules;
import java.util.Objects;

/** Makes judges with the engine's rules; loads neither models nor natives. Found through {@link java.util.ServiceLoader}. */
public final class CoreJudgeProvider implements JudgeProvider {
    /** For the service loader. */
    public CoreJudgeProvider() {}

    @Override
    public Judge judge(Policy policy) {
        return new SessionRules(policy);
    }

    @Override
    public Judge restore(Policy policy, byte[] snapshot) {
        Objects.requireNonNull(snapshot, "snapshot");
        try {
            return SessionRules.restore(policy, snapshot);
        } catch (IllegalArgumentException unfit) {
            throw new EngineException(ErrorCode.CONFIGURATION, "the snapshot does not fit: " + unfit.getMessage());
        }
    }
}
