import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.EventQueue;
import java.awt.TextField;
import java.awt.event.ItemEvent;
import java.awt.event.ItemListener;

/** Ticks Preview, types a few values, and cancels. Args: server. */
public final class PreviewScenario {
    public static void main(final String[] args) throws Exception {
        Desk.start();
        IJ.run("Server...", "address=" + args[0]);
        final ImagePlus image = IJ.createImage("cells", "16-bit noise", 128, 96, 5);
        image.show();
        image.setSlice(3);
        final int before = Desk.hash(image);
        Desk.menu("Denoise...");
        final GenericDialog dialog = Desk.dialog("Denoise");
        final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
        EventQueue.invokeAndWait(() -> {
            box.setState(true);
            for (final ItemListener listener : box.getItemListeners()) {
                listener.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.SELECTED));
            }
        });
        final ImagePlus preview = Desk.image("Preview of cells");
        Desk.say("preview_slices", preview.getStackSize());
        final int first = Desk.hash(preview);
        for (int i = 0; i < 20; i++) {
            final String value = String.valueOf(1 + i);
            EventQueue.invokeAndWait(() -> ((TextField) dialog.getNumericFields().get(1)).setText(value));
        }
        Desk.await("second preview", () -> Desk.hash(preview) != first);
        Desk.say("preview_changed", true);
        Desk.say("windows", WindowManager.getImageCount());
        Desk.press(dialog, "Cancel");
        Desk.await("closing", () -> WindowManager.getImage("Preview of cells") == null);
        Desk.say("source_unchanged", Desk.hash(image) == before && image.getSlice() == 3 && !image.isLocked());
        Desk.say("images", WindowManager.getImageCount());
        System.exit(0);
    }
}
