/** The report: one self-contained HTML page for a reviewer. */
package io.invigil.report.page;
