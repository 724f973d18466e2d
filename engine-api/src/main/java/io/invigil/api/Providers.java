package io.invigil.api;

import java.util.ServiceLoader;

/** Finds implementations of the provider interfaces. */
final class Providers {
    private Providers() {}

    /**
     * The first that the class loader of these types sees, or else the calling thread's. In this order: threads of a common pool
     * do not see into an application that is packed into one archive, and a container's may see another copy of these types.
     *
     * @throws EngineException with {@link ErrorCode#NO_PROVIDER}
     */
    static <T> T first(Class<T> provider) {
        return ServiceLoader.load(provider, provider.getClassLoader())
                .findFirst()
                .or(() -> ServiceLoader.load(provider).findFirst())
                .orElseThrow(() -> new EngineException(
                        ErrorCode.NO_PROVIDER,
                        "no " + provider.getSimpleName()
                                + " is on the class path or module path; add io.invigil:engine-core"));
    }
}
