package org.inferencebridge.client;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a server listens. */
public final class ServerAddress {
    /** Address that a server has unless it is told otherwise. */
    public static final String DEFAULT = "127.0.0.1:50051";

    private final String text;
    private final String host;
    private final int port;
    private final boolean tls;
    private final String token;

    private ServerAddress(final String text, final String host, final int port, final boolean tls, final String token) {
        this.text = text;
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.token = token;
    }

    /**
     * Reads an address.
     *
     * @param text "host:port", "http://host:port", or "https://host:port" for TLS
     * @param tls whether to encrypt where the text does not say
     * @param token sent with every call as a bearer token; empty sends none
     * @throws BridgeException the text has another form
     */
    public static ServerAddress parse(final String text, final boolean tls, final String token) throws BridgeException {
        final String trimmed = text.trim();
        final boolean hasScheme = trimmed.contains("://");
        try {
            final URI uri = new URI(hasScheme ? trimmed : "http://" + trimmed);
            final boolean https = "https".equalsIgnoreCase(uri.getScheme());
            final String path = uri.getPath() == null ? "" : uri.getPath();
            if ((https || "http".equalsIgnoreCase(uri.getScheme())) && uri.getHost() != null && uri.getUserInfo() == null
                && uri.getPort() > 0 && uri.getPort() < 65536 && (path.isEmpty() || path.equals("/"))
                && uri.getQuery() == null && uri.getFragment() == null) {
                return new ServerAddress(trimmed, uri.getHost(), uri.getPort(), https || (!hasScheme && tls), token.trim());
            }
        } catch (final URISyntaxException e) {
            // The same sentence tells what is accepted.
        }
        throw new BridgeException("UsageInvalid", "address",
            "The address of the server is \"" + text + "\"; accepted: host:port, http://host:port or https://host:port.");
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    boolean tls() {
        return tls;
    }

    String token() {
        return token;
    }

    /** As it was given. */
    @Override
    public String toString() {
        return text;
    }
}
