package org.inferencebridge;

import ij.IJ;
import ij.gui.HTMLDialog;
import ij.plugin.PlugIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.inferencebridge.dialog.ServerPreferences;
import org.inferencebridge.job.Failure;

/** The command "Help": a page on the commands and their macro options; it needs no server. */
public final class Help implements PlugIn {
    @Override
    public void run(final String arg) {
        final String page = resource("help.html").replace("@VERSION@", resource("version.txt").trim())
            .replace("@SERVER@", org.inferencebridge.dialog.HelpText.escape(ServerPreferences.address()));
        if (Failure.isUnattended()) {
            IJ.log(page.replaceAll("<[^>]*>", "").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&").trim());
        } else {
            new HTMLDialog("InferenceBridge", page, false);
        }
    }

    private static String resource(final String name) {
        try (InputStream stream = Help.class.getResourceAsStream(name);
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().collect(Collectors.joining("\n"));
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
