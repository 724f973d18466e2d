/** How long a new process takes to its first alert. */
package io.invigil.bench.start;
