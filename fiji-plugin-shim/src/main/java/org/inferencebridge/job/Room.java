package org.inferencebridge.job;

import org.inferencebridge.image.PixelFormat;
import org.inferencebridge.v1.VolumeDescription;

/** Whether a result fits into ImageJ's memory. */
final class Room {
    private static final double SHARE = 0.6;

    private Room() {
    }

    /** Whether a result of the image's sizes takes no more than 60% of the memory that is left, with 4 bytes a pixel at most. */
    static boolean isEnough(final VolumeDescription image, final PixelFormat format) {
        final Runtime runtime = Runtime.getRuntime();
        final long left = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        final double pixels = (double) image.getSizeT() * image.getSizeC() * image.getSizeZ() * image.getSizeY() * image.getSizeX();
        // Most operations keep the type; those that do not make 32-bit.
        return pixels * (format == PixelFormat.RGB ? 4.0 / 3 : 4) <= SHARE * left;
    }
}
