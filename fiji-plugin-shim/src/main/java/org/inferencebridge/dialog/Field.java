package org.inferencebridge.dialog;

import java.awt.Component;
import java.util.function.Supplier;

/** One field of a dialog. */
final class Field {
    private final String key;
    private final String help;
    private final Component component;
    private final Supplier<String> value;
    private final String usual;

    /**
     * @param key of the macro option
     * @param help sentences for the line below the fields
     * @param component that a person touches
     * @param value its value as a macro writes it
     * @param usual value that need not be recorded; null records always
     */
    Field(final String key, final String help, final Component component, final Supplier<String> value, final String usual) {
        this.key = key;
        this.help = help;
        this.component = component;
        this.value = value;
        this.usual = usual;
    }

    String key() {
        return key;
    }

    String help() {
        return help;
    }

    Component component() {
        return component;
    }

    String value() {
        return value.get().trim();
    }

    boolean isUsual() {
        return value().equals(usual);
    }
}
