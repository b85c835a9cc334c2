package org.inferencebridge.client;

import java.util.function.Supplier;
import java.util.zip.Checksum;

/** CRC-32C (Castagnoli) of bytes: the JDK's own where there is one (Java 9 on), else eight bytes a step by tables. */
final class Crc32C {
    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int[][] TABLES = tables();
    private static final Supplier<Checksum> JDK = jdk();

    private Crc32C() {
    }

    static int compute(final byte[] data, final int offset, final int length) {
        if (JDK != null) {
            final Checksum checksum = JDK.get();
            checksum.update(data, offset, length);
            return (int) checksum.getValue();
        }
        return computeByTables(data, offset, length);
    }

    static int computeByTables(final byte[] data, final int offset, final int length) {
        int crc = -1;
        int i = offset;
        final int end = offset + length;
        for (; i + 8 <= end; i += 8) {
            crc ^= (data[i] & 0xFF) | (data[i + 1] & 0xFF) << 8 | (data[i + 2] & 0xFF) << 16 | (data[i + 3] & 0xFF) << 24;
            crc = TABLES[7][crc & 0xFF] ^ TABLES[6][crc >>> 8 & 0xFF] ^ TABLES[5][crc >>> 16 & 0xFF] ^ TABLES[4][crc >>> 24]
                ^ TABLES[3][data[i + 4] & 0xFF] ^ TABLES[2][data[i + 5] & 0xFF]
                ^ TABLES[1][data[i + 6] & 0xFF] ^ TABLES[0][data[i + 7] & 0xFF];
        }
        for (; i < end; i++) {
            crc = crc >>> 8 ^ TABLES[0][(crc ^ data[i]) & 0xFF];
        }
        return ~crc;
    }

    private static int[][] tables() {
        final int[][] tables = new int[8][256];
        for (int value = 0; value < 256; value++) {
            int crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int step = 1; step < 8; step++) {
            for (int value = 0; value < 256; value++) {
                final int previous = tables[step - 1][value];
                tables[step][value] = previous >>> 8 ^ tables[0][previous & 0xFF];
            }
        }
        return tables;
    }

    private static Supplier<Checksum> jdk() {
        try {
            final java.lang.reflect.Constructor<?> constructor = Class.forName("java.util.zip.CRC32C").getConstructor();
            return () -> {
                try {
                    return (Checksum) constructor.newInstance();
                } catch (final ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (final ReflectiveOperationException e) {
            return null;
        }
    }
}
