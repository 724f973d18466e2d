package io.invigil.http;

import io.invigil.wire.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Reads bodies within limits of size, type and time. */
final class BodyReader {
    private static final Set<String> PICTURES =
            Set.of("image/jpeg", "image/png", "image/webp", "application/octet-stream");
    private static final int CHUNK = 8192;

    private final HttpLimits limits;

    BodyReader(HttpLimits limits) {
        this.limits = limits;
    }

    byte[] json(HttpServletRequest request) {
        String type = mediaType(request);
        // A page of any origin may send text/plain without asking; so only JSON is taken for JSON.
        if (!type.equals("application/json") && !(type.isEmpty() && request.getContentLengthLong() == 0)) {
            throw ProblemException.of(415, "the body must be application/json");
        }
        return read(request, limits.maxBodyBytes());
    }

    byte[] picture(HttpServletRequest request) {
        if (!PICTURES.contains(mediaType(request))) {
            throw ProblemException.of(415, "the body must be image/jpeg, image/png or image/webp");
        }
        return read(request, limits.maxPictureBytes());
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    private byte[] read(HttpServletRequest request, int most) {
        long stated = request.getContentLengthLong();
        if (stated > most) {
            throw tooLong(most);
        }
        long deadlineNs = System.nanoTime() + limits.bodyTimeout().toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.max(256, Math.min(stated, most)));
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = request.getInputStream();
            int count;
            while ((count = in.read(chunk)) >= 0) {
                if (body.size() + count > most) {
                    throw tooLong(most);
                }
                body.write(chunk, 0, count);
                if (System.nanoTime() - deadlineNs > 0) {
                    throw slow(limits.bodyTimeout());
                }
            }
        } catch (IOException broken) {
            throw ProblemException.of(400, "the body ended early or could not be read");
        }
        return body.toByteArray();
    }

    private static ProblemException tooLong(int most) {
        return ProblemException.of(413, "the body is longer than " + most + " bytes");
    }

    private static ProblemException slow(Duration limit) {
        return ProblemException.of(408, "the body took longer than " + limit.toSeconds() + " s to come");
    }
}
