package org.inferencebridge.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.inferencebridge.client.BridgeException;

/** Writes an image, also a virtual one, as ImageJ's TIFF with everything that belongs to it. */
public final class TiffFile {
    private TiffFile() {
    }

    /**
     * Refuses a name that cannot be written, before a job starts.
     *
     * @throws BridgeException the name is empty, or its folder is not there or not writable
     */
    public static File check(final String path) throws BridgeException {
        if (path.trim().isEmpty()) {
            throw new BridgeException("UsageInvalid", "save", "The name of the file is empty; accepted: save=[/folder/name.tif].");
        }
        final File file = new File(path.trim()).getAbsoluteFile();
        final File folder = file.getParentFile();
        if (folder == null || !folder.isDirectory() || !Files.isWritable(folder.toPath()) || file.isDirectory()) {
            throw new BridgeException("FileUnwritable", "save", "The file " + file + " cannot be written; accepted: a name in a folder "
                + "that exists and may be written to.");
        }
        return file;
    }

    /**
     * Writes the file; it appears under its name when it is complete.
     *
     * @throws IOException it cannot be written
     */
    public static void write(final ImagePlus image, final File file) throws IOException {
        final FileInfo info = image.getFileInfo();
        final FileSaver saver = new FileSaver(image);
        final ImageStack stack = image.getStack();
        info.nImages = stack.getSize();
        if (stack.isVirtual()) {
            info.virtualStack = (VirtualStack) stack;
            info.sliceLabels = stack instanceof FileStack ? ((FileStack) stack).labels() : null;
        } else if (info.nImages > 1) {
            info.pixels = stack.getImageArray();
            info.sliceLabels = stack.getSliceLabels();
        }
        info.description = saver.getDescriptionString();
        info.info = image.getInfoProperty();
        info.overlay = FileSaver.getOverlay(image);
        if (image.isComposite()) {
            saver.saveDisplayRangesAndLuts(image, info);
        }
        final File partial = new File(file.getPath() + ".part");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial.toPath()), 1 << 20))) {
                new TiffEncoder(info).write(out);
            }
            Files.move(partial.toPath(), file.toPath(), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial.toPath());
        }
    }
}
