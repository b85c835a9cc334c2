package org.inferencebridge.dialog;

import ij.ImagePlus;
import ij.gui.ImageWindow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.CancelledException;
import org.inferencebridge.client.Job;
import org.inferencebridge.client.JobProgress;
import org.inferencebridge.client.JobRequest;
import org.inferencebridge.client.ServerAddress;
import org.inferencebridge.client.VolumeSource;
import org.inferencebridge.image.ImageFinder;
import org.inferencebridge.image.ImageSource;
import org.inferencebridge.image.IndexRange;
import org.inferencebridge.image.MemoryStore;
import org.inferencebridge.image.PixelFormat;
import org.inferencebridge.image.ResultImage;
import org.inferencebridge.image.Selection;

/**
 * Runs the current plane while parameters change, in a window of its own: the image is not touched. One call at a time; a
 * newer request cancels the one that runs and takes the place of any that waits.
 */
final class Preview {
    private static final long PAUSE_MS = 200;

    private final ImagePlus image;
    private final ServerAddress address;
    private final Consumer<String> say;
    private final AtomicReference<Settings> waiting = new AtomicReference<>();
    private volatile boolean isClosed;
    private volatile boolean isHidden = true;
    private Thread worker;
    private ImagePlus shown;

    Preview(final ImagePlus image, final ServerAddress address, final Consumer<String> say) {
        this.image = image;
        this.address = address;
        this.say = say;
    }

    synchronized void show(final Settings settings) {
        isHidden = false;
        waiting.set(settings);
        if (worker == null) {
            worker = new Thread(this::work, "InferenceBridge preview");
            worker.setDaemon(true);
            worker.start();
        }
        notifyAll();
    }

    synchronized void hide() {
        isHidden = true;
        waiting.set(null);
        closeWindow();
    }

    synchronized void close() {
        isClosed = true;
        hide();
        notifyAll();
    }

    private void work() {
        Settings settings = next();
        while (settings != null) {
            try {
                run(settings);
            } catch (final BridgeException e) {
                say.accept(e.getMessage());
            } catch (final CancelledException e) {
                // A newer one waits, or the dialog is gone.
            }
            settings = next();
        }
    }

    private synchronized Settings next() {
        try {
            while (!isClosed && waiting.get() == null) {
                wait();
            }
            // While somebody types, only the last value counts.
            while (!isClosed && waiting.get() != null) {
                final Settings before = waiting.get();
                wait(PAUSE_MS);
                if (before == waiting.get()) {
                    return waiting.getAndSet(null);
                }
            }
            return isClosed ? null : next();
        } catch (final InterruptedException e) {
            return null;
        }
    }

    private void run(final Settings settings) throws BridgeException, CancelledException {
        say.accept("Preview...");
        final Selection plane = Selection.currentPlane(image);
        final VolumeSource source = new ImageSource(image, plane);
        final Map<String, VolumeSource> auxiliaries = new LinkedHashMap<>();
        for (final Map.Entry<String, String> auxiliary : settings.auxiliaries().entrySet()) {
            final ImagePlus other = ImageFinder.find(auxiliary.getKey(), auxiliary.getValue());
            auxiliaries.put(auxiliary.getKey(), new ImageSource(other, new Selection(other, IndexRange.all(other.getNChannels()),
                IndexRange.all(other.getNSlices()), IndexRange.all(other.getNFrames()), false)));
        }
        final PixelFormat format = PixelFormat.of(image);
        try (MemoryStore store = new MemoryStore(format)) {
            final long start = System.nanoTime();
            new Job(address, new JobRequest(settings.operation().getId(), settings.parameters(), source, auxiliaries,
                settings.type().wire(format)), store).run(new JobProgress(), () -> isClosed || isHidden || waiting.get() != null, say);
            showWindow(new ResultImage(image, plane, source.description()).create("Preview of " + image.getTitle(), store, ""));
            say.accept(String.format(java.util.Locale.ROOT, "Preview of this plane alone: %.2f s", (System.nanoTime() - start) / 1e9));
        }
    }

    private synchronized void showWindow(final ImagePlus result) {
        if (isHidden || isClosed) {
            return;
        }
        if (shown != null && shown.getWindow() != null && shown.getWidth() == result.getWidth() && shown.getHeight() == result.getHeight()
            && shown.getBitDepth() == result.getBitDepth()) {
            shown.setProcessor(result.getProcessor());
            shown.setDisplayRange(result.getDisplayRangeMin(), result.getDisplayRangeMax());
            shown.updateAndDraw();
            return;
        }
        closeWindow();
        shown = result;
        final ImageWindow beside = image.getWindow();
        shown.show();
        if (beside != null && shown.getWindow() != null) {
            shown.getCanvas().setMagnification(image.getCanvas().getMagnification());
            shown.getWindow().pack();
            shown.getWindow().repaint();
            shown.getWindow().setLocation(beside.getX() + beside.getWidth() + 8, beside.getY());
        }
    }

    private void closeWindow() {
        if (shown != null) {
            shown.changes = false;
            shown.close();
            shown = null;
        }
    }
}
