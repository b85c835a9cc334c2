package org.inferencebridge.image;

import ij.ImageStack;
import org.inferencebridge.client.VolumeSink;

/** Holds a result while it comes, and gives it as a stack when it is complete. */
public interface ResultStore extends VolumeSink, AutoCloseable {
    /** Sizes and format; null before {@link #begin}. */
    ResultShape result();

    /**
     * The pixels as ImageJ holds them.
     *
     * @param labels of the images in ImageJ's order; null where there are none
     */
    ImageStack stack(String[] labels);

    /** Throws away what is held, unless the stack has been taken. Never throws. */
    @Override
    void close();
}
