import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Choice;
import java.awt.EventQueue;
import java.awt.TextField;
import java.awt.event.ItemEvent;
import java.awt.event.ItemListener;

/** Fills a dialog, presses OK, and replays what the Macro Recorder wrote. Args: server, and a file for a screenshot or "". */
public final class RecorderScenario {
    public static void main(final String[] args) throws Exception {
        Desk.start();
        new Recorder(true);
        server(args[0]);
        final ImagePlus image = IJ.createHyperStack("cells [1].tif", 96, 80, 2, 3, 1, 16);
        IJ.run(image, "Add Specified Noise...", "stack standard=300");
        image.show();
        final int source = Desk.hash(image);
        Desk.menu("Denoise...");
        GenericDialog dialog = Desk.dialog("Denoise");
        choose(dialog, 0, "gaussian");
        Desk.await("rebuilt dialog", () -> fields(open()) == 2);
        dialog = open();
        final GenericDialog form = dialog;
        EventQueue.invokeAndWait(() -> {
            ((TextField) form.getNumericFields().get(0)).setText("99999");
        });
        Desk.await("refusal", () -> !Desk.find(form, "OK").isEnabled());
        Desk.say("refused", true);
        EventQueue.invokeAndWait(() -> {
            ((TextField) form.getNumericFields().get(0)).setText("2.25");
            ((TextField) form.getStringFields().get(1)).setText("2-3");
        });
        Desk.await("acceptance", () -> Desk.find(form, "OK").isEnabled());
        Desk.press(form, "OK");
        final ImagePlus first = Desk.image("cells [1]-gaussian");
        Desk.await("unlock", () -> !image.isLocked());
        Desk.say("first_slices", first.getNSlices());
        Desk.await("recording", () -> Recorder.getInstance().getText().contains("Denoise"));
        final String text = Recorder.getInstance().getText();
        Desk.say("recorded", text);
        final int hash = Desk.hash(first);
        first.changes = false;
        first.close();
        Recorder.record = false;
        Desk.say("replay", IJ.runMacro("selectWindow('cells [1].tif');\n" + text.substring(text.indexOf("run(\"Denoise"))));
        final ImagePlus second = WindowManager.getImage("cells [1]-gaussian");
        Desk.say("same", second != null && Desk.hash(second) == hash);
        Desk.say("differs_from_source", hash != source);
        Desk.say("source_unchanged", Desk.hash(image) == source);
        System.exit(0);
    }

    private static void server(final String address) throws Exception {
        Desk.menu("Server...");
        final GenericDialog dialog = Desk.dialog("InferenceBridge Server");
        EventQueue.invokeAndWait(() -> {
            ((TextField) dialog.getStringFields().get(0)).setText(address);
            ((TextField) dialog.getStringFields().get(1)).setText("secret-token");
        });
        Desk.press(dialog, "Test");
        final java.awt.TextArea answer = area(dialog);
        Desk.await("answer", () -> answer.getText().contains("answers in"));
        Desk.say("test", answer.getText());
        Desk.press(dialog, "OK");
        Desk.await("recording", () -> Recorder.getInstance().getText().contains("address="));
    }

    private static java.awt.TextArea area(final java.awt.Container container) {
        for (final java.awt.Component component : container.getComponents()) {
            if (component instanceof java.awt.TextArea) {
                return (java.awt.TextArea) component;
            }
            if (component instanceof java.awt.Container && area((java.awt.Container) component) != null) {
                return area((java.awt.Container) component);
            }
        }
        return null;
    }

    private static GenericDialog open() {
        try {
            return Desk.dialog("Denoise");
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int fields(final GenericDialog dialog) {
        return dialog.getNumericFields() == null ? 0 : dialog.getNumericFields().size();
    }

    private static void choose(final GenericDialog dialog, final int index, final String value) throws Exception {
        final Choice choice = (Choice) dialog.getChoices().get(index);
        EventQueue.invokeAndWait(() -> {
            choice.select(value);
            for (final ItemListener listener : choice.getItemListeners()) {
                listener.itemStateChanged(new ItemEvent(choice, ItemEvent.ITEM_STATE_CHANGED, value, ItemEvent.SELECTED));
            }
        });
    }
}
