package io.invigil.server.store;

import io.invigil.server.record.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps a second server off an embedded database: a lock on a file beside it, which the system frees however the process
 * ends. Makes the folder when it is missing, readable by its owner alone.
 */
final class FileLease implements AutoCloseable {
    private static final String PREFIX = "jdbc:sqlite:";

    private final FileChannel channel;

    private FileLease(FileChannel channel) {
        this.channel = channel;
    }

    static FileLease of(String url) {
        if (!url.startsWith(PREFIX)) {
            return new FileLease(null);
        }
        String name = url.substring(PREFIX.length());
        if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
            throw new StoreException("the store's url must name a plain file after " + PREFIX, null);
        }
        Path database = Path.of(name).toAbsolutePath();
        try {
            makePrivate(database.getParent());
            FileChannel channel = FileChannel.open(
                    database.resolveSibling(database.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new StoreException("the store " + database + " is in use by another server", null);
            }
            return new FileLease(channel);
        } catch (IOException failure) {
            throw new StoreException("the store " + database + " cannot be made: " + failure, failure);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(folder, mode);
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new StoreException("the store's lock cannot be given back", failure);
            }
        }
    }
}
