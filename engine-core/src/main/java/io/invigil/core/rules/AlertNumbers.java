package io.invigil.core.rules;

import io.invigil.api.AlertType;

/** Numbers the alerts of one kind in the order in which they open, from 1. */
final class AlertNumbers {
    final AlertType type;
    int last;

    AlertNumbers(AlertType type) {
        this.type = type;
    }

    String next() {
        last++;
        return id(type, last);
    }

    static String id(AlertType type, int number) {
        return type.wireName() + "-" + number;
    }

    void exchange(StateExchange state) {
        last = state.of(last);
    }
}
