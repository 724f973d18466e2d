/** Benchmarks of what only this package can reach. */
package io.invigil.core.vision;
