package io.invigil.core.rules;

/**
 * Where on the media time line a judgement is made.
 *
 * @param frameIndex which offered frame it is
 * @param timestampNs its media time
 * @param afterGap true when so much time lies between this frame and the one before that nothing may be concluded across it
 */
record Moment(long frameIndex, long timestampNs, boolean afterGap) {}
