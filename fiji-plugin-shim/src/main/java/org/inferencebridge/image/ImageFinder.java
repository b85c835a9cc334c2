package org.inferencebridge.image;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.io.Opener;
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
            return read(input, titleOrPath);
        }
        throw new BridgeException("AuxiliaryInvalid", input, "The image for " + input + " is \"" + titleOrPath + "\", which is neither the title of an "
            + "open image nor a file; accepted: one of them. Open images: " + (titles().isEmpty() ? "none" : String.join(", ", titles())) + ".");
    }

    /**
     * Reads a file without showing it; plane by plane where it is an uncompressed TIFF that takes much of the memory.
     *
     * @param key name for the message: "open"
     * @param path of the file
     * @throws BridgeException there is no such file, or it is no image
     */
    public static ImagePlus read(final String key, final String path) throws BridgeException {
        final File file = new File(path);
        if (!file.isFile()) {
            throw new BridgeException("FileUnreadable", key, "The file " + path + " is not there; accepted: " + key + "=[path of an image].");
        }
        // An error box of the opener would stop a batch.
        IJ.redirectErrorMessages(true);
        final boolean isLarge = file.length() > Runtime.getRuntime().maxMemory() / 4 && path.toLowerCase(java.util.Locale.ROOT).matches(".*\\.tiff?");
        final ImagePlus image = isLarge ? IJ.openVirtual(path) : new Opener().openImage(path);
        IJ.redirectErrorMessages(false);
        if (image == null) {
            throw new BridgeException("FileFormatInvalid", key, "The file " + path + " for " + key + " is no image that ImageJ can read.");
        }
        return image;
    }
}
