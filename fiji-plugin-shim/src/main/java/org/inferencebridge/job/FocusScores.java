package org.inferencebridge.job;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferencebridge.image.Selection;
import org.inferencebridge.v1.FrameNumbers;
import org.inferencebridge.v1.Parameter;
import org.inferencebridge.v1.Operation;
import org.inferencebridge.v1.Summary;

/** How sharp the planes of a focal stack are: a table, a plot, and the best plane. */
final class FocusScores {
    private static final String SCORE = "score";
    private static final String METRIC = "metric";
    private static final Color[] COLOURS = {
        new Color(230, 159, 0), new Color(86, 180, 233), new Color(0, 158, 115), new Color(213, 94, 0), new Color(200, 180, 0), new Color(204, 121, 167),
        Color.GRAY,
    };

    private final ImagePlus image;
    private final Selection selection;
    private final List<FrameNumbers> planes;

    /**
     * @param image the stack
     * @param selection its part that was scored
     * @param planes what was found for each plane
     */
    FocusScores(final ImagePlus image, final Selection selection, final List<FrameNumbers> planes) {
        this.image = image;
        this.selection = selection;
        this.planes = planes;
    }

    /** Place of the plane with the highest score, from 0; -1 where no plane shows anything. */
    int best() {
        int best = -1;
        for (int i = 0; i < planes.size(); i++) {
            if (of(i, "empty") == 0 && (best < 0 || of(i, SCORE) > of(best, SCORE))) {
                best = i;
            }
        }
        return best;
    }

    /** Shows the best plane on the screen. */
    void goToBest() {
        if (best() >= 0) {
            image.setSlice(selection.stackIndex(Math.max(0, selection.channels().placeOf(image.getC())), 0, best()));
        }
    }

    /** One line of where the focus lies: fitted by the server where the maximum lies inside. */
    String text(final Summary summary) {
        if (best() < 0) {
            return "no plane shows any structure";
        }
        final Map<String, String> details = summary.getDetailsMap();
        final String place = "best plane " + plane(best());
        if (!details.containsKey("focus_frame")) {
            return place + "; the focus may lie outside of the stack";
        }
        final double frame = Double.parseDouble(details.get("focus_frame"));
        final double deviation = Double.parseDouble(details.get("focus_frame_sd"));
        final double first = z(0);
        final double step = planes.size() > 1 ? z(1) - first : 1;
        return place + String.format(Locale.ROOT, ", focus at %.3f \u00b1 %.3f %s", first + step * frame, Math.abs(step) * deviation, unit());
    }

    /** The numbers, with the plane as ImageJ counts it and its z. */
    ResultsTable table() {
        final ResultsTable table = FrameTable.of(planes);
        for (int i = 0; i < planes.size(); i++) {
            table.setValue("plane", i, plane(i));
            table.setValue("z", i, z(i));
        }
        return table;
    }

    /** Every metric from its least to its largest. */
    Plot plot(final Operation operation) {
        final Plot plot = new Plot("Focus of " + image.getTitle(), "z (" + unit() + ")", "score, from its least to its largest");
        final double[] places = new double[planes.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = z(i);
        }
        final List<String> names = metrics(operation);
        for (int n = 0; n < names.size(); n++) {
            plot.setColor(COLOURS[n % COLOURS.length]);
            plot.setLineWidth(2);
            plot.add("line", places, scaled(names.get(n)));
        }
        plot.setLimitsToFit(false);
        if (best() >= 0) {
            plot.setColor(Color.RED);
            plot.setLineWidth(1);
            plot.drawLine(places[best()], 0, places[best()], 1);
        }
        plot.setColor(Color.BLACK);
        plot.setLineWidth(1);
        plot.addLegend(String.join("\n", names), "auto");
        return plot;
    }

    private List<String> metrics(final Operation operation) {
        final List<String> names = new ArrayList<>();
        for (final Parameter parameter : operation.getParametersList()) {
            if (parameter.getName().equals(METRIC)) {
                parameter.getChoice().getChoicesList().forEach(choice -> names.add(choice.getValue()));
            }
        }
        names.removeIf(name -> planes.isEmpty() || !planes.get(0).containsNumbers(name));
        if (names.isEmpty()) {
            names.add(SCORE);
        }
        return names;
    }

    private double[] scaled(final String name) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        final double[] values = new double[planes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(i, name);
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = high > low ? (values[i] - low) / (high - low) : 0;
        }
        return values;
    }

    private double of(final int plane, final String name) {
        return planes.get(plane).getNumbersOrDefault(name, 0);
    }

    /** As ImageJ counts slices, or frames. */
    private int plane(final int place) {
        return selection.frames().get(place);
    }

    private double z(final int place) {
        return isScaled() ? (plane(place) - 1) * image.getCalibration().pixelDepth : plane(place);
    }

    private String unit() {
        return isScaled() ? image.getCalibration().getUnit() : "plane";
    }

    /** Whether planes are slices whose distance is known. */
    private boolean isScaled() {
        final Calibration calibration = image.getCalibration();
        return image.getNSlices() > 1 && calibration.scaled() && calibration.pixelDepth > 0;
    }
}
