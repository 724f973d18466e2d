/** Recordings in: containers and codecs through FFmpeg, media time, sampling, and the encoder that makes the sample. */
package io.invigil.replay.media;
