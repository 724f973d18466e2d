/** Benchmarks of the frame path: JMH, the table of costs by stage, and the experiment on lane designs. */
package io.invigil.bench;
