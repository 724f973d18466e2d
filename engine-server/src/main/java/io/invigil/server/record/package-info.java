/**
 * What the server keeps, and the port behind which it is kept ({@link io.invigil.server.record.RecordStore}). Media time is
 * nanoseconds since 1970 in UTC.
 */
package io.invigil.server.record;
