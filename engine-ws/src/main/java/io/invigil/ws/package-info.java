/** The WebSocket adapter: a servlet that settles everything in the handshake and then upgrades. Needs a Jakarta Servlet 6 and WebSocket 2.1 server. */
package io.invigil.ws;
