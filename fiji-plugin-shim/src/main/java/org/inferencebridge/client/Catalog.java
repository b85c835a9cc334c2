package org.inferencebridge.client;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.inferencebridge.v1.CatalogServiceGrpc;
import org.inferencebridge.v1.CatalogServiceGrpc.CatalogServiceFutureStub;
import org.inferencebridge.v1.DescribeOperationRequest;
import org.inferencebridge.v1.GetServerInfoRequest;
import org.inferencebridge.v1.ListOperationsRequest;
import org.inferencebridge.v1.Operation;
import org.inferencebridge.v1.ServerInfo;

/** What a server says of itself and of its operations. */
public final class Catalog {
    private static final long TIMEOUT_MS = 10_000;

    private final ServerAddress address;
    private final BooleanSupplier cancelled;
    private final Consumer<String> status;

    /**
     * @param address the server
     * @param cancelled asked while a call runs; true ends it
     * @param status told when a call is tried again
     */
    public Catalog(final ServerAddress address, final BooleanSupplier cancelled, final Consumer<String> status) {
        this.address = address;
        this.cancelled = cancelled;
        this.status = status;
    }

    /**
     * Version, devices and limits of the server; one attempt only.
     *
     * @throws BridgeException no server answers, or it refuses
     * @throws CancelledException the caller cancelled
     */
    public ServerInfo serverInfo() throws BridgeException, CancelledException {
        try {
            return ask(stub -> stub.getServerInfo(GetServerInfoRequest.getDefaultInstance()));
        } catch (final Retry.TransientFailure e) {
            throw (BridgeException) e.getCause();
        }
    }

    /**
     * The operations of a task, ordered by id.
     *
     * @param task "denoise", "deconvolve", ...; empty lists all
     * @throws BridgeException no server answers, or it refuses
     * @throws CancelledException the caller cancelled
     */
    public List<Operation> operations(final String task) throws BridgeException, CancelledException {
        final ListOperationsRequest request = ListOperationsRequest.newBuilder().setTask(task).build();
        return Retry.run(() -> ask(stub -> stub.listOperations(request)), cancelled, status).getOperationsList();
    }

    /**
     * One operation.
     *
     * @param id such as "denoise/nlm"
     * @throws BridgeException it does not exist, or no server answers
     * @throws CancelledException the caller cancelled
     */
    public Operation operation(final String id) throws BridgeException, CancelledException {
        final DescribeOperationRequest request = DescribeOperationRequest.newBuilder().setId(id).build();
        return Retry.run(() -> ask(stub -> stub.describeOperation(request)), cancelled, status);
    }

    private <T> T ask(final Function<CatalogServiceFutureStub, ListenableFuture<T>> call)
        throws BridgeException, CancelledException, Retry.TransientFailure {
        try (Connection connection = new Connection(address)) {
            final ListenableFuture<T> answer = call.apply(CatalogServiceGrpc.newFutureStub(connection.channel()));
            final CountDownLatch done = new CountDownLatch(1);
            answer.addListener(done::countDown, Runnable::run);
            if (!Wait.until(done, TIMEOUT_MS, cancelled)) {
                throw Errors.map(Status.DEADLINE_EXCEEDED, null, address.toString(), false);
            }
            return answer.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (final ExecutionException e) {
            final StatusRuntimeException failure = e.getCause() instanceof StatusRuntimeException
                ? (StatusRuntimeException) e.getCause() : Status.fromThrowable(e.getCause()).asRuntimeException();
            final BridgeException error = Errors.map(failure.getStatus(), failure.getTrailers(), address.toString(), false);
            if (error.isTransient()) {
                throw new Retry.TransientFailure(error);
            }
            throw error;
        }
    }
}
