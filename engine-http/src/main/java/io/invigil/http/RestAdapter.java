package io.invigil.http;

import io.invigil.wire.AccessControl;
import io.invigil.wire.ProctoringService;
import io.invigil.wire.ReviewFeed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Mounts the REST calls into any Jakarta Servlet 6 server, from a {@code ServletContainerInitializer} or a context listener:
 *
 * <pre>{@code
 * RestServlet calls = RestAdapter.builder(service, feed)
 *         .cors(CorsSettings.of("https://exam.example.org"))
 *         .mount(servletContext, "");
 * ...
 * calls.close();
 * }</pre>
 */
public final class RestAdapter {
    private final ProctoringService service;
    private final ReviewFeed feed;
    private AccessControl access = AccessControl.open();
    private CorsSettings cors = CorsSettings.DEVELOPMENT;
    private HttpLimits limits = HttpLimits.DEFAULTS;
    private Set<String> hostNames = HostFilter.LOOPBACK;
    private CallListener listener = CallListener.NONE;

    private RestAdapter(ProctoringService service, ReviewFeed feed) {
        this.service = Objects.requireNonNull(service, "service");
        this.feed = Objects.requireNonNull(feed, "feed");
    }

    /** An adapter over these ports, with the defaults. */
    public static RestAdapter builder(ProctoringService service, ReviewFeed feed) {
        return new RestAdapter(service, feed);
    }

    /** Who may call. Default: everybody. */
    public RestAdapter access(AccessControl value) {
        access = Objects.requireNonNull(value, "access");
        return this;
    }

    /** Which pages of other origins may call. Default: {@link CorsSettings#DEVELOPMENT}. */
    public RestAdapter cors(CorsSettings value) {
        cors = Objects.requireNonNull(value, "cors");
        return this;
    }

    /** How much is taken. Default: {@link HttpLimits#DEFAULTS}. */
    public RestAdapter limits(HttpLimits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /** Under which host names it answers; empty for any. Default: {@link HostFilter#LOOPBACK}. */
    public RestAdapter hostNames(Set<String> value) {
        hostNames = Set.copyOf(value);
        return this;
    }

    /** Who hears of answered calls. Default: nobody. */
    public RestAdapter listener(CallListener value) {
        listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /**
     * Adds the servlet and its filters to a context that is starting.
     *
     * @param prefix path below the context, such as {@code /proctoring}; empty for the context itself
     * @return the servlet, to be {@linkplain RestServlet#close closed} before the server stops
     */
    public RestServlet mount(ServletContext context, String prefix) {
        String pattern = prefix + "/*";
        // Host names first, so that nothing else answers; then what every answer carries.
        filter(context, "invigil-host", pattern, new HostFilter(hostNames));
        filter(context, "invigil-security-headers", pattern, new SecurityHeadersFilter());
        filter(context, "invigil-cors", pattern, new CorsFilter(cors));
        filter(context, "invigil-request-rate", pattern, new RequestRateFilter(limits));
        RestServlet servlet = new RestServlet(service, feed, access, limits, listener);
        ServletRegistration.Dynamic registration = context.addServlet("invigil-rest", servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping(pattern);
        return servlet;
    }

    private static void filter(ServletContext context, String name, String pattern, jakarta.servlet.Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, pattern);
    }
}
