/** Moves frames: admission, lanes, stages, dispatch and accounting. Knows nothing of pixels. */
package io.invigil.core.pipeline;
