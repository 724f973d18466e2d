/** Runs recordings through the engine and writes what came out. */
package io.invigil.replay.run;
