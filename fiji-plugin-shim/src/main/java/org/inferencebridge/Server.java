package org.inferencebridge;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;
import java.util.Arrays;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.CancelledException;
import org.inferencebridge.client.ServerAddress;
import org.inferencebridge.dialog.MacroOptions;
import org.inferencebridge.dialog.ServerDialog;
import org.inferencebridge.dialog.ServerPreferences;
import org.inferencebridge.dialog.ServerTest;
import org.inferencebridge.job.Failure;

/** The command "Server...": which server the others call; remembered in ImageJ's preferences. */
public final class Server implements PlugIn {
    /**
     * Asks, or takes what a macro says.
     *
     * @param arg options: address, tls, token, and the switch test, which prints the server's version, devices and latency
     */
    @Override
    public void run(final String arg) {
        final boolean isCommand = arg == null || arg.trim().isEmpty();
        final String options = isCommand ? Macro.getOptions() : arg;
        try {
            if (options == null && !Failure.isUnattended()) {
                new ServerDialog().ask();
            } else {
                set(new MacroOptions(options));
            }
        } catch (final BridgeException e) {
            Failure.report(e.getMessage(), isCommand);
        } catch (final CancelledException e) {
            Failure.cancelled(isCommand);
        }
    }

    private static void set(final MacroOptions options) throws BridgeException, CancelledException {
        options.refuseUnknown(Arrays.asList("address", "tls", "token", "test"));
        final String text = options.get("address", ServerPreferences.address());
        // A token is meant for the server that it was entered for.
        final boolean isSame = text.equals(ServerPreferences.address());
        final boolean tls = options.has("tls") ? options.isOn("tls") : isSame && ServerPreferences.isTls();
        final String token = options.get("token", isSame ? ServerPreferences.token() : "");
        final ServerAddress address = ServerAddress.parse(text, tls, token);
        ServerPreferences.save(text, tls, token);
        if (options.isOn("test")) {
            IJ.resetEscape();
            IJ.log(ServerTest.run(address, IJ::escapePressed));
        }
    }
}
