package org.inferencebridge.image;

import ij.ImageStack;
import java.nio.ByteBuffer;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.v1.VolumeDescription;

/** A result in ImageJ's memory. */
public final class MemoryStore implements ResultStore {
    private final PixelFormat source;
    private ResultShape shape;
    private Object[] images;

    /** @param source format of the image that the result comes from */
    public MemoryStore(final PixelFormat source) {
        this.source = source;
    }

    @Override
    public synchronized void begin(final VolumeDescription result) throws BridgeException {
        shape = new ResultShape(result, source);
        images = new Object[shape.images()];
    }

    @Override
    public synchronized void writeRows(final long plane, final int firstRow, final int rows, final ByteBuffer data) {
        if (images == null) {
            return;
        }
        final int image = shape.imageOf(plane);
        if (images[image] == null) {
            images[image] = shape.format().allocate(shape.pixels());
        }
        PixelWriter.write(data, shape.wireType(), shape.componentOf(plane), images[image], firstRow * shape.width());
    }

    @Override
    public synchronized ResultShape result() {
        return shape;
    }

    @Override
    public synchronized ImageStack stack(final String[] labels) {
        final ImageStack stack = new ImageStack(shape.width(), shape.height());
        for (int i = 0; i < images.length; i++) {
            stack.addSlice(labels == null ? null : labels[i], images[i]);
        }
        return stack;
    }

    /** Array of one image of ImageJ's stack, from 0. */
    synchronized Object pixels(final int image) {
        return images[image];
    }

    @Override
    public synchronized void close() {
        images = null;
    }
}
