package io.invigil.api;

/** How an {@link Accommodation} eases a kind of alert. */
public enum Relief {
    /** The kind is not judged; detectors that no other kind needs do not run and store nothing. */
    SILENCE("silence"),
    /** The condition must last longer and be plainer, by a factor. */
    RELAX("relax");

    private final String wireName;

    Relief(String wireName) {
        this.wireName = wireName;
    }

    /** The name in files, lower case. */
    public String wireName() {
        return wireName;
    }
}
