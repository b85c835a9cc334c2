package org.inferencebridge.dialog;

import ij.plugin.frame.Recorder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options as a person chose them: the text of a macro, and the lines of the recorder. */
public final class OptionText {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Adds or replaces a value. */
    public void put(final String key, final String value) {
        values.put(key, value);
    }

    /** As a macro writes them. */
    public String text() {
        final StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(key).append("=[").append(value).append("] "));
        return text.toString().trim();
    }

    /** Tells the recorder, where it is open. */
    public void record() {
        if (Recorder.record) {
            values.forEach(Recorder::recordOption);
        }
    }
}
