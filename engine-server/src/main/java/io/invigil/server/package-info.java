/**
 * The runnable composition: an engine, a store and both adapters on one port.
 *
 * <pre>{@code
 * try (InvigilServer server = InvigilServer.builder(engine, store).port(8000).start()) {
 *     server.awaitStop();
 * }
 * }</pre>
 */
package io.invigil.server;
