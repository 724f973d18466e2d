package io.invigil.server;

import io.invigil.wire.ProblemView;
import io.invigil.wire.WireJson;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** As {@link ProblemPages}, for what is refused inside the servlet context. */
final class ServletProblemPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String path = request.getHttpURI().getPath();
        byte[] body = WireJson.writeBytes(ProblemView.of(status, ProblemView.title(status), path == null ? "" : path));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
