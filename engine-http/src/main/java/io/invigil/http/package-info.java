/** The REST adapter: a servlet with every call of the contract, filters for cross-origin calls, limits and security headers, and the event stream. Needs a Jakarta Servlet 6 server; no session, cookie or annotation scan. */
package io.invigil.http;
