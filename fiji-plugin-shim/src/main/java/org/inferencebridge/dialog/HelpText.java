package org.inferencebridge.dialog;

import org.inferencebridge.client.ParameterText;
import org.inferencebridge.v1.Choice;
import org.inferencebridge.v1.Input;
import org.inferencebridge.v1.Operation;
import org.inferencebridge.v1.Parameter;

/** Help for people, built from declarations. */
public final class HelpText {
    private HelpText() {
    }

    /** One parameter in a sentence or two: what it is, what it accepts, its default. */
    static String of(final Parameter parameter) {
        final StringBuilder text = new StringBuilder(parameter.getHelp());
        for (final Choice choice : parameter.getChoice().getChoicesList()) {
            text.append(' ').append(choice.getValue()).append(": ").append(choice.getHelp());
        }
        final String unit = parameter.getUnit().isEmpty() ? "" : " " + parameter.getUnit();
        return text.append(" (").append(ParameterText.accepted(parameter)).append(unit).append("; default ")
            .append(ParameterText.defaultText(parameter)).append(")").toString();
    }

    /** What stands behind a field: "px, 3 to 21"; a range that is too long to read is left to the help. */
    static String unitAndRange(final Parameter parameter) {
        final String range = ParameterText.accepted(parameter).replaceAll("^.*number from ", "");
        final boolean isShort = range.length() <= 14;
        return parameter.getUnit() + (isShort && !parameter.getUnit().isEmpty() ? ", " : "") + (isShort ? range : "");
    }

    /** A page for the Help button: the operation and all of its keys. */
    static String page(final Operation operation) {
        final StringBuilder html = new StringBuilder("<html><h2>").append(escape(operation.getSummary())).append("</h2><p>")
            .append(escape(operation.getId())).append(", version ").append(escape(operation.getVersion())).append("</p><p>")
            .append(escape(operation.getDescription())).append("</p><table cellpadding=3>");
        for (final Input input : Keys.auxiliaries(operation)) {
            row(html, input.getName(), input.getHelp() + (input.getRequired() ? "" : " (optional)"));
        }
        for (final Parameter parameter : operation.getParametersList()) {
            row(html, Keys.of(operation, parameter), of(parameter));
        }
        html.append("</table><h3>Image and result</h3><table cellpadding=3>");
        row(html, "channels, slices, frames", "All, or numbers and ranges such as 1,3-5.");
        row(html, Keys.CROP, "The bounding box of the selection only.");
        row(html, Keys.TYPE, "Pixel type of the result: " + String.join(", ", ResultType.texts()) + ".");
        row(html, Keys.OUTPUT, "Where the result goes: memory, a virtual stack, or a file (save). Automatic chooses memory where it fits.");
        row(html, Keys.IN_PLACE, "Replaces the pixels of the image itself.");
        html.append("</table>");
        if (!operation.getProvenance().getCitation().isEmpty()) {
            html.append("<p>").append(escape(operation.getProvenance().getCitation())).append("</p>");
        }
        return html.append("</html>").toString();
    }

    /** Text that may stand in HTML. */
    public static String escape(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void row(final StringBuilder html, final String key, final String help) {
        html.append("<tr><td valign=top><b>").append(escape(key)).append("</b></td><td>").append(escape(help)).append("</td></tr>");
    }
}
