package org.inferencebridge.dialog;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.CancelledException;
import org.inferencebridge.client.Catalog;
import org.inferencebridge.client.ServerAddress;
import org.inferencebridge.v1.Device;
import org.inferencebridge.v1.ServerInfo;

/** Asks a server who it is. */
public final class ServerTest {
    private ServerTest() {
    }

    /**
     * Version, devices and the time of a call, in one line.
     *
     * @throws BridgeException it does not answer
     * @throws CancelledException the caller cancelled
     */
    public static String run(final ServerAddress address, final BooleanSupplier cancelled) throws BridgeException, CancelledException {
        final Catalog catalog = new Catalog(address, cancelled, status -> { });
        // The first call loads the network code, which says nothing of the server.
        catalog.serverInfo();
        final long start = System.nanoTime();
        final ServerInfo info = catalog.serverInfo();
        final double milliseconds = (System.nanoTime() - start) / 1e6;
        final StringBuilder devices = new StringBuilder();
        for (final Device device : info.getDevicesList()) {
            devices.append(devices.length() == 0 ? "" : ", ").append(device.getId()).append(" (").append(device.getName()).append(')');
        }
        return String.format(Locale.ROOT, "%s: server %s on %s, answers in %.1f ms", address, info.getVersion(), devices, milliseconds);
    }
}
