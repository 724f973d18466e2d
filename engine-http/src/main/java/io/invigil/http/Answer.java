package io.invigil.http;

import io.invigil.wire.Done;
import io.invigil.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a call is answered with. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    static Answer json(Object view) {
        return new Answer(200, JSON, WireJson.writeBytes(view), Map.of());
    }

    /** 202 for what is done and not kept yet. */
    static Answer done(Done<?> done) {
        return new Answer(done.kept() ? 200 : 202, JSON, WireJson.writeBytes(done.view()), Map.of());
    }

    static Answer of(String contentType, byte[] body) {
        return new Answer(200, contentType, body, Map.of());
    }

    static Answer text(String contentType, String text) {
        return of(contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new java.util.TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
