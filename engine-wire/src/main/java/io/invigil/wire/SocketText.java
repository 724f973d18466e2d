package io.invigil.wire;

import java.util.Optional;

/**
 * A text message a client sent over the socket.
 *
 * @param kind what it is
 * @param event the event it tells of; present for {@link Kind#EVENT} only
 * @param fault what is wrong with it; present for {@link Kind#INVALID} only
 */
public record SocketText(Kind kind, Optional<AlertRequest> event, Optional<String> fault) {
    /** What a text message is. */
    public enum Kind {
        /** {@code {"type":"ping"}}. */
        PING,
        /** {@code {"type":"event",...}}. */
        EVENT,
        /** Anything else. */
        INVALID
    }

    /** Reads a message; never throws for what it holds. */
    public static SocketText read(String text) {
        try {
            BodyFields fields = BodyFields.read(text);
            String type = fields.optionalText("type", 64);
            if (type.equals("ping")) {
                return new SocketText(Kind.PING, Optional.empty(), Optional.empty());
            }
            if (type.equals("event")) {
                return new SocketText(Kind.EVENT, Optional.of(AlertRequest.readEvent(fields)), Optional.empty());
            }
            return invalid("the text message's type is none of ping, event");
        } catch (ProblemException unusable) {
            return invalid(unusable.fieldErrors().stream()
                    .map(error ->
                            error.loc().stream().skip(1).map(Object::toString).reduce("", (a, b) -> a + "/" + b) + ": "
                                    + error.msg())
                    .reduce((a, b) -> a + "; " + b)
                    .map(faults -> "the text message cannot be used: " + faults)
                    .orElse("the text message cannot be used"));
        }
    }

    private static SocketText invalid(String fault) {
        return new SocketText(Kind.INVALID, Optional.empty(), Optional.of(fault));
    }
}
