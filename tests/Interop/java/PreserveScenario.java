import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** What belongs to an image before and after: prints one line for each property. Args: server. */
public final class PreserveScenario {
    private static final String IDENTITY = "Run Operation...";

    public static void main(final String[] args) throws Exception {
        Desk.start();
        final String options = "operation=diagnostic/identity server=" + args[0];
        final ImagePlus source = hyperstack();
        source.show();
        final String before = state(source);
        final int pixels = Desk.hash(source);
        IJ.run(source, IDENTITY, options);
        final ImagePlus result = WindowManager.getCurrentImage();
        Desk.say("title", result.getTitle());
        Desk.say("before", before);
        Desk.say("after", state(result));
        Desk.say("source_after", state(source));
        Desk.say("pixels_same", Desk.hash(result) == pixels && Desk.hash(source) == pixels);
        Desk.say("info", result.getProperty("Info"));
        Desk.say("source_info", source.getProperty("Info"));
        result.close();

        source.setRoi(new Roi(8, 4, 16, 12));
        IJ.run(source, IDENTITY, options + " channels=2 slices=2-3 frames=2 crop_to_roi");
        Desk.say("part", state(WindowManager.getCurrentImage()));
        WindowManager.getCurrentImage().close();

        source.deleteRoi();
        IJ.run(source, IDENTITY, options + " output=virtual");
        final ImagePlus virtual = WindowManager.getCurrentImage();
        Desk.say("virtual", virtual.getStack().isVirtual() + " " + (Desk.hash(virtual) == pixels));
        Desk.say("virtual_state", state(virtual));
        virtual.close();

        IJ.run(source, "Denoise...", "model=gaussian sigma_xy=2 in_place channels=2 server=" + args[0]);
        Desk.say("in_place", state(source));
        Desk.say("in_place_images", WindowManager.getImageCount());
        Desk.say("in_place_changed", Desk.hash(source) != pixels);
        Desk.say("in_place_info", source.getProperty("Info"));
        source.changes = false;
        source.close();

        final ImagePlus single = new ImagePlus("plane", new FloatProcessor(20, 10, floats(200)));
        single.getProcessor().setLut(LUT.createLutFromColor(Color.cyan));
        single.setDisplayRange(20, 120);
        single.setProperty("Label", "the label");
        single.show();
        final String plane = state(single);
        IJ.run(single, IDENTITY, options);
        Desk.say("plane_before", plane);
        Desk.say("plane_after", state(WindowManager.getCurrentImage()));
        System.exit(0);
    }

    private static ImagePlus hyperstack() {
        final ImageStack stack = new ImageStack(40, 30);
        for (int i = 1; i <= 12; i++) {
            final ImageProcessor processor = new ShortProcessor(40, 30);
            for (int p = 0; p < 1200; p++) {
                processor.set(p, (p * 7 + i * 100) % 4000);
            }
            stack.addSlice("slice label " + i, processor);
        }
        final ImagePlus plain = new ImagePlus("source.tif", stack);
        plain.setDimensions(2, 3, 2);
        final CompositeImage image = new CompositeImage(plain, CompositeImage.COMPOSITE);
        image.setLuts(new LUT[] {LUT.createLutFromColor(Color.magenta), LUT.createLutFromColor(Color.yellow)});
        image.setC(1);
        image.setDisplayRange(10, 1000);
        image.setC(2);
        image.setDisplayRange(20, 3000);
        image.setActiveChannels("01");
        image.setOpenAsHyperStack(true);
        final Calibration calibration = image.getCalibration();
        calibration.setUnit("micron");
        calibration.pixelWidth = 0.108333333333;
        calibration.pixelHeight = 0.11;
        calibration.pixelDepth = 0.3;
        calibration.frameInterval = 2.5;
        calibration.setTimeUnit("min");
        calibration.fps = 7;
        calibration.xOrigin = 3;
        calibration.setValueUnit("photons");
        final Overlay overlay = new Overlay();
        final Roi everywhere = new Roi(10, 6, 4, 4);
        everywhere.setStrokeColor(Color.red);
        overlay.add(everywhere, "everywhere");
        final Roi placed = new Roi(12, 8, 5, 3);
        placed.setPosition(2, 3, 2);
        overlay.add(placed, "placed");
        final Roi elsewhere = new Roi(30, 20, 5, 3);
        elsewhere.setPosition(1, 1, 1);
        overlay.add(elsewhere, "elsewhere");
        image.setOverlay(overlay);
        image.setProperty("Info", "microscope = ours");
        image.setProp("key", "value");
        return image;
    }

    private static String state(final ImagePlus image) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(bytes);
        final Calibration c = image.getCalibration();
        out.println("sizes " + Arrays.toString(image.getDimensions()) + " " + image.getBitDepth() + " " + image.isHyperStack() + " " + image.isComposite());
        out.println("calibration " + c.pixelWidth + " " + c.pixelHeight + " " + c.pixelDepth + " " + c.getUnit() + " " + c.frameInterval + " "
            + c.getTimeUnit() + " " + c.fps + " " + c.xOrigin + " " + c.yOrigin + " " + c.getValueUnit());
        for (int i = 0; i < image.getLuts().length; i++) {
            final LUT lut = image.getLuts()[i];
            out.println("lut " + Arrays.hashCode(lut.getBytes()) + " " + lut.min + " " + lut.max);
        }
        if (image.isComposite()) {
            out.println("mode " + image.getCompositeMode() + " " + ((CompositeImage) image).getActiveChannels()[0]);
        }
        out.println("range " + image.getDisplayRangeMin() + " " + image.getDisplayRangeMax());
        for (int i = 1; i <= image.getStackSize(); i++) {
            out.println("label " + image.getStack().getSliceLabel(i));
        }
        for (final Roi roi : image.getOverlay() == null ? new Roi[0] : image.getOverlay().toArray()) {
            out.println("roi " + roi.getName() + " " + roi.getBounds() + " " + roi.getStrokeColor() + " " + roi.getCPosition() + roi.getZPosition()
                + roi.getTPosition() + " " + roi.getPosition());
        }
        out.println("property " + image.getProp("key"));
        return bytes.toString();
    }

    private static float[] floats(final int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * 0.7f;
        }
        return values;
    }
}
