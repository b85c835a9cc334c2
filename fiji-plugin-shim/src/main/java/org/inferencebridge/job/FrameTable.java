package org.inferencebridge.job;

import ij.measure.ResultsTable;
import java.util.List;
import java.util.Map;
import org.inferencebridge.v1.FrameNumbers;

/** What an operation found for each frame of a movie, as a table: a row for each frame, counted from 1 as ImageJ does. */
final class FrameTable {
    private static final int DECIMALS = 4;

    private FrameTable() {
    }

    static ResultsTable of(final List<FrameNumbers> frames) {
        final ResultsTable table = new ResultsTable();
        table.setPrecision(DECIMALS);
        for (final FrameNumbers frame : frames) {
            table.incrementCounter();
            table.addValue("frame", frame.getFrame() + 1);
            for (final Map.Entry<String, Double> number : frame.getNumbersMap().entrySet()) {
                table.addValue(number.getKey(), number.getValue());
            }
        }
        return table;
    }
}
