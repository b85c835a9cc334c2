package org.inferencebridge.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.Undo;
import java.awt.Rectangle;
import org.inferencebridge.client.BridgeException;

/** Puts a complete result in the place of the pixels that it came from. */
public final class InPlace {
    private InPlace() {
    }

    /**
     * Refuses images whose pixels cannot be replaced.
     *
     * @throws BridgeException the image is a virtual stack
     */
    public static void check(final ImagePlus image) throws BridgeException {
        if (image.getStack().isVirtual()) {
            throw new BridgeException("UsageInvalid", "in_place", "The image " + image.getTitle()
                + " is a virtual stack, whose pixels cannot be replaced; accepted: a new image, or output=file.");
        }
    }

    /**
     * Replaces the pixels and adds the line of provenance.
     *
     * @throws BridgeException the result has other sizes or another type
     */
    public static void replace(final ImagePlus image, final Selection selection, final MemoryStore store, final String provenance)
        throws BridgeException {
        final ResultShape shape = store.result();
        final Rectangle bounds = selection.bounds();
        if (shape.format() != PixelFormat.of(image) || shape.width() != bounds.width || shape.height() != bounds.height
            || shape.channels() != selection.channels().count() || shape.slices() != selection.slices().count()
            || shape.frames() != selection.frames().count()) {
            throw new BridgeException("UsageInvalid", "in_place", "The result has other sizes or another pixel type than the image; "
                + "accepted: a new image.");
        }
        if (image.getStackSize() == 1) {
            image.getProcessor().snapshot();
            Undo.setup(Undo.FILTER, image);
        }
        final ImageStack stack = image.getStack();
        for (int i = 0; i < shape.images(); i++) {
            final int channel = i % shape.channels();
            final int slice = i / shape.channels() % shape.slices();
            final int frame = i / shape.channels() / shape.slices();
            final Object target = image.getStackSize() == 1 ? image.getProcessor().getPixels()
                : stack.getPixels(selection.stackIndex(channel, slice, frame));
            for (int row = 0; row < bounds.height; row++) {
                System.arraycopy(store.pixels(i), row * bounds.width, target, (bounds.y + row) * image.getWidth() + bounds.x, bounds.width);
            }
        }
        final Object info = image.getProperty("Info");
        image.setProperty("Info", (info == null || info.toString().isEmpty() ? "" : info + "\n") + provenance + "\n");
        image.changes = true;
        image.updateAndDraw();
    }
}
