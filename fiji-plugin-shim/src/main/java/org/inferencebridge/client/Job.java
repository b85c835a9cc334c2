package org.inferencebridge.client;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inferencebridge.v1.Declaration;
import org.inferencebridge.v1.FrameNumbers;
import org.inferencebridge.v1.Summary;

/** Runs one operation on one image, plane by plane; upload and download overlap. */
public final class Job {
    private final ServerAddress address;
    private final JobRequest request;
    private final VolumeSink sink;
    private List<FrameNumbers> numbers = Collections.emptyList();

    /**
     * @param address the server
     * @param request what is asked
     * @param sink takes the result
     */
    public Job(final ServerAddress address, final JobRequest request, final VolumeSink sink) {
        this.address = address;
        this.request = request;
        this.sink = sink;
    }

    /**
     * Runs it on the calling thread. A job of which no result has come is tried again after the connection failed.
     *
     * @param progress is told how far the job is
     * @param cancelled asked twenty times a second; true cancels the call, also on the server
     * @param status told when the job is tried again
     * @return what became of the job
     * @throws BridgeException the server refuses or is lost, or the result came damaged
     * @throws CancelledException the caller cancelled
     */
    public Summary run(final JobProgress progress, final BooleanSupplier cancelled, final Consumer<String> status)
        throws BridgeException, CancelledException {
        final Declaration declaration = request.declaration();
        long planes = 0;
        for (final VolumeSource source : request.uploads().values()) {
            planes += new Shape(source.description(), "image").planes();
        }
        final long toSend = planes;
        return Retry.run(() -> {
            progress.start(toSend);
            try {
                final JobCall call = new JobCall(request, declaration.getOutputPixelType(), address, sink, progress);
                final Summary summary = call.run(cancelled);
                numbers = call.numbers();
                return summary;
            } catch (final IOException e) {
                throw new BridgeException("FileUnwritable", "", sentence(e), e);
            }
        }, cancelled, status);
    }

    /** What the operation found for each frame of a movie, in order, after {@link #run}; empty where it tells nothing of frames. */
    public List<FrameNumbers> numbers() {
        return numbers;
    }

    private static String sentence(final IOException e) {
        final String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }
}
