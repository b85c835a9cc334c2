package org.inferencebridge.job;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.CancelledException;
import org.inferencebridge.client.Job;
import org.inferencebridge.client.JobRequest;
import org.inferencebridge.client.ServerAddress;
import org.inferencebridge.client.VolumeSource;
import org.inferencebridge.dialog.Output;
import org.inferencebridge.dialog.Settings;
import org.inferencebridge.image.FileStore;
import org.inferencebridge.image.ImageFinder;
import org.inferencebridge.image.ImageSource;
import org.inferencebridge.image.InPlace;
import org.inferencebridge.image.IndexRange;
import org.inferencebridge.image.MemoryStore;
import org.inferencebridge.image.PixelFormat;
import org.inferencebridge.image.Provenance;
import org.inferencebridge.image.ResultImage;
import org.inferencebridge.image.ResultStore;
import org.inferencebridge.image.Selection;
import org.inferencebridge.image.TiffFile;
import org.inferencebridge.v1.Summary;
import org.inferencebridge.v1.VolumeDescription;

/** Runs an operation on an image, which is locked meanwhile, and shows or saves the result. */
public final class OperationRun {
    private final ImagePlus image;
    private final Settings settings;
    private final ServerAddress address;

    /**
     * @param image the image
     * @param settings what was asked for
     * @param address the server
     */
    public OperationRun(final ImagePlus image, final Settings settings, final ServerAddress address) {
        this.image = image;
        this.settings = settings;
        this.address = address;
    }

    /**
     * Runs it to the end.
     *
     * @throws BridgeException it failed; nothing was changed
     * @throws CancelledException Esc was pressed; nothing was changed
     */
    public void run() throws BridgeException, CancelledException {
        final File file = settings.output() == Output.FILE ? TiffFile.check(settings.save()) : null;
        if (settings.isInPlace()) {
            InPlace.check(image);
        }
        if (!image.lockSilently()) {
            throw new BridgeException("ImageLocked", "image", "The image " + image.getTitle() + " is in use by another command; accepted: one that "
                + "is not, so wait for that command or press Esc.");
        }
        final Monitor monitor = new Monitor(settings.operation().getId());
        try {
            run(monitor, file);
        } finally {
            image.unlock();
            monitor.end();
        }
    }

    private void run(final Monitor monitor, final File file) throws BridgeException, CancelledException {
        final long start = System.nanoTime();
        final VolumeSource source = new ImageSource(image, settings.selection());
        final PixelFormat format = PixelFormat.of(image);
        final JobRequest request = new JobRequest(settings.operation().getId(), settings.parameters(), source, auxiliaries(),
            settings.type().wire(format));
        try (ResultStore store = store(source.description(), format)) {
            final Job job = new Job(address, request, store);
            final Summary summary = job.run(monitor.progress(), monitor, monitor::note);
            final String found;
            if (settings.isFocus()) {
                found = showFocus(job, summary);
            } else {
                showNumbers(job);
                finish(store, summary, source.description(), file);
                found = "";
            }
            for (final String warning : summary.getWarningsList()) {
                IJ.log("InferenceBridge: " + summary.getOperation() + ": " + warning);
            }
            IJ.showStatus(String.format(Locale.ROOT, "%s on %s: %.2f s%s", summary.getOperation(), summary.getDevice(), (System.nanoTime() - start) / 1e9,
                found.isEmpty() ? "" : ", " + found));
        } catch (final IOException e) {
            throw new BridgeException("FileUnwritable", "save", "The file " + file + " could not be written: " + e.getMessage() + ".", e);
        }
    }

    /** Before the result, which is to be the active window. Tables need a screen. */
    private void showNumbers(final Job job) {
        if (!job.numbers().isEmpty() && !GraphicsEnvironment.isHeadless()) {
            FrameTable.of(job.numbers()).show("Frames of " + image.getTitle());
        }
    }

    /** The planes' scores and the best plane, in the place of a result: its image is only a map of tiles. */
    private String showFocus(final Job job, final Summary summary) {
        final FocusScores scores = new FocusScores(image, settings.selection(), job.numbers());
        scores.goToBest();
        final String found = scores.text(summary);
        IJ.log("InferenceBridge: " + image.getTitle() + ": " + found);
        if (!GraphicsEnvironment.isHeadless()) {
            scores.plot(settings.operation()).show();
            scores.table().show("Frames of " + image.getTitle());
        }
        return found;
    }

    private void finish(final ResultStore store, final Summary summary, final VolumeDescription declared, final File file)
        throws BridgeException, IOException {
        final String provenance = Provenance.line(summary);
        if (settings.isInPlace()) {
            InPlace.replace(image, settings.selection(), (MemoryStore) store, provenance);
            return;
        }
        final String name = settings.operation().getId().substring(settings.operation().getId().indexOf('/') + 1);
        final String title = file == null ? unique(shortTitle() + "-" + name) : file.getName();
        final ResultImage maker = new ResultImage(image, settings.selection(), declared);
        final ImagePlus result = maker.create(title, store, provenance);
        if (file != null) {
            IJ.showStatus("Saving " + file);
            TiffFile.write(result, file);
        }
        result.show();
        maker.follow(result);
    }

    /** The title without a file's extension; ImageJ's own short title would also lose spaces. */
    private String shortTitle() {
        final String title = image.getTitle();
        final int dot = title.lastIndexOf('.');
        return dot > 0 && title.length() - dot <= 5 ? title.substring(0, dot) : title;
    }

    private static String unique(final String title) {
        return WindowManager.getImage(title) == null ? title : WindowManager.getUniqueName(title);
    }

    private Map<String, VolumeSource> auxiliaries() throws BridgeException {
        final Map<String, VolumeSource> sources = new LinkedHashMap<>();
        for (final Map.Entry<String, String> auxiliary : settings.auxiliaries().entrySet()) {
            final ImagePlus other = ImageFinder.find(auxiliary.getKey(), auxiliary.getValue());
            final Selection whole = new Selection(other, IndexRange.all(other.getNChannels()), IndexRange.all(other.getNSlices()),
                IndexRange.all(other.getNFrames()), false);
            sources.put(auxiliary.getKey(), new ImageSource(other, whole));
        }
        return sources;
    }

    private ResultStore store(final VolumeDescription declared, final PixelFormat format) {
        if (settings.isInPlace() || settings.output() == Output.MEMORY) {
            return new MemoryStore(format);
        }
        final boolean isVirtual = settings.output() != Output.AUTOMATIC || !Room.isEnough(declared, format);
        return isVirtual ? new FileStore(format, null) : new MemoryStore(format);
    }
}
