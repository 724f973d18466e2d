package io.invigil.models;

/** A model file is missing, or is not the file that the manifest describes. */
public final class ModelIntegrityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelIntegrityException(String fileName, String expected, String actual) {
        super("model file " + fileName + ": expected " + expected + ", got " + actual);
    }

    ModelIntegrityException(String fileName, Throwable cause) {
        super("model file " + fileName + " cannot be read", cause);
    }
}
