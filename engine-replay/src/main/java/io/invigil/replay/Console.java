package io.invigil.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Where the command line speaks: results to one stream, errors and progress to the other. Thread-safe. */
final class Console {
    private final PrintStream out;
    private final OutputStream belowOut;
    private final PrintStream err;
    private final boolean terminal;
    private boolean barShown;

    Console(PrintStream out, PrintStream err, boolean terminal) {
        this(out, out, err, terminal);
    }

    /** A console that can ask what lies below its output why something did not get through; a print stream does not tell. */
    Console(PrintStream out, OutputStream belowOut, PrintStream err, boolean terminal) {
        this.out = out;
        this.belowOut = belowOut;
        this.err = err;
        this.terminal = terminal;
    }

    /** True when a person watches: both ends of the process are a terminal. */
    static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on a console object says nothing about a terminal, and this method does.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    boolean terminal() {
        return terminal;
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true);
    }

    /** True when something that was said did not get through, and not because its reader had enough, as {@code head} has. */
    boolean lostOutput() {
        return out.checkError() && !isClosedPipe();
    }

    private boolean isClosedPipe() {
        try {
            belowOut.write('\n');
            return false;
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
        }
    }

    synchronized void line(String text) {
        lines(List.of(text));
    }

    /** Several lines, with nothing of another thread's in between. */
    synchronized void lines(List<String> texts) {
        clearBar();
        texts.forEach(text -> out.println(printable(text)));
        out.flush();
    }

    /** A document of the program's own, line breaks and all. */
    synchronized void document(String text) {
        clearBar();
        out.println(text.stripTrailing());
        out.flush();
    }

    synchronized void note(String text) {
        clearBar();
        err.println(printable(text));
    }

    synchronized void error(String text) {
        note("invigil: " + text);
    }

    /** Shows a progress bar in place of the one before; only on a terminal. */
    synchronized void bar(String text) {
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
            err.flush();
            barShown = true;
        }
    }

    synchronized void clearBar() {
        if (barShown) {
            err.print("\r\u001b[K");
            err.flush();
            barShown = false;
        }
    }

    /** The text without characters that could drive a terminal: file names may hold any. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "?");
    }
}
