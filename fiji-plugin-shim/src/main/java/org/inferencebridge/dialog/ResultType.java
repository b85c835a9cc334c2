package org.inferencebridge.dialog;

import java.util.ArrayList;
import java.util.List;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.image.PixelFormat;
import org.inferencebridge.v1.PixelType;

/** Pixel type of a result. */
public enum ResultType {
    /** As the operation's own rule says. */
    AUTOMATIC("automatic"),
    /** That of the image. */
    SAME("same"),
    /** 8-bit. */
    BITS8("8-bit"),
    /** 16-bit unsigned. */
    BITS16("16-bit"),
    /** 32-bit floating point. */
    BITS32("32-bit");

    private final String text;

    ResultType(final String text) {
        this.text = text;
    }

    /** What is asked of the server. */
    public PixelType wire(final PixelFormat image) {
        switch (this) {
            case SAME:
                return image.type();
            case BITS8:
                return PixelType.PIXEL_TYPE_UINT8;
            case BITS16:
                return PixelType.PIXEL_TYPE_UINT16;
            case BITS32:
                return PixelType.PIXEL_TYPE_FLOAT32;
            default:
                return PixelType.PIXEL_TYPE_UNSPECIFIED;
        }
    }

    /** As macros write it. */
    public String text() {
        return text;
    }

    static List<String> texts() {
        final List<String> texts = new ArrayList<>();
        for (final ResultType type : values()) {
            texts.add(type.text);
        }
        return texts;
    }

    static ResultType parse(final String text) throws BridgeException {
        for (final ResultType type : values()) {
            if (type.text.equalsIgnoreCase(text.trim())) {
                return type;
            }
        }
        throw new BridgeException("UsageInvalid", Keys.TYPE, "The type is \"" + text + "\"; accepted: " + String.join(", ", texts()) + ".");
    }
}
