package org.inferencebridge;

/** The command "Run Operation...": any operation of the server, also of tasks that have no command of their own. */
public final class RunOperation extends OperationCommand {
    /** Created by ImageJ. */
    public RunOperation() {
        super("Run Operation", "");
    }
}
