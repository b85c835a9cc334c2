package org.inferencebridge.image;

import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.Shape;
import org.inferencebridge.v1.PixelType;
import org.inferencebridge.v1.VolumeDescription;

/** Sizes and format of a result as ImageJ will hold it: XYCZT, RGB joined again. */
public final class ResultShape {
    private final VolumeDescription description;
    private final Shape wire;
    private final PixelFormat format;

    ResultShape(final VolumeDescription description, final PixelFormat source) throws BridgeException {
        this.description = description;
        wire = new Shape(description, "result");
        format = PixelFormat.ofResult(wire.type(), wire.channels(), source);
        if ((long) wire.width() * wire.height() > Integer.MAX_VALUE || wire.planes() > Integer.MAX_VALUE) {
            throw new BridgeException("VolumeTooLarge", "result", "The result has " + wire.planes() + " planes of " + wire.width() + "×"
                + wire.height() + " pixels; accepted: what ImageJ can hold, 2147483647 planes of as many pixels.");
        }
    }

    VolumeDescription description() {
        return description;
    }

    /** Format of the pixels. */
    public PixelFormat format() {
        return format;
    }

    PixelType wireType() {
        return wire.type();
    }

    int width() {
        return wire.width();
    }

    int height() {
        return wire.height();
    }

    int pixels() {
        return wire.width() * wire.height();
    }

    int channels() {
        return wire.channels() / format.components();
    }

    int slices() {
        return wire.slices();
    }

    int frames() {
        return wire.frames();
    }

    int images() {
        return channels() * slices() * frames();
    }

    /** Index from 0 in ImageJ's stack of a plane of the wire. */
    int imageOf(final long plane) {
        final int slice = (int) (plane % wire.slices());
        final int channel = (int) (plane / wire.slices() % wire.channels());
        final int frame = (int) (plane / wire.slices() / wire.channels());
        return (frame * slices() + slice) * channels() + channel / format.components();
    }

    /** Which colour of an RGB image a plane of the wire is. */
    int componentOf(final long plane) {
        return (int) (plane / wire.slices() % wire.channels()) % format.components();
    }

    /** Plane of the wire that holds a component of an image of ImageJ's stack, both from 0. */
    long planeOf(final int image, final int component) {
        final int channel = image % channels();
        final int slice = image / channels() % slices();
        final int frame = image / channels() / slices();
        return ((long) frame * wire.channels() + (long) channel * format.components() + component) * wire.slices() + slice;
    }

    /** Bytes of a plane of the wire. */
    long planeBytes() {
        return wire.planeBytes();
    }

    /** Bytes of a row of the wire. */
    long rowBytes() {
        return wire.rowBytes();
    }

    long planes() {
        return wire.planes();
    }
}
