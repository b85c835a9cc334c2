import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.ItemEvent;
import java.awt.event.ItemListener;

/** Pictures for the documentation. Args: server, a stack to show, folder, x of the menu Plugins, y of the entry in it. */
public final class Screenshots {
    public static void main(final String[] args) throws Exception {
        final String folder = args[2] + "/";
        Desk.start().setLocation(20, 20);
        IJ.run("Server...", "address=" + args[0]);
        final ImagePlus image = IJ.openImage(args[1]);
        image.setTitle("tubules.tif");
        image.show();
        image.getWindow().setLocation(20, 200);
        image.setSlice(image.getStackSize() / 2);
        IJ.run(image, "Enhance Contrast", "saturated=0.35");
        final Rectangle screen = new Rectangle(0, 0, 1280, 900);
        Desk.shoot(folder + "start.png", screen);

        final Robot robot = new Robot();
        robot.mouseMove(Integer.parseInt(args[3]), 20 + 40);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        Thread.sleep(500);
        Desk.shoot(folder + "plugins.png", screen);
        robot.mouseMove(Integer.parseInt(args[3]) + 20, Integer.parseInt(args[4]));
        Thread.sleep(500);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        Thread.sleep(500);
        Desk.shoot(folder + "menu.png", screen);
        robot.keyPress(java.awt.event.KeyEvent.VK_ESCAPE);
        robot.keyRelease(java.awt.event.KeyEvent.VK_ESCAPE);
        Thread.sleep(300);
        robot.keyPress(java.awt.event.KeyEvent.VK_ESCAPE);
        robot.keyRelease(java.awt.event.KeyEvent.VK_ESCAPE);
        Thread.sleep(300);

        Desk.menu("Server...");
        final GenericDialog server = Desk.dialog("InferenceBridge Server");
        Desk.press(server, "Test");
        Thread.sleep(6000);
        Desk.shoot(folder + "server.png", screen);
        Desk.press(server, "Cancel");

        IJ.selectWindow("tubules.tif");
        Desk.menu("Denoise...");
        final GenericDialog dialog = Desk.dialog("Denoise");
        dialog.setLocation(640, 60);
        final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
        EventQueue.invokeAndWait(() -> {
            box.setState(true);
            for (final ItemListener listener : box.getItemListeners()) {
                listener.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.SELECTED));
            }
        });
        Desk.image("Preview of tubules.tif");
        Thread.sleep(1500);
        Desk.shoot(folder + "dialog.png", screen);
        EventQueue.invokeAndWait(() -> ((java.awt.TextField) dialog.getNumericFields().get(1)).setText("24"));
        Desk.press(dialog, "OK");
        Desk.await("progress", () -> ij.ImageJ.getStatusBarText().contains("planes)"));
        Desk.shoot(folder + "progress.png", screen);
        final ImagePlus result = Desk.image("tubules-nlm");
        Desk.await("unlock", () -> !image.isLocked());
        result.getWindow().setLocation(image.getWindow().getX() + image.getWindow().getWidth() + 10, 200);
        Desk.shoot(folder + "result.png", screen);
        System.exit(0);
    }
}
