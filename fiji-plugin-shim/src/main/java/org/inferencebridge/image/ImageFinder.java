package org.inferencebridge.image;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.inferencebridge.client.BridgeException;

/** Auxiliary images by the title of their window or the path of their file. */
public final class ImageFinder {
    private ImageFinder() {
    }

    /** Titles of all open images. */
    public static List<String> titles() {
        final List<String> titles = new ArrayList<>();
        final int[] ids = WindowManager.getIDList();
        if (ids != null) {
            for (final int id : ids) {
                final ImagePlus image = WindowManager.getImage(id);
                if (image != null) {
                    titles.add(image.getTitle());
                }
            }
        }
        return titles;
    }

    /**
     * Finds an open image, or reads a file.
     *
     * @param input name for the message: "psf"
     * @param titleOrPath of the image
     * @throws BridgeException there is neither such an image nor such a file
     */
    public static ImagePlus find(final String input, final String titleOrPath) throws BridgeException {
        final ImagePlus open = WindowManager.getImage(titleOrPath);
        if (open != null) {
            return open;
        }
        if (new File(titleOrPath).isFile()) {
            // An error box of the opener would stop a batch.
            IJ.redirectErrorMessages(true);
            final ImagePlus read = IJ.openImage(titleOrPath);
            IJ.redirectErrorMessages(false);
            if (read != null) {
                return read;
            }
            throw new BridgeException("FileFormatInvalid", input, "The file " + titleOrPath + " for " + input + " is no image that ImageJ can read.");
        }
        throw new BridgeException("AuxiliaryInvalid", input, "The image for " + input + " is \"" + titleOrPath + "\", which is neither the title of an "
            + "open image nor a file; accepted: one of them. Open images: " + (titles().isEmpty() ? "none" : String.join(", ", titles())) + ".");
    }
}
