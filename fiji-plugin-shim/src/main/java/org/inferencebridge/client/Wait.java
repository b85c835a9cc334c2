package org.inferencebridge.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting that looks at Esc twenty times a second. */
final class Wait {
    private static final long POLL_MS = 50;

    private Wait() {
    }

    static void sleep(final long milliseconds, final BooleanSupplier cancelled) throws CancelledException {
        until(new CountDownLatch(1), milliseconds, cancelled);
    }

    /** Waits for the latch for so long at most; false where it did not open. */
    static boolean until(final CountDownLatch latch, final long milliseconds, final BooleanSupplier cancelled) throws CancelledException {
        final long end = System.nanoTime() + milliseconds * 1_000_000;
        while (true) {
            if (cancelled.getAsBoolean()) {
                throw new CancelledException();
            }
            final long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return latch.getCount() == 0;
            }
            try {
                if (latch.await(Math.min(left, POLL_MS), TimeUnit.MILLISECONDS)) {
                    return true;
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
    }
}
