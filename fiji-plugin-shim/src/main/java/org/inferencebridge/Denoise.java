package org.inferencebridge;

/** The command "Denoise...": operations of the task denoise. */
public final class Denoise extends OperationCommand {
    /** Created by ImageJ. */
    public Denoise() {
        super("Denoise", "denoise");
    }
}
