/** Judges a session again from its observation log, without the recording, models or natives. */
package io.invigil.report.rescore;
