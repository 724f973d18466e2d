package io.invigil.server;

import io.invigil.api.ProctoringEngine;
import io.invigil.server.record.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A server to try things on, with the real engine, a store in memory and, when a folder is named, the built pages:
 * {@code TryServer PORT [PAGES]}.
 */
final class TryServer {
    private TryServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (ProctoringEngine engine = ProctoringEngine.create()) {
            InvigilServer.Builder builder =
                    InvigilServer.builder(engine, new MemoryStore()).port(Integer.parseInt(args[0]));
            if (args.length > 1) {
                PagesServlet pages = new PagesServlet(Path.of(args[1]));
                PagesServlet.PATTERNS.forEach(pattern -> builder.servlet(pattern, pages));
            }
            try (InvigilServer server = builder.start()) {
                server.awaitStop();
            }
        }
    }
}
