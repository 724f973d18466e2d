/** What a user would take instead, on the same frames in the same run. */
package io.invigil.bench.peers;
