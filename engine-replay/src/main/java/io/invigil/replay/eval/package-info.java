/** Holds what a replay reported against labels, and says how often it was right. */
package io.invigil.replay.eval;
