package org.inferencebridge.client;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.inferencebridge.v1.FrameNumbers;
import org.inferencebridge.v1.PixelType;
import org.inferencebridge.v1.ProcessRequest;
import org.inferencebridge.v1.ProcessResponse;
import org.inferencebridge.v1.Summary;
import org.inferencebridge.v1.VolumeServiceGrpc;

/** One attempt of a job: uploads and downloads at once, and tells which of them failed first. */
final class JobCall implements ClientResponseObserver<ProcessRequest, ProcessResponse> {
    /** Results that may be on their way beside the one that is being handled; bounds the memory. */
    private static final int PREFETCH = 4;

    private final JobRequest request;
    private final ServerAddress address;
    private final JobProgress progress;
    private final ResultReader reader;
    private final CallGate gate = new CallGate();
    private volatile ClientCallStreamObserver<ProcessRequest> stream;
    private volatile boolean hasAnswer;
    private volatile Exception fault;
    private volatile Status status = Status.OK;
    private volatile Metadata trailers;

    JobCall(final JobRequest request, final PixelType asked, final ServerAddress address, final VolumeSink sink, final JobProgress progress) {
        this.request = request;
        this.address = address;
        this.progress = progress;
        this.reader = new ResultReader(sink, asked, progress);
    }

    List<FrameNumbers> numbers() {
        return reader.numbers();
    }

    Summary run(final BooleanSupplier cancelled) throws BridgeException, CancelledException, IOException, Retry.TransientFailure {
        try (Connection connection = new Connection(address)) {
            VolumeServiceGrpc.newStub(connection.channel()).process(this);
            final Thread upload = new Thread(this::upload, "InferenceBridge upload");
            upload.setDaemon(true);
            upload.start();
            try {
                while (!Wait.until(gate.end(), Long.MAX_VALUE / 2_000_000, cancelled)) {
                    // As long as the server needs.
                    continue;
                }
            } finally {
                gate.over();
                stream.cancel("The job is over", null);
                join(upload);
            }
        }
        return finish();
    }

    @Override
    public void beforeStart(final ClientCallStreamObserver<ProcessRequest> requestStream) {
        stream = requestStream;
        requestStream.disableAutoRequestWithInitial(PREFETCH);
        requestStream.setOnReadyHandler(gate::room);
    }

    @Override
    public void onNext(final ProcessResponse response) {
        hasAnswer = true;
        if (gate.isOver()) {
            return;
        }
        try {
            reader.take(response);
            stream.request(1);
        } catch (final BridgeException | IOException | RuntimeException | OutOfMemoryError e) {
            fail(e instanceof OutOfMemoryError ? outOfMemory() : (Exception) e);
        }
    }

    @Override
    public void onError(final Throwable error) {
        if (error instanceof StatusRuntimeException) {
            trailers = ((StatusRuntimeException) error).getTrailers();
        }
        status = Status.fromThrowable(error);
        gate.over();
    }

    @Override
    public void onCompleted() {
        gate.over();
    }

    private void upload() {
        try {
            new Uploader(request, stream, gate, progress).run();
        } catch (final BridgeException | IOException | RuntimeException | OutOfMemoryError e) {
            // When the call is over, whatever still fails here follows from that.
            if (!gate.isOver()) {
                fail(e instanceof OutOfMemoryError ? outOfMemory() : (Exception) e);
            }
        }
    }

    private synchronized void fail(final Exception e) {
        if (fault == null && !gate.isOver()) {
            fault = e;
            gate.over();
        }
    }

    private Summary finish() throws BridgeException, IOException, Retry.TransientFailure {
        if (fault instanceof BridgeException) {
            throw (BridgeException) fault;
        }
        if (fault instanceof IOException) {
            throw (IOException) fault;
        }
        if (fault != null) {
            throw new BridgeException("Internal", "", "The plugin failed: " + fault + ".", fault);
        }
        if (!status.isOk()) {
            final BridgeException error = Errors.map(status, trailers, address.toString(), hasAnswer);
            if (error.isTransient() && !reader.hasResult()) {
                throw new Retry.TransientFailure(error);
            }
            throw error;
        }
        return reader.finish();
    }

    private static BridgeException outOfMemory() {
        return new BridgeException("ClientOutOfMemory", "output", "ImageJ has not enough memory for the result; accepted: "
            + "output=virtual or output=file, or more memory in Edit > Options > Memory & Threads...");
    }

    private static void join(final Thread upload) {
        try {
            // A virtual stack may be in the midst of a slow read: Esc must not wait for it.
            upload.join(500);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
