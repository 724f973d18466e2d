package io.invigil.server.config;

/** The settings as a table in Markdown. */
public final class SettingsTable {
    private SettingsTable() {}

    /** One row a setting, in the table's order. */
    public static String markdown() {
        StringBuilder table = new StringBuilder(
                "| key and flag | environment | default | allowed | what it does |\n" + "|---|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            table.append("| `")
                    .append(setting.key())
                    .append("` | `")
                    .append(setting.variable())
                    .append("` | ")
                    .append(setting.defaultValue().isEmpty() ? "" : '`' + setting.defaultValue() + '`')
                    .append(" | ")
                    .append(setting.allowed())
                    .append(" | ")
                    .append(setting.meaning())
                    .append(setting.isSecret() ? " (never shown)" : "")
                    .append(" |\n");
        }
        return table.toString();
    }
}
