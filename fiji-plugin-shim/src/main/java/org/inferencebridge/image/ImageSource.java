package org.inferencebridge.image;

import ij.ImagePlus;
import ij.ImageStack;
import java.awt.Rectangle;
import java.io.IOException;
import org.inferencebridge.client.VolumeSource;
import org.inferencebridge.v1.VolumeDescription;

/** Reads the chosen part of an image plane by plane; a virtual stack is never held as a whole. The image is not changed. */
public final class ImageSource implements VolumeSource {
    private final ImageStack stack;
    private final PixelFormat format;
    private final Selection selection;
    private final Rectangle bounds;
    private final int width;
    private final VolumeDescription description;
    private int cachedIndex;
    private Object cached;

    /**
     * @param image the image
     * @param selection its part
     */
    public ImageSource(final ImagePlus image, final Selection selection) {
        stack = image.getStack();
        format = PixelFormat.of(image);
        width = image.getWidth();
        this.selection = selection;
        bounds = selection.bounds();
        final VolumeDescription.Builder builder = VolumeDescription.newBuilder().setSizeT(selection.frames().count())
            .setSizeC((long) selection.channels().count() * format.components()).setSizeZ(selection.slices().count())
            .setSizeY(bounds.height).setSizeX(bounds.width).setPixelType(format.type());
        Units.describe(image.getCalibration(), selection.slices().step(), selection.frames().step(), builder);
        description = builder.build();
    }

    @Override
    public VolumeDescription description() {
        return description;
    }

    @Override
    public void readRows(final long plane, final int firstRow, final int rows, final byte[] target, final int offset) throws IOException {
        final int slices = selection.slices().count();
        final int channels = selection.channels().count() * format.components();
        final int slice = (int) (plane % slices);
        final int channel = (int) (plane / slices % channels);
        final int frame = (int) (plane / slices / channels);
        final Object pixels = pixels(selection.stackIndex(channel / format.components(), slice, frame));
        final int component = channel % format.components();
        final int rowBytes = bounds.width * Math.max(1, format == PixelFormat.RGB ? 1 : format.bits() / 8);
        if (bounds.width == width) {
            PixelReader.read(pixels, format, component, (bounds.y + firstRow) * width, rows * width, target, offset);
            return;
        }
        for (int row = 0; row < rows; row++) {
            final int first = (bounds.y + firstRow + row) * width + bounds.x;
            PixelReader.read(pixels, format, component, first, bounds.width, target, offset + row * rowBytes);
        }
    }

    private Object pixels(final int index) throws IOException {
        if (cached == null || cachedIndex != index) {
            final Object pixels = stack.isVirtual() ? stack.getProcessor(index).getPixels() : stack.getPixels(index);
            if (pixels == null || pixels.getClass() != format.allocate(0).getClass()) {
                throw new IOException("Plane " + index + " of the image could not be read as " + format.bits() + "-bit");
            }
            cached = pixels;
            cachedIndex = index;
        }
        return cached;
    }
}
