package io.invigil.api.spi;

import io.invigil.api.Judge;
import io.invigil.api.Policy;

/** Makes judges; found through {@link java.util.ServiceLoader}. */
public interface JudgeProvider {
    /** A judge of a new session; see {@link Judge#of}. */
    Judge judge(Policy policy);

    /** A judge that goes on from a snapshot; see {@link Judge#restore}. */
    Judge restore(Policy policy, byte[] snapshot);
}
