/**
 * Holds what the engine says against labels. {@link io.invigil.replay.eval.Matching} is the one place that decides which
 * alert answers which event and which alert is false; {@code OUTPUT.md} describes the procedure.
 */
package io.invigil.replay.eval;
