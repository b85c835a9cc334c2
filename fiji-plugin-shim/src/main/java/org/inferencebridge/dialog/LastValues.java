package org.inferencebridge.dialog;

import java.util.HashMap;
import java.util.Map;

/** What was entered last in this session, by operation and key, so that a dialog opens with it. */
final class LastValues {
    private static final Map<String, String> VALUES = new HashMap<>();

    private LastValues() {
    }

    static synchronized String get(final String operation, final String key, final String otherwise) {
        return VALUES.getOrDefault(operation + " " + key, otherwise);
    }

    static synchronized void put(final String operation, final Field field) {
        VALUES.put(operation + " " + field.key(), field.value());
    }
}
