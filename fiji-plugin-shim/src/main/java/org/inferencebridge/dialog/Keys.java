package org.inferencebridge.dialog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inferencebridge.client.JobRequest;
import org.inferencebridge.v1.Input;
import org.inferencebridge.v1.Operation;
import org.inferencebridge.v1.Parameter;

/** Keys of macro options; they are stable. */
public final class Keys {
    /** Name of the operation within the task, such as "nlm". */
    public static final String MODEL = "model";
    /** Full id of the operation, such as "denoise/nlm". */
    public static final String OPERATION = "operation";
    /** File to run on, in the place of the active image. */
    public static final String OPEN = "open";
    /** Chosen channels. */
    public static final String CHANNELS = "channels";
    /** Chosen slices. */
    public static final String SLICES = "slices";
    /** Chosen frames. */
    public static final String FRAMES = "frames";
    /** Switch: the ROI's bounding box only. */
    public static final String CROP = "crop_to_roi";
    /** Pixel type of the result. */
    public static final String TYPE = "type";
    /** Where the result goes. */
    public static final String OUTPUT = "output";
    /** Name of the file of the result. */
    public static final String SAVE = "save";
    /** Switch: replace the pixels of the image. */
    public static final String IN_PLACE = "in_place";
    /** Address of another server than that of the preferences, for this run. */
    public static final String SERVER = "server";

    private static final List<String> RESERVED = Arrays.asList(MODEL, OPERATION, OPEN, CHANNELS, SLICES, FRAMES, CROP, TYPE, OUTPUT, SAVE,
        IN_PLACE, SERVER);

    private Keys() {
    }

    /** Key of a declared parameter: its name, or "parameter_NAME" where that is taken. */
    public static String of(final Operation operation, final Parameter parameter) {
        return isTaken(operation, parameter.getName()) ? "parameter_" + parameter.getName() : parameter.getName();
    }

    /** Inputs beside the image. */
    public static List<Input> auxiliaries(final Operation operation) {
        final List<Input> inputs = new ArrayList<>();
        for (final Input input : operation.getInputsList()) {
            if (!input.getName().equals(JobRequest.IMAGE)) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    /** Every key that means something for an operation. */
    public static List<String> all(final Operation operation) {
        final List<String> keys = new ArrayList<>(RESERVED);
        for (final Input input : auxiliaries(operation)) {
            keys.add(input.getName());
        }
        for (final Parameter parameter : operation.getParametersList()) {
            keys.add(of(operation, parameter));
        }
        return keys;
    }

    private static boolean isTaken(final Operation operation, final String name) {
        for (final Input input : operation.getInputsList()) {
            if (input.getName().equals(name)) {
                return true;
            }
        }
        return RESERVED.contains(name);
    }
}
