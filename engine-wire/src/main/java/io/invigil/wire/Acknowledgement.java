package io.invigil.wire;

/**
 * That a call did what it says.
 *
 * @param status {@code success}
 * @param message one English sentence
 */
public record Acknowledgement(String status, String message) {
    /** Success, in these words. */
    public static Acknowledgement success(String message) {
        return new Acknowledgement("success", message);
    }
}
