package org.inferencebridge.client;

import java.util.ArrayList;
import java.util.List;
import org.inferencebridge.v1.Choice;
import org.inferencebridge.v1.Parameter;
import org.inferencebridge.v1.ParameterValue;

/** Values of declared parameters as texts, the way people type them and macros record them. */
public final class ParameterText {
    private ParameterText() {
    }

    /**
     * Reads a text and checks it against the declaration. Numbers have a decimal point; switches are "true" or "false".
     *
     * @param parameter the declaration
     * @param text space around it is ignored
     * @throws BridgeException it names the parameter, the text and what would be accepted
     */
    public static ParameterValue parse(final Parameter parameter, final String text) throws BridgeException {
        final String trimmed = text.trim();
        try {
            final ParameterValue value = read(parameter, trimmed);
            if (value == null) {
                throw refusal("ParameterOutOfRange", parameter, trimmed);
            }
            return value;
        } catch (final NumberFormatException e) {
            throw refusal("ParameterTypeMismatch", parameter, trimmed);
        }
    }

    /** A value as {@link #parse} reads it. */
    public static String format(final ParameterValue value) {
        switch (value.getKindCase()) {
            case NUMBER:
                return number(value.getNumber());
            case INTEGER:
                return Long.toString(value.getInteger());
            case BOOLEAN:
                return Boolean.toString(value.getBoolean());
            default:
                return value.getChoice();
        }
    }

    /** The default as {@link #parse} reads it. */
    public static String defaultText(final Parameter parameter) {
        switch (parameter.getKindCase()) {
            case NUMBER:
                return number(parameter.getNumber().getDefaultValue());
            case INTEGER:
                return Long.toString(parameter.getInteger().getDefaultValue());
            case BOOLEAN:
                return Boolean.toString(parameter.getBoolean().getDefaultValue());
            default:
                return parameter.getChoice().getDefaultValue();
        }
    }

    /** What values are accepted, for people: "a number from 0 to 10". */
    public static String accepted(final Parameter parameter) {
        if (!parameter.getAccepted().isEmpty()) {
            return parameter.getAccepted();
        }
        switch (parameter.getKindCase()) {
            case NUMBER:
                return "a number from " + number(parameter.getNumber().getMinimum()) + " to " + number(parameter.getNumber().getMaximum());
            case INTEGER:
                return "a whole number from " + parameter.getInteger().getMinimum() + " to " + parameter.getInteger().getMaximum();
            case BOOLEAN:
                return "true or false";
            default:
                return "one of " + String.join(", ", choices(parameter));
        }
    }

    /** The named values that may be chosen. */
    public static List<String> choices(final Parameter parameter) {
        final List<String> values = new ArrayList<>();
        for (final Choice choice : parameter.getChoice().getChoicesList()) {
            values.add(choice.getValue());
        }
        return values;
    }

    /** A number without a needless fraction: "5", "0.8", "1e-06" as "1.0E-6". */
    public static String number(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    private static ParameterValue read(final Parameter parameter, final String text) {
        switch (parameter.getKindCase()) {
            case NUMBER:
                final double number = Double.parseDouble(text);
                if (Double.isNaN(number) || Double.isInfinite(number)) {
                    throw new NumberFormatException();
                }
                return number >= parameter.getNumber().getMinimum() && number <= parameter.getNumber().getMaximum()
                    ? ParameterValue.newBuilder().setNumber(number).build() : null;
            case INTEGER:
                final long integer = integer(text);
                return integer >= parameter.getInteger().getMinimum() && integer <= parameter.getInteger().getMaximum()
                    ? ParameterValue.newBuilder().setInteger(integer).build() : null;
            case BOOLEAN:
                if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                    throw new NumberFormatException();
                }
                return ParameterValue.newBuilder().setBoolean(text.equalsIgnoreCase("true")).build();
            default:
                return choices(parameter).contains(text) ? ParameterValue.newBuilder().setChoice(text).build() : null;
        }
    }

    private static long integer(final String text) {
        // A macro that computes a number may write 5 as 5.0000.
        final int point = text.indexOf('.');
        return Long.parseLong(point > 0 && text.substring(point + 1).matches("0*") ? text.substring(0, point) : text);
    }

    private static BridgeException refusal(final String error, final Parameter parameter, final String text) {
        return new BridgeException(error, "parameters." + parameter.getName(), "Parameter " + parameter.getName() + " is the text \""
            + text + "\"; accepted: " + accepted(parameter) + ".");
    }
}
