package org.inferencebridge;

/** The command "Autofocus...": operations of the task autofocus. */
public final class Autofocus extends OperationCommand {
    /** Created by ImageJ. */
    public Autofocus() {
        super("Autofocus", "autofocus");
    }
}
