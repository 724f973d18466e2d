/**
 * What an application sees when it embeds the engine. Open a {@link io.invigil.api.ProctoringEngine}, open a
 * {@link io.invigil.api.ProctoringSession} for each candidate, offer it {@link io.invigil.api.Frame frames}, and hear
 * {@link io.invigil.api.Alert alerts} through a {@link io.invigil.api.SessionListener}.
 *
 * <p>All directions are those of the upright picture: x to the right, y down. All times in results are media time.
 */
package io.invigil.api;
