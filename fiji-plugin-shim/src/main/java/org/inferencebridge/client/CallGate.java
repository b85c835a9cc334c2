package org.inferencebridge.client;

import io.grpc.stub.ClientCallStreamObserver;
import java.util.concurrent.CountDownLatch;

/** Where the threads of one call wait: the upload for room, the caller for the end. */
final class CallGate {
    /** The news of room queues behind results that are being handled, so that it pays to look by oneself. */
    private static final long POLL_MS = 2;

    private final CountDownLatch end = new CountDownLatch(1);

    CountDownLatch end() {
        return end;
    }

    boolean isOver() {
        return end.getCount() == 0;
    }

    void over() {
        end.countDown();
        room();
    }

    synchronized void room() {
        notifyAll();
    }

    /** Waits until the connection takes another message; false where the call is over. */
    synchronized boolean awaitRoom(final ClientCallStreamObserver<?> stream) {
        while (!isOver() && !stream.isReady()) {
            try {
                wait(POLL_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !isOver();
    }
}
