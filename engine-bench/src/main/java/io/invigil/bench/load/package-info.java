/** Many candidates at once on one engine: an open loop that offers frames when they are due, whatever becomes of them. */
package io.invigil.bench.load;
