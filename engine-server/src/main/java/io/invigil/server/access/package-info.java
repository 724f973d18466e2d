/** Who may call: static tokens kept as hashes, JSON Web Tokens, and the tokens the server makes for candidates. */
package io.invigil.server.access;
