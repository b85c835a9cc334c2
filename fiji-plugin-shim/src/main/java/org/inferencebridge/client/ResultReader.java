package org.inferencebridge.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.inferencebridge.v1.Accepted;
import org.inferencebridge.v1.Chunk;
import org.inferencebridge.v1.FrameNumbers;
import org.inferencebridge.v1.PixelType;
import org.inferencebridge.v1.ProcessResponse;
import org.inferencebridge.v1.Summary;

/** Takes what the server answers, checks its order and every byte, and hands the pixels on. */
final class ResultReader {
    private final VolumeSink sink;
    private final PixelType asked;
    private final JobProgress progress;
    private final List<FrameNumbers> numbers = new ArrayList<>();
    private Shape shape;
    private Summary summary;
    private long plane;
    private int row;
    private volatile boolean hasResult;

    ResultReader(final VolumeSink sink, final PixelType asked, final JobProgress progress) {
        this.sink = sink;
        this.asked = asked;
        this.progress = progress;
    }

    /** Whether pixels have come: from then on the job must not be repeated. */
    boolean hasResult() {
        return hasResult;
    }

    void take(final ProcessResponse response) throws BridgeException, IOException {
        if (summary != null) {
            throw Errors.violation("summary", "The server sent more after the summary; accepted: the end of the stream.");
        }
        switch (response.getKindCase()) {
            case ACCEPTED:
                accept(response.getAccepted());
                break;
            case PROGRESS:
                progress.computed(response.getProgress().getStage(), response.getProgress().getPlanesComputed(),
                    response.getProgress().getFraction());
                break;
            case CHUNK:
                hasResult = true;
                take(response.getChunk());
                break;
            case FRAME_NUMBERS:
                numbers.add(response.getFrameNumbers());
                break;
            case SUMMARY:
                summary = response.getSummary();
                break;
            default:
                // A kind of message that a later version may add.
                break;
        }
    }

    /** What the operation found for each frame; empty for operations that tell nothing of frames. */
    List<FrameNumbers> numbers() {
        return numbers;
    }

    Summary finish() throws BridgeException {
        if (shape == null || summary == null) {
            throw Errors.violation("summary", "The server ended the stream without a summary; accepted: Accepted, chunks, a summary.");
        }
        if (plane != shape.planes()) {
            throw Errors.violation("result", "The server ended the result after " + plane + " whole planes; accepted: all "
                + shape.planes() + ".");
        }
        return summary;
    }

    private void accept(final Accepted accepted) throws BridgeException, IOException {
        if (shape != null) {
            throw Errors.violation("accepted", "The server accepted the job twice; accepted: once.");
        }
        shape = new Shape(accepted.getResult(), "result");
        if (asked != PixelType.PIXEL_TYPE_UNSPECIFIED && asked != shape.type()) {
            throw Errors.violation("result.pixel_type", "The server announces a result of " + shape.type() + "; accepted: " + asked
                + ", as asked for.");
        }
        sink.begin(accepted.getResult());
        progress.accepted(accepted.getDevice(), accepted.getPredictedMemoryBytes(), shape.planes());
    }

    private void take(final Chunk chunk) throws BridgeException, IOException {
        if (shape == null) {
            throw Errors.violation("chunk", "The server sent a chunk before it accepted the job; accepted: Accepted first.");
        }
        final long planes = chunk.getPlaneCount();
        final long rows = chunk.getRowCount() == 0 ? shape.height() : chunk.getRowCount();
        if (!chunk.getInput().isEmpty() || chunk.getFirstPlane() != plane || chunk.getFirstRow() != row || planes < 1
            || planes > shape.planes() - plane || rows < 1 || rows > shape.height() - row || (planes > 1 && rows != shape.height())) {
            throw new BridgeException("ChunkOutOfOrder", "result.chunk.first_plane", "A chunk of the result holds " + planes
                + " plane(s) from " + chunk.getFirstPlane() + ", " + rows + " row(s) from " + chunk.getFirstRow()
                + "; accepted: plane " + plane + " from row " + row + ".");
        }
        final int bytes = chunk.getData().size();
        if (bytes != shape.rowBytes() * rows * planes) {
            throw new BridgeException("ChunkSizeMismatch", "result.chunk.data", "A chunk of the result from plane " + plane + " has "
                + bytes + " bytes; accepted: " + shape.rowBytes() * rows * planes + ".");
        }
        final byte[] data = chunk.getData().toByteArray();
        if (Crc32C.compute(data, 0, bytes) != chunk.getCrc32C()) {
            throw new BridgeException("ChunkCorrupt", "result.chunk.crc32c", "A chunk of the result from plane " + plane
                + " came damaged: its CRC-32C differs from the declared one.");
        }
        final int planeBytes = (int) (bytes / planes);
        for (int i = 0; i < planes; i++) {
            sink.writeRows(plane + i, row, (int) rows, ByteBuffer.wrap(data, i * planeBytes, planeBytes).slice().order(ByteOrder.LITTLE_ENDIAN));
        }
        final boolean endsPlane = row + rows == shape.height();
        plane += endsPlane ? planes : 0;
        row = endsPlane ? 0 : row + (int) rows;
        progress.received(plane);
    }
}
