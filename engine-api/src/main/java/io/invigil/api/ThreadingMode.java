package io.invigil.api;

/** Which threads run the stages. Results are the same in every mode. */
public enum ThreadingMode {
    /** One thread a lane runs all stages of a frame in turn. The cheapest when there are more sessions than cores. */
    FUSED,
    /** One thread a stage and lane: the shortest time from frame to result for few sessions. */
    STAGED,
    /** No threads: {@link ProctoringSession#offer} runs every stage and listener before it returns. For tests and tools. */
    CALLER
}
