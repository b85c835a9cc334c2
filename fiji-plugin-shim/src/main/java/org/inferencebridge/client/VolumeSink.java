package org.inferencebridge.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.inferencebridge.v1.VolumeDescription;

/** Takes the pixels of a result, in order, after {@link #begin}. */
public interface VolumeSink {
    /**
     * Called once an attempt of the job, before any pixel; what came before is thrown away.
     *
     * @param result sizes, pixel type and calibration
     * @throws IOException there is no room
     * @throws BridgeException such a result cannot be held
     */
    void begin(VolumeDescription result) throws IOException, BridgeException;

    /**
     * Takes rows of one plane.
     *
     * @param plane number of the plane, with Z fastest, then C, then T
     * @param firstRow first row
     * @param rows number of rows
     * @param data rows × width pixels, little-endian (its byte order is set), between position and limit
     * @throws IOException they cannot be written
     */
    void writeRows(long plane, int firstRow, int rows, ByteBuffer data) throws IOException;
}
