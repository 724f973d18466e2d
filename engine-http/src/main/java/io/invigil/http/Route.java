package io.invigil.http;

import io.invigil.wire.Scope;
import java.util.Optional;
import java.util.function.Function;

/**
 * One call of the contract.
 *
 * @param method the HTTP method
 * @param path its path
 * @param scope what a caller must be allowed; empty when anybody may
 * @param body what it takes in its body
 * @param handler answers it
 */
record Route(String method, PathTemplate path, Optional<Scope> scope, Body body, Function<Call, Answer> handler) {}
