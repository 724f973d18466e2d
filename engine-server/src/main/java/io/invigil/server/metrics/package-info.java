/** What the server tells Prometheus. */
package io.invigil.server.metrics;
