import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.awt.Dialog;
import java.awt.Window;

/** The server goes away in the midst of a job. Args: server. Says "computing" and waits for that to happen. */
public final class LostServerScenario {
    public static void main(final String[] args) throws Exception {
        Desk.start();
        final ImagePlus image = IJ.createImage("big", "32-bit noise", 384, 384, 48);
        // Frames are computed one by one, so that results come while the job still runs.
        image.setDimensions(1, 2, 24);
        image.setOpenAsHyperStack(true);
        image.show();
        final Thread run = new Thread(() -> {
            try {
                IJ.run(image, "Denoise...", "model=nlm dimensions=3d patch_distance=8 server=" + args[0]);
            } catch (final RuntimeException e) {
                Desk.say("thrown", e.getMessage());
            }
        }, "Run$_test");
        run.start();
        Desk.await("first result", () -> ij.ImageJ.getStatusBarText().matches(".*\\([1-9][0-9]*/48 planes\\).*"));
        Desk.say("computing", true);
        final Dialog[] box = new Dialog[1];
        Desk.await("box", () -> {
            for (final Window window : Window.getWindows()) {
                if (window instanceof Dialog && Desk.isOpen((Dialog) window)) {
                    box[0] = (Dialog) window;
                }
            }
            return box[0] != null;
        });
        Desk.say("locked", image.isLocked());
        Desk.say("title", box[0].getTitle());
        Desk.say("error", IJ.getErrorMessage());
        box[0].dispose();
        run.join();
        Desk.say("images", WindowManager.getImageCount());
        IJ.run(image, "Invert", "stack");
        Desk.say("usable", true);
        System.exit(0);
    }
}
