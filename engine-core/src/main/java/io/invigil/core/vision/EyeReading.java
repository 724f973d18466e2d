package io.invigil.core.vision;

import io.invigil.api.Doubt;
import io.invigil.api.Gaze;
import io.invigil.api.Reading;
import java.util.Objects;
import java.util.Optional;

/**
 * What could be read from a pair of eyes.
 *
 * @param gaze the gaze; present exactly when the reading is PRESENT
 * @param reading PRESENT with a confidence, or CANNOT_TELL: too small, rotated, or occluded (lids closed)
 * @param openness lid opening over eye width, mean of the eyes in view; 0 when it could not be measured
 */
record EyeReading(Optional<Gaze> gaze, Reading reading, double openness) {
    EyeReading {
        Objects.requireNonNull(gaze, "gaze");
        Objects.requireNonNull(reading, "reading");
        if (gaze.isPresent() != reading.isPresent()) {
            throw new IllegalArgumentException("a gaze goes with PRESENT and with nothing else");
        }
    }

    static EyeReading unreadable(Doubt doubt, double openness) {
        return new EyeReading(Optional.empty(), Reading.cannotTell(doubt), openness);
    }
}
