/** Judges observations: pure state machines on media time, without a clock, a thread, a native or a file. */
package io.invigil.core.rules;
