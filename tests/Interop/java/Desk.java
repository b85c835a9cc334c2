import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.io.File;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;

/** What the programs share that sit at ImageJ's windows like a person. */
final class Desk {
    private Desk() {
    }

    static ImageJ start() {
        final ImageJ ij = new ImageJ(ImageJ.STANDALONE);
        ij.exitWhenQuitting(true);
        return ij;
    }

    static void say(final String name, final Object value) {
        System.out.println(name + "=" + String.valueOf(value).replace("\n", "\\n"));
    }

    static void await(final String what, final BooleanSupplier condition) throws Exception {
        final long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                say("gave_up_waiting_for", what);
                say("error", IJ.getErrorMessage());
                say("status", ImageJ.getStatusBarText());
                say("log", IJ.getLog());
                for (final Window window : Window.getWindows()) {
                    say("window", window);
                }
                System.exit(3);
            }
            Thread.sleep(5);
        }
    }

    /**
     * True once a dialog is on the screen and listens. One that is closed between these two leaves the thread that opened it waiting for ever, which
     * nobody can do by hand.
     */
    static boolean isOpen(final Dialog dialog) {
        if (!dialog.isShowing()) {
            return false;
        }
        return !dialog.isModal() || Thread.getAllStackTraces().entrySet().stream().anyMatch(
            thread -> thread.getKey().getState() == Thread.State.WAITING && Arrays.stream(thread.getValue()).anyMatch(
                call -> call.getClassName().equals("java.awt.WaitDispatchSupport") && call.getMethodName().equals("enter")));
    }

    /** The open dialog of ImageJ's, once it listens. */
    static GenericDialog dialog(final String title) throws Exception {
        final GenericDialog[] found = new GenericDialog[1];
        await("dialog " + title, () -> {
            for (final Window window : Window.getWindows()) {
                if (window instanceof GenericDialog && isOpen((GenericDialog) window) && ((GenericDialog) window).getTitle().equals(title)) {
                    found[0] = (GenericDialog) window;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    static void press(final Container container, final String label) throws Exception {
        final Button button = find(container, label);
        EventQueue.invokeAndWait(() -> {
            for (final java.awt.event.ActionListener listener : button.getActionListeners()) {
                listener.actionPerformed(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label));
            }
        });
    }

    static Button find(final Container container, final String label) {
        for (final Component component : container.getComponents()) {
            if (component instanceof Button && ((Button) component).getLabel().trim().equals(label)) {
                return (Button) component;
            }
            if (component instanceof Container) {
                final Button inner = find((Container) component, label);
                if (inner != null) {
                    return inner;
                }
            }
        }
        return null;
    }

    /** Runs a command of the menu as a click on it does. */
    static void menu(final String command) {
        IJ.doCommand(command);
    }

    static ImagePlus image(final String title) throws Exception {
        await("image " + title, () -> WindowManager.getImage(title) != null);
        return WindowManager.getImage(title);
    }

    static void shoot(final String file, final Rectangle area) throws Exception {
        if (!file.isEmpty()) {
            Thread.sleep(400);
            ImageIO.write(new Robot().createScreenCapture(area), "png", new File(file));
        }
    }

    /** Pixels of all planes as one number. */
    static int hash(final ImagePlus image) {
        int hash = 7;
        for (int i = 1; i <= image.getStackSize(); i++) {
            final ij.process.ImageProcessor processor = image.getStack().getProcessor(i);
            for (int p = 0; p < processor.getPixelCount(); p++) {
                hash = 31 * hash + processor.get(p);
            }
        }
        return hash;
    }
}
