/** The program: {@code ./invigil serve}. */
package io.invigil.server.app;
