package io.invigil.wire;

import java.util.List;
import java.util.Objects;

/**
 * How a session stands at the moment, as far as a list of many tells it; {@link StatusView} tells more.
 *
 * @param connected whether a socket is open
 * @param openAlerts the open alerts, oldest first
 * @param unkept what the store does not have of it
 */
public record CurrentView(boolean connected, List<AlertView> openAlerts, UnkeptView unkept) {
    /** Checks and copies. */
    public CurrentView {
        openAlerts = List.copyOf(openAlerts);
        Objects.requireNonNull(unkept, "unkept");
    }

    CurrentView forCandidate() {
        return new CurrentView(connected, AlertView.forCandidate(openAlerts), unkept);
    }
}
