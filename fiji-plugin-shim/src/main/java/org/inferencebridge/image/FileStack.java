package org.inferencebridge.image;

import ij.ImagePlus;
import ij.ImageListener;
import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A virtual stack over raw pixels in a temporary file, which is removed when its image is closed. */
final class FileStack extends VirtualStack implements ImageListener {
    private final File file;
    private final RandomAccessFile access;
    private final ResultShape shape;
    private final String[] labels;

    FileStack(final File file, final RandomAccessFile access, final ResultShape shape, final String[] labels) {
        super(shape.width(), shape.height(), null, file.getParent());
        this.file = file;
        this.access = access;
        this.shape = shape;
        this.labels = labels == null ? new String[shape.images()] : labels;
        setBitDepth(shape.format().bits());
        ImagePlus.addImageListener(this);
    }

    @Override
    public ImageProcessor getProcessor(final int n) {
        final Object pixels = shape.format().allocate(shape.pixels());
        try {
            read(n - 1, pixels);
        } catch (final IOException e) {
            throw new IllegalStateException("The temporary file " + file + " of the result cannot be read: " + e.getMessage(), e);
        }
        switch (shape.format()) {
            case GRAY8:
                return new ByteProcessor(shape.width(), shape.height(), (byte[]) pixels, null);
            case GRAY16:
            case SIGNED16:
                return new ShortProcessor(shape.width(), shape.height(), (short[]) pixels, null);
            case RGB:
                return new ColorProcessor(shape.width(), shape.height(), (int[]) pixels);
            default:
                return new FloatProcessor(shape.width(), shape.height(), (float[]) pixels, null);
        }
    }

    @Override
    public Object getPixels(final int n) {
        return getProcessor(n).getPixels();
    }

    @Override
    public int getSize() {
        return shape.images();
    }

    @Override
    public int size() {
        return shape.images();
    }

    @Override
    public String getSliceLabel(final int n) {
        return labels[n - 1];
    }

    @Override
    public void setSliceLabel(final String label, final int n) {
        labels[n - 1] = label;
    }

    /** Labels of all images, for a writer. */
    String[] labels() {
        return labels.clone();
    }

    @Override
    public void imageOpened(final ImagePlus image) {
        // Of no interest.
    }

    @Override
    public void imageUpdated(final ImagePlus image) {
        // Of no interest.
    }

    @Override
    public void imageClosed(final ImagePlus image) {
        if (image.getStack() == this) {
            ImagePlus.removeImageListener(this);
            try {
                access.close();
            } catch (final IOException e) {
                // The file goes anyway.
            }
            file.delete();
        }
    }

    private void read(final int image, final Object pixels) throws IOException {
        final ByteBuffer block = ByteBuffer.allocate((int) Math.min(shape.planeBytes(), Math.max(1 << 20, shape.rowBytes())));
        final int bytesPerPixel = (int) (shape.rowBytes() / shape.width());
        final int blockPixels = block.capacity() / bytesPerPixel;
        for (int component = 0; component < shape.format().components(); component++) {
            final long start = shape.planeOf(image, component) * shape.planeBytes();
            for (int pixel = 0; pixel < shape.pixels(); pixel += blockPixels) {
                final int length = Math.min(blockPixels, shape.pixels() - pixel) * bytesPerPixel;
                block.clear();
                block.limit(length);
                fill(block, start + (long) pixel * bytesPerPixel);
                block.flip();
                PixelWriter.write(block.slice().order(ByteOrder.LITTLE_ENDIAN), shape.wireType(), component, pixels, pixel);
            }
        }
    }

    private void fill(final ByteBuffer block, final long start) throws IOException {
        long position = start;
        while (block.hasRemaining()) {
            final int read = access.getChannel().read(block, position);
            if (read < 0) {
                throw new IOException("it ends early");
            }
            position += read;
        }
    }
}
