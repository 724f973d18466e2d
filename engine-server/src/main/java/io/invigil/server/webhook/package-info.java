/**
 * Tells the host by signed HTTP calls what happens in sessions. What is to be told is kept together with the change it tells of
 * and sent later, so nothing on the way of a frame waits for a receiver, and nothing is forgotten when the process ends.
 */
package io.invigil.server.webhook;
