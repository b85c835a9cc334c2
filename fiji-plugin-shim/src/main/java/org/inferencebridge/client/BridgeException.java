package org.inferencebridge.client;

/** A failure in one sentence, with the name and the field that the server or this client gives it. */
public final class BridgeException extends Exception {
    private final String error;
    private final String field;

    /**
     * @param error name of the error as the server spells it, such as "ParameterOutOfRange"
     * @param field what is at fault, such as "parameters.patch_size"; may be empty
     * @param message what was wrong, with which value, and what would be accepted
     */
    public BridgeException(final String error, final String field, final String message) {
        this(error, field, message, null);
    }

    /**
     * @param error name of the error
     * @param field what is at fault; may be empty
     * @param message the sentence
     * @param cause what it followed from; may be null
     */
    public BridgeException(final String error, final String field, final String message, final Throwable cause) {
        super(message, cause);
        this.error = error;
        this.field = field;
    }

    /** Name of the error. */
    public String error() {
        return error;
    }

    /** What is at fault; may be empty. */
    public String field() {
        return field;
    }

    /** Whether the same call may succeed a little later without any change to it. */
    boolean isTransient() {
        return error.equals(Errors.UNREACHABLE) || error.equals(Errors.BUSY) || error.equals("ServerStopping");
    }
}
