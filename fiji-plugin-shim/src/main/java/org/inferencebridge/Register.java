package org.inferencebridge;

/** The command "Register...": operations of the task register. */
public final class Register extends OperationCommand {
    /** Created by ImageJ. */
    public Register() {
        super("Register", "register");
    }
}
