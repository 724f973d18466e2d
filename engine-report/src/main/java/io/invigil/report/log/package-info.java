/** What a replay writes and reads as text: alerts, observations and events as JSON Lines, the summary, and policies. */
package io.invigil.report.log;
