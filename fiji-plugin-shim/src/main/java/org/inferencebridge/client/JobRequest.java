package org.inferencebridge.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferencebridge.v1.Declaration;
import org.inferencebridge.v1.InputDeclaration;
import org.inferencebridge.v1.ParameterValue;
import org.inferencebridge.v1.PixelType;

/** What is asked of a server for one image. */
public final class JobRequest {
    /** Name of the image among the inputs of an operation. */
    public static final String IMAGE = "image";

    private final String operation;
    private final Map<String, ParameterValue> parameters;
    private final VolumeSource image;
    private final Map<String, VolumeSource> auxiliaries;
    private final PixelType outputType;

    /**
     * @param operation id, such as "denoise/nlm"
     * @param parameters values by name; what is absent takes its default
     * @param image the image
     * @param auxiliaries other inputs by name, such as "psf"
     * @param outputType pixel type of the result; PIXEL_TYPE_UNSPECIFIED follows the operation's rule
     */
    public JobRequest(final String operation, final Map<String, ParameterValue> parameters, final VolumeSource image,
        final Map<String, VolumeSource> auxiliaries, final PixelType outputType) {
        this.operation = operation;
        this.parameters = parameters;
        this.image = image;
        this.auxiliaries = auxiliaries;
        this.outputType = outputType;
    }

    /** All inputs in the order in which they are sent: a PSF is needed before the first plane can be computed. */
    Map<String, VolumeSource> uploads() {
        final Map<String, VolumeSource> uploads = new LinkedHashMap<>(auxiliaries);
        uploads.put(IMAGE, image);
        return uploads;
    }

    Declaration declaration() {
        final Declaration.Builder builder = Declaration.newBuilder().setOperation(operation).putAllParameters(parameters)
            .setOutputPixelType(outputType).setFrameNumbers(true)
            .addInputs(InputDeclaration.newBuilder().setName(IMAGE).setVolume(image.description()));
        for (final Map.Entry<String, VolumeSource> auxiliary : auxiliaries.entrySet()) {
            builder.addInputs(InputDeclaration.newBuilder().setName(auxiliary.getKey()).setVolume(auxiliary.getValue().description()));
        }
        return builder.build();
    }
}
