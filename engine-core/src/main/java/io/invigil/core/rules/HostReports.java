package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.HostEvent;
import io.invigil.api.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything the host reports in one session, one rule a name. The engine's own kinds have a name each. */
final class HostReports {
    private static final int MOST_RULES = HostEvent.MAX_NAMES
            + (int) Arrays.stream(AlertType.values())
                    .filter(AlertType::isHostReported)
                    .count();

    private final Policy policy;
    private final Map<AlertType, AlertNumbers> numbers = new EnumMap<>(AlertType.class);
    private final TreeMap<String, HostRule> rules = new TreeMap<>();
    /** The same rules by name, for a walk on every frame. */
    private List<HostRule> inOrder = List.of();

    private boolean paused;

    HostReports(Policy policy) {
        this.policy = policy;
        for (AlertType type : AlertType.values()) {
            if (type.isHostReported()) {
                numbers.put(type, new AlertNumbers(type));
            }
        }
    }

    /**
     * Takes a report.
     *
     * @throws EngineException with {@link io.invigil.api.ErrorCode#CONFIGURATION} when the session has too many names already
     */
    Optional<Alert> take(HostEvent event, long frameIndex, List<Alert> told) {
        if (!policy.rule(event.type()).enabled()) {
            return Optional.empty();
        }
        if (event.type() == AlertType.HOST_DEFINED
                && !rules.containsKey(event.name())
                && namesOfTheHost() >= HostEvent.MAX_NAMES) {
            throw EngineException.outOfRange(
                    "name", '"' + event.name() + '"', "one of the " + HostEvent.MAX_NAMES + " names reported so far");
        }
        return ofName(event.name()).take(event, frameIndex, told);
    }

    private long namesOfTheHost() {
        return rules.keySet().stream()
                .filter(name -> typeOf(name) == AlertType.HOST_DEFINED)
                .count();
    }

    private static AlertType typeOf(String name) {
        return HostEvent.moment(name, 0).type();
    }

    private HostRule ofName(String name) {
        HostRule rule = rules.get(name);
        if (rule == null) {
            rule = rule(name);
            if (paused) {
                rule.pause(List.of()); // There is nothing to tell.
            }
            rules.put(name, rule);
            inOrder = List.copyOf(rules.values());
        }
        return rule;
    }

    private HostRule rule(String name) {
        AlertType type = typeOf(name);
        return new HostRule(name, policy.rule(type), numbers.get(type));
    }

    /** Media time went on. */
    void advance(long nowNs, List<Alert> told) {
        for (int i = 0; i < inOrder.size(); i++) {
            inOrder.get(i).advance(nowNs, told);
        }
    }

    /** Closes what is open; reports change nothing but what goes on, until {@link #resume}. */
    void pause(List<Alert> told) {
        paused = true;
        rules.values().forEach(rule -> rule.pause(told));
    }

    /** The session goes on: so does what was reported as begun and not as ended. */
    void resume(long nowNs, long frameIndex, List<Alert> told) {
        paused = false;
        rules.values().forEach(rule -> rule.resume(nowNs, frameIndex, told));
    }

    /** Closes what is open. */
    void finish(List<Alert> told) {
        rules.values().forEach(rule -> rule.finish(told));
    }

    /** The open alerts as they stand. */
    List<Alert> openAlerts() {
        List<Alert> open = new ArrayList<>();
        rules.values().forEach(rule -> rule.openAlert().ifPresent(open::add));
        return open;
    }

    void exchange(StateExchange state) {
        List<String> names = new ArrayList<>(rules.keySet());
        paused = state.of(paused);
        int count = state.count(names.size(), MOST_RULES);
        for (int i = 0; i < count; i++) {
            String name = state.of(i < names.size() ? names.get(i) : "");
            ofName(name).exchange(state);
        }
        numbers.values().forEach(number -> number.exchange(state));
    }
}
