package org.inferencebridge.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inferencebridge.client.BridgeException;

/** Where a result goes. */
public enum Output {
    /** Memory where it fits, else a virtual stack. */
    AUTOMATIC,
    /** A new image in memory. */
    MEMORY,
    /** A new virtual stack over a temporary file. */
    VIRTUAL,
    /** A TIFF file, shown as a virtual stack. */
    FILE;

    /** As macros write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as macros write them. */
    public static List<String> texts() {
        final List<String> texts = new ArrayList<>();
        for (final Output output : values()) {
            texts.add(output.text());
        }
        return texts;
    }

    static Output parse(final String text) throws BridgeException {
        for (final Output output : values()) {
            if (output.text().equalsIgnoreCase(text.trim())) {
                return output;
            }
        }
        throw new BridgeException("UsageInvalid", Keys.OUTPUT, "The output is \"" + text + "\"; accepted: " + String.join(", ", texts()) + ".");
    }
}
