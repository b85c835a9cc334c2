package org.inferencebridge.dialog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.v1.Operation;

/** The operations that a command offers, and how it names them. */
public final class OperationChoice {
    /** The command line's defaults, so that the same words mean the same everywhere. */
    private static final List<String> DEFAULTS = Arrays.asList("denoise/nlm", "deconvolve/richardson-lucy");

    private final List<Operation> operations;
    private final boolean isTask;

    /**
     * @param operations at least one
     * @param isTask whether they are of one task, which need not be repeated in their names
     */
    public OperationChoice(final List<Operation> operations, final boolean isTask) {
        this.operations = operations;
        this.isTask = isTask;
    }

    /** Key of the macro option that names the operation. */
    public String key() {
        return isTask ? Keys.MODEL : Keys.OPERATION;
    }

    /** The operation as it is named here. */
    public String name(final Operation operation) {
        return isTask ? operation.getId().substring(operation.getId().indexOf('/') + 1) : operation.getId();
    }

    /** All names. */
    public List<String> names() {
        final List<String> names = new ArrayList<>();
        for (final Operation operation : operations) {
            names.add(name(operation));
        }
        return names;
    }

    /** The one that runs where none is named. */
    public Operation first() {
        for (final Operation operation : operations) {
            if (DEFAULTS.contains(operation.getId())) {
                return operation;
            }
        }
        return operations.get(0);
    }

    /**
     * The operation of a name or a full id.
     *
     * @throws BridgeException it is not there
     */
    public Operation find(final String name) throws BridgeException {
        for (final Operation operation : operations) {
            if (operation.getId().equals(name.trim()) || name(operation).equals(name.trim())) {
                return operation;
            }
        }
        throw new BridgeException("OperationNotFound", key(), "The " + key() + " is \"" + name + "\"; accepted: " + String.join(", ", names()) + ".");
    }
}
