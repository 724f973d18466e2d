/** The border between the pipeline, which moves frames, and vision, which looks at them. No native type crosses it. */
package io.invigil.core.perception;
