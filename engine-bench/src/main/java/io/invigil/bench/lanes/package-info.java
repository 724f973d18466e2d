/** The experiment behind docs/adr/0001: which ring, which threads and which wait strategy a lane should have. */
package io.invigil.bench.lanes;
