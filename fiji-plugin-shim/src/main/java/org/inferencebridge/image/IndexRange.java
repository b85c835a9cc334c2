package org.inferencebridge.image;

import java.util.Arrays;
import java.util.TreeSet;
import org.inferencebridge.client.BridgeException;

/** Chosen channels, slices or frames, counted from 1: "all", "3", "2-5", "1,4-6". */
public final class IndexRange {
    private final int[] indices;
    private final int size;

    private IndexRange(final int[] indices, final int size) {
        this.indices = indices;
        this.size = size;
    }

    /** All of them. */
    public static IndexRange all(final int size) {
        final int[] indices = new int[size];
        Arrays.setAll(indices, i -> i + 1);
        return new IndexRange(indices, size);
    }

    /** One of them. */
    public static IndexRange one(final int index, final int size) {
        return new IndexRange(new int[] {index}, size);
    }

    /**
     * Reads a text.
     *
     * @param key name for the message: "channels"
     * @param text numbers and ranges with commas between, or "all"; empty means all
     * @param size how many there are
     * @throws BridgeException the text is something else, or names one that is not there
     */
    public static IndexRange parse(final String key, final String text, final int size) throws BridgeException {
        final String trimmed = text.trim();
        if (trimmed.isEmpty() || trimmed.equalsIgnoreCase("all")) {
            return all(size);
        }
        final TreeSet<Integer> chosen = new TreeSet<>();
        for (final String part : trimmed.split("[,;]")) {
            final String[] ends = part.trim().split("\\s*-\\s*", -1);
            try {
                final int first = Integer.parseInt(ends[0]);
                final int last = Integer.parseInt(ends[ends.length - 1]);
                if (ends.length > 2 || first < 1 || last > size || first > last) {
                    throw new NumberFormatException();
                }
                for (int i = first; i <= last; i++) {
                    chosen.add(i);
                }
            } catch (final NumberFormatException e) {
                throw new BridgeException("UsageInvalid", key, "The " + key + " are \"" + text + "\"; accepted: all, or numbers and ranges from 1 to "
                    + size + " such as 1,3-" + Math.max(3, size) + ".");
            }
        }
        return new IndexRange(chosen.stream().mapToInt(Integer::intValue).toArray(), size);
    }

    /** How many are chosen. */
    public int count() {
        return indices.length;
    }

    /** The one at a place from 0, counted from 1. */
    public int get(final int place) {
        return indices[place];
    }

    /** Place from 0 of the one that is counted from 1; -1 where it is not chosen. */
    public int placeOf(final int index) {
        final int place = Arrays.binarySearch(indices, index);
        return place < 0 ? -1 : place;
    }

    /** Whether all are chosen. */
    public boolean isAll() {
        return indices.length == size;
    }

    /** Distance between neighbours where it is the same for all, else 1. */
    public int step() {
        if (indices.length < 2) {
            return 1;
        }
        final int step = indices[1] - indices[0];
        for (int i = 2; i < indices.length; i++) {
            if (indices[i] - indices[i - 1] != step) {
                return 1;
            }
        }
        return step;
    }
}
