package org.inferencebridge.dialog;

import ij.macro.Interpreter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inferencebridge.client.BridgeException;

/**
 * Options as macros write them: {@code key=value other=[value with spaces] switch}. Keys do not care for case. A value
 * {@code &name} takes the macro's variable of that name.
 */
public final class MacroOptions {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param text the options; null or empty has none */
    public MacroOptions(final String text) {
        final String rest = text == null ? "" : text.trim();
        int i = 0;
        while (i < rest.length()) {
            final int start = i;
            while (i < rest.length() && rest.charAt(i) != '=' && rest.charAt(i) != ' ') {
                i++;
            }
            final String key = rest.substring(start, i).toLowerCase(Locale.ROOT);
            String value = "true";
            if (i < rest.length() && rest.charAt(i) == '=') {
                final boolean quoted = i + 1 < rest.length() && rest.charAt(i + 1) == '[';
                final int from = quoted ? i + 2 : i + 1;
                final int found = quoted ? closing(rest, from) : rest.indexOf(' ', from);
                final int to = found < 0 ? rest.length() : found;
                value = resolve(rest.substring(from, to));
                i = quoted ? to + 1 : to;
            }
            if (!key.isEmpty()) {
                values.put(key, value);
            }
            while (i < rest.length() && rest.charAt(i) == ' ') {
                i++;
            }
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether the key is there. */
    public boolean has(final String key) {
        return values.containsKey(key.toLowerCase(Locale.ROOT));
    }

    /** The value of a key, or another one where it is absent. */
    public String get(final String key, final String otherwise) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), otherwise);
    }

    /**
     * The value of a switch: {@code key} and {@code key=true} switch it on.
     *
     * @throws BridgeException it is neither true nor false
     */
    public boolean isOn(final String key) throws BridgeException {
        final String value = get(key, "false");
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new BridgeException("UsageInvalid", key, "The option " + key + " is \"" + value + "\"; accepted: true or false.");
        }
        return value.equalsIgnoreCase("true");
    }

    /**
     * Refuses what would otherwise be ignored without a word.
     *
     * @param known the keys that mean something
     * @throws BridgeException there is another one
     */
    public void refuseUnknown(final Collection<String> known) throws BridgeException {
        for (final String key : values.keySet()) {
            if (known.stream().noneMatch(key::equalsIgnoreCase)) {
                throw new BridgeException("ParameterUnknown", key, "The option " + key + " is not known; accepted: " + String.join(", ", known) + ".");
            }
        }
    }

    /** Titles may hold brackets of their own: the one counts that ends the text or stands before a space and another key. */
    private static int closing(final String text, final int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '[') {
                depth++;
            } else if (text.charAt(i) == ']' && depth-- == 0) {
                return i;
            }
        }
        return text.lastIndexOf(']');
    }

    private static String resolve(final String value) {
        final Interpreter interpreter = Interpreter.getInstance();
        if (!value.startsWith("&") || interpreter == null) {
            return value;
        }
        final String text = interpreter.getVariableAsString(value.substring(1));
        return text == null ? value : text.replaceAll("^\"|\"$", "");
    }
}
