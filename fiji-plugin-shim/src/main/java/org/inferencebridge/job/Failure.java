package org.inferencebridge.job;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;

/** Tells a failure: in a box where somebody looks, else in the log; a macro ends with it. */
public final class Failure {
    private Failure() {
    }

    /**
     * Tells it and ends the macro that runs, if one does.
     *
     * @param message one sentence
     * @param unwinds whether ImageJ's run() called; a macro's call() would print what is thrown, and only needs the end
     */
    public static void report(final String message, final boolean unwinds) {
        IJ.showProgress(1.0);
        IJ.showStatus("InferenceBridge: " + message);
        final Interpreter macro = Interpreter.getInstance();
        if (isUnattended()) {
            IJ.log("InferenceBridge: " + message);
        } else {
            IJ.error("InferenceBridge", message);
        }
        end(macro, unwinds);
    }

    /**
     * Ends the macro that runs after Esc, without a box.
     *
     * @param unwinds whether ImageJ's run() called
     */
    public static void cancelled(final boolean unwinds) {
        IJ.showProgress(1.0);
        IJ.showStatus("InferenceBridge: cancelled");
        end(Interpreter.getInstance(), unwinds);
    }

    /** Whether nobody would see or close a box. */
    public static boolean isUnattended() {
        return Interpreter.isBatchMode() || GraphicsEnvironment.isHeadless() || IJ.getInstance() == null;
    }

    private static void end(final Interpreter macro, final boolean unwinds) {
        if (macro != null) {
            macro.abortMacro();
        }
        if (unwinds) {
            Macro.abort();
        }
        if (unwinds && (macro != null || IJ.isMacro())) {
            // What ImageJ itself throws to unwind a macro; it is shown nowhere.
            throw new RuntimeException(Macro.MACRO_CANCELED);
        }
    }
}
