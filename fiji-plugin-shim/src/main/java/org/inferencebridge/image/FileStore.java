package org.inferencebridge.image;

import ij.ImageStack;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.v1.VolumeDescription;

/** A result in a temporary file of raw pixels, for what is larger than ImageJ's memory; it goes with the image. */
public final class FileStore implements ResultStore {
    private final PixelFormat source;
    private final File folder;
    private ResultShape shape;
    private File file;
    private RandomAccessFile access;
    private boolean isTaken;

    /**
     * @param source format of the image that the result comes from
     * @param folder for the file; null takes the system's temporary folder
     */
    public FileStore(final PixelFormat source, final File folder) {
        this.source = source;
        this.folder = folder;
    }

    @Override
    public synchronized void begin(final VolumeDescription result) throws IOException, BridgeException {
        close();
        shape = new ResultShape(result, source);
        file = File.createTempFile("inferencebridge-", ".raw", folder);
        file.deleteOnExit();
        final long bytes = shape.planeBytes() * shape.planes();
        if (file.getParentFile().getUsableSpace() < bytes) {
            throw new BridgeException("FileUnwritable", "output", "The result takes " + bytes + " bytes, and " + file.getParent() + " has "
                + file.getParentFile().getUsableSpace() + " left; accepted: a temporary folder (java.io.tmpdir) with room.");
        }
        access = new RandomAccessFile(file, "rw");
    }

    @Override
    public synchronized void writeRows(final long plane, final int firstRow, final int rows, final ByteBuffer data) throws IOException {
        if (access == null) {
            return;
        }
        final FileChannel channel = access.getChannel();
        long position = plane * shape.planeBytes() + firstRow * shape.rowBytes();
        while (data.hasRemaining()) {
            position += channel.write(data, position);
        }
    }

    @Override
    public synchronized ResultShape result() {
        return shape;
    }

    @Override
    public synchronized ImageStack stack(final String[] labels) {
        isTaken = true;
        return new FileStack(file, access, shape, labels);
    }

    @Override
    public synchronized void close() {
        if (access == null || isTaken) {
            return;
        }
        try {
            access.close();
        } catch (final IOException e) {
            // It is thrown away.
        }
        access = null;
        file.delete();
    }
}
