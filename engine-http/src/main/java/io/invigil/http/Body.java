package io.invigil.http;

import io.invigil.wire.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/** What a call takes in its body. */
enum Body {
    /** Nothing; what comes is not read. */
    NONE,
    /** A JSON document. */
    JSON,
    /** A picture's file. */
    PICTURE;

    private static final Set<String> PICTURES =
            Set.of("image/jpeg", "image/png", "image/webp", "application/octet-stream");

    /** @throws ProblemException with 415 when the request says that its body is something else */
    void check(HttpServletRequest request) {
        String type = mediaType(request);
        // A page of any origin may send text/plain without asking; so only JSON is taken for JSON.
        if (this == JSON
                && !type.equals("application/json")
                && !(type.isEmpty() && request.getContentLengthLong() == 0)) {
            throw ProblemException.of(415, "the body must be application/json");
        }
        if (this == PICTURE && !PICTURES.contains(type)) {
            throw ProblemException.of(415, "the body must be image/jpeg, image/png or image/webp");
        }
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    /** The most bytes it may have. */
    int most(HttpLimits limits) {
        return switch (this) {
            case NONE -> 0;
            case JSON -> limits.maxBodyBytes();
            case PICTURE -> limits.maxPictureBytes();
        };
    }
}
