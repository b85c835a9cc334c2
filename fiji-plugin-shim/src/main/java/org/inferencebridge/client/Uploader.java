package org.inferencebridge.client;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ClientCallStreamObserver;
import java.io.IOException;
import java.util.Map;
import org.inferencebridge.v1.Chunk;
import org.inferencebridge.v1.ProcessRequest;

/** Sends the declaration and every chunk of about 1 MiB, no faster than the connection takes them, then half-closes. */
final class Uploader {
    private static final int CHUNK_BYTES = 1 << 20;

    private final JobRequest request;
    private final ClientCallStreamObserver<ProcessRequest> stream;
    private final CallGate gate;
    private final JobProgress progress;
    private byte[] buffer = new byte[0];

    Uploader(final JobRequest request, final ClientCallStreamObserver<ProcessRequest> stream, final CallGate gate, final JobProgress progress) {
        this.request = request;
        this.stream = stream;
        this.gate = gate;
        this.progress = progress;
    }

    /** Runs until everything is sent or the call is over. */
    void run() throws IOException, BridgeException {
        if (!send(ProcessRequest.newBuilder().setDeclaration(request.declaration()).build())) {
            return;
        }
        for (final Map.Entry<String, VolumeSource> input : request.uploads().entrySet()) {
            if (!send(input.getKey(), input.getValue())) {
                return;
            }
        }
        stream.onCompleted();
    }

    private boolean send(final String name, final VolumeSource source) throws IOException, BridgeException {
        final Shape shape = new Shape(source.description(), name);
        final long planes = shape.planes();
        if (shape.planeBytes() <= CHUNK_BYTES) {
            final int step = (int) Math.min(planes, CHUNK_BYTES / shape.planeBytes());
            for (long plane = 0; plane < planes; plane += step) {
                if (!send(name, source, shape, plane, (int) Math.min(step, planes - plane), 0, shape.height())) {
                    return false;
                }
            }
            return true;
        }
        final int step = (int) Math.max(1, Math.min(shape.height(), CHUNK_BYTES / shape.rowBytes()));
        for (long plane = 0; plane < planes; plane++) {
            for (int row = 0; row < shape.height(); row += step) {
                if (!send(name, source, shape, plane, 1, row, Math.min(step, shape.height() - row))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean send(final String name, final VolumeSource source, final Shape shape, final long plane, final int planes,
        final int row, final int rows) throws IOException {
        final int rowsBytes = Math.toIntExact(shape.rowBytes() * rows);
        final int bytes = rowsBytes * planes;
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
        for (int i = 0; i < planes; i++) {
            if (gate.isOver()) {
                return false;
            }
            source.readRows(plane + i, row, rows, buffer, i * rowsBytes);
        }
        final Chunk chunk = Chunk.newBuilder().setInput(name).setFirstPlane(plane).setPlaneCount(planes)
            .setFirstRow(row).setRowCount(rows == shape.height() ? 0 : rows)
            // The message is serialised before onNext returns, so that the buffer may be used again after it.
            .setData(UnsafeByteOperations.unsafeWrap(buffer, 0, bytes))
            .setCrc32C(Crc32C.compute(buffer, 0, bytes)).build();
        if (!send(ProcessRequest.newBuilder().setChunk(chunk).build())) {
            return false;
        }
        progress.sent(row + rows == shape.height() ? planes : 0);
        return true;
    }

    private boolean send(final ProcessRequest message) {
        if (!gate.awaitRoom(stream)) {
            return false;
        }
        stream.onNext(message);
        return true;
    }
}
