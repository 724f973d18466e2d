/** How the server is configured: one table of settings ({@link io.invigil.server.config.Setting}), three places to set them. */
package io.invigil.server.config;
