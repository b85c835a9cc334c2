package org.inferencebridge;

/** The command "Deconvolve...": operations of the task deconvolve. */
public final class Deconvolve extends OperationCommand {
    /** Created by ImageJ. */
    public Deconvolve() {
        super("Deconvolve", "deconvolve");
    }
}
