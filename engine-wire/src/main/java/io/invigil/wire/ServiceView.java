package io.invigil.wire;

/** What answers at the root: the contract's three fields. */
public record ServiceView(String status, String message, String version) {}
