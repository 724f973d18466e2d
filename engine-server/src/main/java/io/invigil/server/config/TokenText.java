package io.invigil.server.config;

/** How a token stands in a setting: its holder's name, a colon, the token. */
final class TokenText {
    static final String FORM = "[A-Za-z0-9._-]{1,64}:[^\\s,]{16,}";

    private TokenText() {}
}
