import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.awt.EventQueue;
import java.awt.event.KeyEvent;

/** Esc in the midst of a long job: args are the server and how to run it, "plugin" or "macro". */
public final class EscapeScenario {
    public static void main(final String[] args) throws Exception {
        Desk.start();
        final ImagePlus image = IJ.createImage("big", "32-bit noise", 512, 512, 48);
        image.show();
        final int before = Desk.hash(image);
        final String options = "model=nlm dimensions=3d patch_distance=8 server=" + args[0];
        final Thread run = new Thread(() -> {
            if (args[1].equals("macro")) {
                Desk.say("macro", IJ.runMacro("run('Denoise...', '" + options + "'); print('went on');"));
            } else {
                IJ.run(image, "Denoise...", options);
            }
        }, "Run$_test");
        run.start();
        Desk.await("lock", image::isLocked);
        // ImageJ's own status line tells that the server computes.
        Desk.await("computing", () -> ij.ImageJ.getStatusBarText().contains("planes)"));
        final long start = System.nanoTime();
        final ij.ImageJ ij = IJ.getInstance();
        EventQueue.invokeLater(() -> ij.keyPressed(new KeyEvent(ij, KeyEvent.KEY_PRESSED, 0, 0, KeyEvent.VK_ESCAPE, (char) KeyEvent.VK_ESCAPE)));
        Desk.await("unlock", () -> !image.isLocked());
        Desk.say("milliseconds", (System.nanoTime() - start) / 1_000_000);
        run.join();
        IJ.setKeyUp(KeyEvent.VK_ESCAPE);
        Desk.say("locked", image.isLocked());
        Desk.say("images", WindowManager.getImageCount());
        Desk.say("unchanged", Desk.hash(image) == before);
        Desk.say("went_on", IJ.getLog() != null && IJ.getLog().contains("went on"));
        // The device must be free again, and ImageJ usable.
        final long again = System.nanoTime();
        IJ.run(image, "Denoise...", "model=gaussian slices=1-2 server=" + args[0]);
        Desk.say("next_seconds", (System.nanoTime() - again) / 1_000_000_000);
        Desk.say("next_slices", WindowManager.getImage("big-gaussian").getStackSize());
        System.exit(0);
    }
}
