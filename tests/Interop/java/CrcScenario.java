package org.inferencebridge.client;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** CRC-32C as Java 8 computes it here, against published values (RFC 3720 for zeros) and the JDK's own. */
public final class CrcScenario {
    public static void main(final String[] args) {
        final byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        System.out.printf("digits=%08x%n", Crc32C.computeByTables(digits, 0, digits.length));
        System.out.printf("zeros=%08x%n", Crc32C.computeByTables(new byte[34], 1, 32));
        final byte[] random = new byte[1000];
        new Random(3).nextBytes(random);
        boolean same = true;
        for (int length = 0; length < 900; length++) {
            same &= Crc32C.computeByTables(random, length % 17, length) == Crc32C.compute(random, length % 17, length);
        }
        System.out.println("same_as_jdk=" + same);
    }
}
