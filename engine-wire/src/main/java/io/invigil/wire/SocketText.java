package io.invigil.wire;

import java.util.Optional;
import java.util.stream.Collectors;

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
        if (text.isEmpty()) {
            return invalid("the message is empty");
        }
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
            return invalid(refusal(unusable));
        }
    }

    /** Why a text message was refused, with every fault in it. */
    public static String refusal(ProblemException problem) {
        return problem.fieldErrors().isEmpty()
                ? problem.getMessage()
                : problem.fieldErrors().stream()
                        .map(SocketText::fault)
                        .collect(Collectors.joining("; ", "the text message cannot be used: ", ""));
    }

    /** A fault with the member it is about; a place in the text says nothing to somebody who did not write it by hand. */
    private static String fault(FieldError error) {
        return error.loc().size() > 1 && error.loc().get(1) instanceof String member
                ? member + ": " + error.msg()
                : error.msg();
    }

    private static SocketText invalid(String fault) {
        return new SocketText(Kind.INVALID, Optional.empty(), Optional.of(fault));
    }
}
