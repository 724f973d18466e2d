package io.invigil.report.log;

/** A policy document that cannot be used; the message names the member, its value and what is allowed. */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** An error with the sentence a reader sees. */
    public PolicyException(String message) {
        super(message);
    }
}
