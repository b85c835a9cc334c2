package org.inferencebridge.dialog;

import ij.ImagePlus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.ParameterText;
import org.inferencebridge.image.IndexRange;
import org.inferencebridge.image.Selection;
import org.inferencebridge.v1.Input;
import org.inferencebridge.v1.Operation;
import org.inferencebridge.v1.Parameter;
import org.inferencebridge.v1.ParameterValue;

/** What a person or a macro asked for, checked against the declaration and the image. */
public final class Settings {
    private static final String REGISTER = "register";
    private static final String AUTOFOCUS = "autofocus";

    private final Operation operation;
    private final Map<String, ParameterValue> parameters = new LinkedHashMap<>();
    private final Map<String, String> auxiliaries = new LinkedHashMap<>();
    private final Selection selection;
    private final ResultType type;
    private final Output output;
    private final String save;
    private final boolean isInPlace;

    /**
     * @param operation the operation
     * @param options values by key; what is absent takes its default
     * @param image that the operation will see
     * @throws BridgeException a value is not acceptable; it names the key, the value and what would be
     */
    public Settings(final Operation operation, final MacroOptions options, final ImagePlus image) throws BridgeException {
        this.operation = operation;
        for (final Parameter parameter : operation.getParametersList()) {
            final String key = Keys.of(operation, parameter);
            if (options.has(key)) {
                parameters.put(parameter.getName(), ParameterText.parse(parameter, options.get(key, "")));
            }
        }
        for (final Input input : Keys.auxiliaries(operation)) {
            final String value = options.get(input.getName(), "").trim();
            if (!value.isEmpty()) {
                auxiliaries.put(input.getName(), value);
            } else if (input.getRequired()) {
                throw new BridgeException("InputMissing", input.getName(), "The operation " + operation.getId() + " needs an image for "
                    + input.getName() + "; accepted: " + input.getName() + "=[title of an open image, or path of a file].");
            }
        }
        final IndexRange channels = IndexRange.parse(Keys.CHANNELS, options.get(Keys.CHANNELS, ""), image.getNChannels());
        final IndexRange slices = IndexRange.parse(Keys.SLICES, options.get(Keys.SLICES, ""), image.getNSlices());
        final IndexRange frames = IndexRange.parse(Keys.FRAMES, options.get(Keys.FRAMES, ""), image.getNFrames());
        final boolean crops = options.isOn(Keys.CROP);
        selection = operation.getTask().equals(REGISTER) || isFocus() ? Selection.ofMovie(image, channels, slices, frames, crops)
            : new Selection(image, channels, slices, frames, crops);
        isInPlace = options.isOn(Keys.IN_PLACE) && !isFocus();
        type = isInPlace ? ResultType.SAME : ResultType.parse(options.get(Keys.TYPE, ResultType.AUTOMATIC.text()));
        save = options.get(Keys.SAVE, "");
        output = Output.parse(options.get(Keys.OUTPUT, save.isEmpty() ? Output.AUTOMATIC.text() : Output.FILE.text()));
    }

    /** The operation. */
    public Operation operation() {
        return operation;
    }

    /** Whether planes are scored, and the result is their numbers. */
    public boolean isFocus() {
        return operation.getTask().equals(AUTOFOCUS);
    }

    /** Values by parameter name. */
    public Map<String, ParameterValue> parameters() {
        return parameters;
    }

    /** Titles or paths of auxiliary images by input name. */
    public Map<String, String> auxiliaries() {
        return auxiliaries;
    }

    /** Part of the image. */
    public Selection selection() {
        return selection;
    }

    /** Pixel type of the result. */
    public ResultType type() {
        return type;
    }

    /** Where the result goes. */
    public Output output() {
        return output;
    }

    /** Name of its file; empty where none is wanted. */
    public String save() {
        return save;
    }

    /** Whether the pixels of the image are replaced. */
    public boolean isInPlace() {
        return isInPlace;
    }
}
