package org.inferencebridge;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.List;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.CancelledException;
import org.inferencebridge.client.Catalog;
import org.inferencebridge.client.ServerAddress;
import org.inferencebridge.dialog.Keys;
import org.inferencebridge.dialog.MacroOptions;
import org.inferencebridge.dialog.OperationChoice;
import org.inferencebridge.dialog.OperationDialog;
import org.inferencebridge.dialog.ServerPreferences;
import org.inferencebridge.dialog.Settings;
import org.inferencebridge.image.ImageFinder;
import org.inferencebridge.job.Failure;
import org.inferencebridge.job.OperationRun;
import org.inferencebridge.v1.Operation;

/** A command that runs an operation of the server on the active image. */
public abstract class OperationCommand implements PlugIn {
    private final String title;
    private final String task;

    /**
     * @param title of the dialog
     * @param task whose operations it offers; empty offers all
     */
    protected OperationCommand(final String title, final String task) {
        this.title = title;
        this.task = task;
    }

    /**
     * Runs it on the active image.
     *
     * @param arg options as a macro writes them; where it is empty, those of the running macro, else a dialog asks
     */
    @Override
    public final void run(final String arg) {
        final boolean isCommand = arg == null || arg.trim().isEmpty();
        final String options = isCommand ? Macro.getOptions() : arg;
        try {
            run(new MacroOptions(options), options == null && !Failure.isUnattended());
        } catch (final BridgeException e) {
            Failure.report(e.getMessage(), isCommand);
        } catch (final CancelledException e) {
            Failure.cancelled(isCommand);
        }
    }

    private void run(final MacroOptions options, final boolean asks) throws BridgeException, CancelledException {
        final ImagePlus image = options.has(Keys.OPEN) ? ImageFinder.read(Keys.OPEN, options.get(Keys.OPEN, "")) : WindowManager.getCurrentImage();
        if (image == null || image.getProcessor() == null) {
            throw new BridgeException("UsageInvalid", "image", "There is no open image; accepted: the active image, or open=[path].");
        }
        final ServerAddress address = ServerPreferences.server(options.get(Keys.SERVER, ""));
        final OperationChoice choice = new OperationChoice(operations(address), !task.isEmpty());
        final Settings settings;
        if (asks) {
            settings = new OperationDialog(title, choice, image, address).ask();
            if (settings == null) {
                return;
            }
        } else {
            final String name = options.get(choice.key(), options.get(Keys.OPERATION, options.get(Keys.MODEL, "")));
            final Operation operation = name.isEmpty() ? choice.first() : choice.find(name);
            options.refuseUnknown(Keys.all(operation));
            settings = new Settings(operation, options, image);
        }
        new OperationRun(image, settings, address).run();
    }

    private List<Operation> operations(final ServerAddress address) throws BridgeException, CancelledException {
        IJ.showStatus("InferenceBridge: asking " + address);
        IJ.resetEscape();
        final List<Operation> operations = new Catalog(address, IJ::escapePressed, text -> IJ.showStatus("InferenceBridge: " + text)).operations(task);
        if (operations.isEmpty()) {
            throw new BridgeException("OperationNotFound", "task", "The server at " + address + " offers no operation of the task " + task + ".");
        }
        return operations;
    }
}
