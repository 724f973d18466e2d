/** Looks at pictures: decoding, quality, faces, meshes, head pose, gaze, bodies and objects. The only package with natives. */
package io.invigil.core.vision;
