/**
 * The model files of the engine, what they expect and give, and the metric face that head pose is fitted to.
 *
 * <p>Nothing here runs a model: {@link io.invigil.models.ModelCatalog} hands out checked bytes and a description.
 */
package io.invigil.models;
