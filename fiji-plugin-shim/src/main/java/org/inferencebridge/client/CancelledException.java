package org.inferencebridge.client;

/** The person pressed Esc. */
public final class CancelledException extends Exception {
    /** Creates it. */
    public CancelledException() {
        super("Cancelled");
    }
}
