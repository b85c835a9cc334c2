package org.inferencebridge.client;

import java.io.IOException;
import org.inferencebridge.v1.VolumeDescription;

/** Gives the pixels of a volume. Read by one thread, in order; again from the start when a job is tried again. */
public interface VolumeSource {
    /** Sizes, pixel type and calibration. */
    VolumeDescription description();

    /**
     * Reads rows of one plane as little-endian bytes, X fastest.
     *
     * @param plane number of the plane, with Z fastest, then C, then T
     * @param firstRow first row
     * @param rows number of rows
     * @param target takes rows × width pixels
     * @param offset where the first byte goes
     * @throws IOException the pixels cannot be read
     */
    void readRows(long plane, int firstRow, int rows, byte[] target, int offset) throws IOException;
}
