package io.invigil.report.page;

import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.SessionEvent;
import java.time.Duration;
import java.util.Locale;

/** The words a reader sees for the engine's own. */
public final class Words {
    private Words() {}

    /** A kind of alert. */
    public static String of(AlertType type) {
        return switch (type) {
            case NO_FACE -> "No face in view";
            case MULTIPLE_PERSONS -> "More than one person";
            case EYES_LOOKING_AWAY -> "Looking away";
            case PROHIBITED_OBJECT -> "Prohibited object";
            case BLACK_SCREEN -> "Camera dark or covered";
            case FROZEN_VIDEO -> "Picture frozen";
            case STREAM_GAP -> "Gap in the stream";
            case PARTIAL_FACE -> "Face partly out of view";
            case REPEATED_GLANCES -> "Repeated glances";
            case IDENTITY_CHANGED -> "Face differs from the start";
            case SPOOF -> "Print or screen shown";
            case TAB_SWITCH -> "Other tab";
            case AUDIO_ANOMALY -> "Unusual sound";
            case WINDOW_BLUR -> "Window not in focus";
            case PASTE -> "Something pasted";
            case SECOND_DISPLAY -> "Second display";
            case HOST_DEFINED -> "Reported by the host";
        };
    }

    static String of(Direction direction) {
        return switch (direction) {
            case CENTER -> "at the screen";
            case IMAGE_LEFT -> "image left";
            case IMAGE_RIGHT -> "image right";
            case UP -> "up";
            case DOWN -> "down";
        };
    }

    static String of(CameraState state) {
        return switch (state) {
            case OK -> "good";
            case DARK -> "dark";
            case BLACK -> "black";
            case COVERED -> "covered";
            case BLURRED -> "blurred";
            case OVEREXPOSED -> "over-exposed";
        };
    }

    static String of(Doubt doubt) {
        return switch (doubt) {
            case DARK -> "too dark";
            case OVEREXPOSED -> "over-exposed";
            case BACKLIT -> "light from behind";
            case BLURRED -> "blurred";
            case COVERED -> "camera covered or black";
            case TOO_CLOSE -> "too close or partly out of view";
            case TOO_SMALL -> "face too small";
            case OCCLUDED -> "hidden, or eyes closed";
            case ROTATED -> "head turned too far";
            case STALE -> "picture does not change";
            case UNCALIBRATED -> "no neutral position yet";
            case NO_REFERENCE -> "no reference of the face yet";
            case UNCLEAR -> "between the answers";
            case NOT_EVALUATED -> "not evaluated";
        };
    }

    static String of(SessionEvent.Kind kind) {
        return switch (kind) {
            case QUALITY -> "Picture quality";
            case CALIBRATED -> "Neutral set";
            case REFERENCE_TAKEN -> "Face reference taken";
            case NOT_CALIBRATED -> "No neutral";
            case CAMERA_MOVED -> "Camera moved";
            case BLIND -> "Not analysed";
            case OVERLOAD -> "Engine overloaded";
            case PAUSED -> "Paused";
            case RESUMED -> "Went on";
            case NOT_KEPT -> "Not kept";
        };
    }

    /** A constant or key of the engine as words: {@code face_count} becomes {@code face count}. */
    public static String plain(String name) {
        return name.replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** So many of something, in the singular or the plural. */
    public static String count(long number, String one, String many) {
        return grouped(number) + ' ' + (number == 1 ? one : many);
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** A length of time with as much precision as a reader wants. */
    public static String length(long ns) {
        double seconds = ns / 1e9;
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }

    static String seconds(Duration time) {
        String text = String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
        return text.replaceAll("\\.?0+$", "") + " s";
    }

    /** A number with at most three decimals. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }

    /** A share of 1 as a percentage; what is more than nothing never reads as 0. */
    public static String percent(double share) {
        if (share > 0 && share < 0.01) {
            return "< 1 %";
        }
        return share > 0.99 && share < 1 ? "> 99 %" : Math.round(share * 100) + " %";
    }
}
