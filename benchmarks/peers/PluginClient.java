import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.macro.Interpreter;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Random;

/**
 * ImageJ with the plugin: a 16-bit stack of 256 MiB through diagnostic/identity. Argument: SERVER. For each line "run" of
 * standard input it runs once and answers the seconds that it took, as resident.py does.
 */
public final class PluginClient {
    private static final int PLANES = 128;
    private static final int SIZE = 1024;

    public static void main(final String[] args) throws Exception {
        final ImageStack stack = new ImageStack(SIZE, SIZE);
        final Random random = new Random(1);
        for (int i = 0; i < PLANES; i++) {
            final short[] plane = new short[SIZE * SIZE];
            for (int j = 0; j < plane.length; j++) {
                plane[j] = (short) random.nextInt();
            }
            stack.addSlice("", plane);
        }
        Interpreter.batchMode = true;
        final ImagePlus image = new ImagePlus("stack", stack);
        Interpreter.addBatchModeImage(image);
        System.out.println("{\"java\": \"" + System.getProperty("java.version") + "\", \"imagej\": \"" + IJ.getVersion() + "\"}");
        final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        boolean checked = false;
        while (commands.readLine() != null) {
            final long start = System.nanoTime();
            IJ.runPlugIn("org.inferencebridge.RunOperation", "operation=diagnostic/identity output=memory server=" + args[0]);
            final double seconds = (System.nanoTime() - start) / 1e9;
            final ImagePlus result = Interpreter.getLastBatchModeImage();
            if (result == image || result.getStackSize() != PLANES || !checked && !same(stack, result.getStack())) {
                throw new IllegalStateException("The result is not the image: " + result);
            }
            checked = true;
            Interpreter.removeBatchModeImage(result);
            result.flush();
            System.out.println(seconds);
        }
        System.exit(0);
    }

    private static boolean same(final ImageStack a, final ImageStack b) {
        for (int i = 1; i <= PLANES; i++) {
            if (!Arrays.equals((short[]) a.getPixels(i), (short[]) b.getPixels(i))) {
                return false;
            }
        }
        return true;
    }
}
