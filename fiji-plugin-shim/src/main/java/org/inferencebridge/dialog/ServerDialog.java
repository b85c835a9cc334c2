package org.inferencebridge.dialog;

import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Panel;
import java.awt.TextArea;
import java.awt.TextField;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.CancelledException;
import org.inferencebridge.client.ServerAddress;

/** Address, encryption and token, with a button that tries them. */
public final class ServerDialog {
    private final GenericDialog dialog = new GenericDialog("InferenceBridge Server");
    private final TextArea answer = new TextArea("", 3, 50, TextArea.SCROLLBARS_NONE);
    private final TextField address;
    private final Checkbox tls;
    private final TextField token;

    /** Builds it with the values of the preferences. */
    public ServerDialog() {
        dialog.addStringField("address", ServerPreferences.address(), 28);
        address = (TextField) dialog.getStringFields().lastElement();
        dialog.addCheckbox("tls (encrypt)", ServerPreferences.isTls());
        tls = (Checkbox) dialog.getCheckboxes().lastElement();
        dialog.addStringField("token", ServerPreferences.token(), 28);
        token = (TextField) dialog.getStringFields().lastElement();
        token.setEchoChar('*');
        dialog.addButton("Test", e -> test());
        answer.setEditable(false);
        answer.setFocusable(false);
        final Panel panel = new Panel();
        panel.add(answer);
        dialog.addPanel(panel);
        dialog.addHelp("<html><h2>Server</h2><p><b>address</b>: host:port, http://host:port, or https://host:port for TLS.</p>"
            + "<p><b>token</b>: what the server's owner gave you; empty where it asks for none. It is kept in ImageJ's preferences in "
            + "readable form, and never recorded in a macro.</p>");
    }

    /**
     * Shows it, remembers what was entered and records it.
     *
     * @return false where it was cancelled
     * @throws BridgeException the address cannot be read
     */
    public boolean ask() throws BridgeException {
        dialog.showDialog();
        if (dialog.wasCanceled()) {
            return false;
        }
        ServerAddress.parse(address.getText(), tls.getState(), token.getText());
        ServerPreferences.save(address.getText().trim(), tls.getState(), token.getText().trim());
        final OptionText options = new OptionText();
        options.put("address", address.getText().trim());
        if (tls.getState()) {
            options.put("tls", "true");
        }
        options.record();
        return true;
    }

    private void test() {
        answer.setText("Trying...");
        final Thread thread = new Thread(() -> {
            try {
                answer.setText(ServerTest.run(ServerAddress.parse(address.getText(), tls.getState(), token.getText()), () -> !dialog.isShowing()));
            } catch (final BridgeException e) {
                answer.setText(e.getMessage());
            } catch (final CancelledException e) {
                // The dialog is gone.
            }
        }, "InferenceBridge server test");
        thread.setDaemon(true);
        thread.start();
    }
}
