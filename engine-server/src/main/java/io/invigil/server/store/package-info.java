/**
 * Keeps the server's records in a database: SQLite without any set-up, or PostgreSQL. Why so, and what was measured:
 * {@code docs/adr/0004-embedded-sqlite-and-group-commit.md}.
 */
package io.invigil.server.store;
