package io.invigil.replay.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A file system's complaint as a few words; its own message is often no more than a path. */
public final class IoWords {
    private IoWords() {}

    /** What is wrong, without the file's name. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "a file of that name is in the way";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "a folder of that name is in the way";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        String words = failure instanceof FileSystemException detailed && detailed.getReason() != null
                ? detailed.getReason()
                : failure.getMessage();
        if ("Is a directory".equals(words)) {
            return "it is a folder, must be a file";
        }
        return words == null ? failure.getClass().getSimpleName() : words;
    }

    /** What is wrong, after the name of the file where it is known. */
    public static String withFile(IOException failure) {
        return failure instanceof FileSystemException named && named.getFile() != null
                ? named.getFile() + ": " + of(failure)
                : of(failure);
    }
}
