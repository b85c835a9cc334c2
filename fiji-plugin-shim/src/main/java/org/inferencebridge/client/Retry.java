package org.inferencebridge.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tries again what is safe to repeat, after the connection failed or the server said that it is busy or stopping: at most
 * four attempts, with pauses from 0.5 s that double, with jitter, and no more than 60 s after the first failure.
 */
final class Retry {
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MS = 500;
    private static final long DEADLINE_NS = 60_000_000_000L;

    /** One attempt of a call. */
    interface Attempt<T> {
        /** @throws TransientFailure it failed, and may be repeated */
        T run() throws BridgeException, CancelledException, TransientFailure;
    }

    /** Carries a failure that may be repeated out of an attempt. */
    static final class TransientFailure extends Exception {
        private final transient BridgeException error;

        TransientFailure(final BridgeException error) {
            super(error);
            this.error = error;
        }
    }

    private Retry() {
    }

    static <T> T run(final Attempt<T> attempt, final BooleanSupplier cancelled, final Consumer<String> status)
        throws BridgeException, CancelledException {
        long firstFailure = 0;
        for (int number = 1;; number++) {
            try {
                return attempt.run();
            } catch (final TransientFailure failure) {
                final long now = System.nanoTime();
                firstFailure = number == 1 ? now : firstFailure;
                if (number == ATTEMPTS || now - firstFailure > DEADLINE_NS) {
                    throw failure.error;
                }
                status.accept("No connection, trying again (" + (number + 1) + " of " + ATTEMPTS + ")");
                final long pause = FIRST_PAUSE_MS << (number - 1);
                Wait.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + pause / 2), cancelled);
            }
        }
    }
}
