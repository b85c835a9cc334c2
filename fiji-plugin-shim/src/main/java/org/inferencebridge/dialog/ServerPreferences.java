package org.inferencebridge.dialog;

import ij.Prefs;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.ServerAddress;

/** The server that ImageJ's preferences name. */
public final class ServerPreferences {
    private static final String ADDRESS = "inferencebridge.address";
    private static final String TLS = "inferencebridge.tls";
    private static final String TOKEN = "inferencebridge.token";

    private ServerPreferences() {
    }

    /** Address as it was entered. */
    public static String address() {
        return Prefs.get(ADDRESS, ServerAddress.DEFAULT);
    }

    /** Whether to encrypt where the address does not say. */
    public static boolean isTls() {
        return Prefs.get(TLS, false);
    }

    /** Token; empty where there is none. */
    public static String token() {
        return Prefs.get(TOKEN, "");
    }

    /**
     * The server of the preferences, or another one.
     *
     * @param other address that takes precedence; empty where there is none
     * @throws BridgeException the address cannot be read
     */
    public static ServerAddress server(final String other) throws BridgeException {
        // A token is meant for the server that it was entered for.
        return other.isEmpty() ? ServerAddress.parse(address(), isTls(), token()) : ServerAddress.parse(other, isTls(), "");
    }

    /** Remembers a server. */
    public static void save(final String address, final boolean tls, final String token) {
        Prefs.set(ADDRESS, address);
        Prefs.set(TLS, tls);
        Prefs.set(TOKEN, token);
        Prefs.savePreferences();
    }
}
