package org.inferencebridge.client;

import org.inferencebridge.v1.PixelType;
import org.inferencebridge.v1.VolumeDescription;

/** Sizes and pixel type of a volume, checked. Planes are numbered with Z fastest, then C, then T. */
public final class Shape {
    private final int frames;
    private final int channels;
    private final int slices;
    private final int height;
    private final int width;
    private final PixelType type;

    /**
     * @param description as declared on the wire
     * @param name of the volume, for messages: "image", "result"
     * @throws BridgeException a size is out of range or the pixel type is not known
     */
    public Shape(final VolumeDescription description, final String name) throws BridgeException {
        frames = size(name, "t", description.getSizeT());
        channels = size(name, "c", description.getSizeC());
        slices = size(name, "z", description.getSizeZ());
        height = size(name, "y", description.getSizeY());
        width = size(name, "x", description.getSizeX());
        type = description.getPixelType();
        if (bytesPerPixel(type) == 0) {
            throw Errors.violation(name + ".pixel_type", "The pixel type of the " + name + " is not known to this plugin ("
                + description.getPixelTypeValue() + ").");
        }
    }

    /** Number of frames. */
    public int frames() {
        return frames;
    }

    /** Number of channels. */
    public int channels() {
        return channels;
    }

    /** Number of slices. */
    public int slices() {
        return slices;
    }

    /** Rows of a plane. */
    public int height() {
        return height;
    }

    /** Pixels of a row. */
    public int width() {
        return width;
    }

    /** Type of the pixels. */
    public PixelType type() {
        return type;
    }

    /** Number of planes. */
    public long planes() {
        return (long) frames * channels * slices;
    }

    /** Bytes of one row. */
    public long rowBytes() {
        return (long) width * bytesPerPixel(type);
    }

    /** Bytes of one plane. */
    public long planeBytes() {
        return rowBytes() * height;
    }

    /** Bytes of a pixel; 0 where the type is not known. */
    public static int bytesPerPixel(final PixelType type) {
        switch (type) {
            case PIXEL_TYPE_UINT8:
                return 1;
            case PIXEL_TYPE_UINT16:
            case PIXEL_TYPE_INT16:
                return 2;
            case PIXEL_TYPE_UINT32:
            case PIXEL_TYPE_INT32:
            case PIXEL_TYPE_FLOAT32:
                return 4;
            case PIXEL_TYPE_FLOAT64:
                return 8;
            default:
                return 0;
        }
    }

    private static int size(final String name, final String axis, final long size) throws BridgeException {
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw Errors.violation(name + ".size_" + axis,
                "The size of the " + name + " along " + axis + " is " + size + "; accepted: 1 to " + Integer.MAX_VALUE + ".");
        }
        return (int) size;
    }
}
