package org.inferencebridge.job;

import ij.IJ;
import ij.macro.Interpreter;
import java.util.function.BooleanSupplier;
import org.inferencebridge.client.JobProgress;

/** Asked twenty times a second while something runs: shows how far it is, and looks at Esc. */
final class Monitor implements BooleanSupplier {
    private static final long SHOW_NS = 100_000_000L;

    private final String title;
    private final JobProgress progress = new JobProgress();
    private final Interpreter macro = Interpreter.getInstance();
    private long shown;
    private String note = "";

    Monitor(final String title) {
        this.title = title;
        IJ.resetEscape();
    }

    JobProgress progress() {
        return progress;
    }

    /** Shows that something out of the ordinary goes on, until the next stage. */
    void note(final String text) {
        note = text;
        IJ.showStatus(title + ": " + text);
    }

    @Override
    public boolean getAsBoolean() {
        final long now = System.nanoTime();
        if (now - shown > SHOW_NS) {
            shown = now;
            show();
        }
        // Esc ends a running macro by itself, and its commands with it.
        return IJ.escapePressed() || macro != null && macro.done();
    }

    /** Hides the bar; the status line keeps what was said last. */
    void end() {
        IJ.showProgress(1.0);
    }

    private void show() {
        if (progress.total() > 0) {
            note = "";
            IJ.showStatus(title + ": " + progress.stage() + " (" + progress.received() + "/" + progress.total() + " planes)");
        } else {
            IJ.showStatus(title + ": " + (note.isEmpty() ? progress.stage() : note));
        }
        // ImageJ hides a bar that is full.
        IJ.showProgress(Math.min(0.999, progress.fraction()));
    }
}
