package org.inferencebridge.client;

import io.grpc.Metadata;
import io.grpc.Status;
import java.io.UnsupportedEncodingException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.URLDecoder;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Turns a gRPC status back into the error that the server named. */
final class Errors {
    static final String UNREACHABLE = "ServerUnreachable";
    static final String BUSY = "ServerBusy";
    static final String PROTOCOL = "ProtocolViolation";

    private static final Metadata.Key<String> ERROR = Metadata.Key.of("ib-error", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> FIELD = Metadata.Key.of("ib-field", Metadata.ASCII_STRING_MARSHALLER);

    private Errors() {
    }

    /**
     * @param status how the call ended
     * @param trailers may be null
     * @param address server, for the message
     * @param wasConnected whether the server had answered before
     */
    static BridgeException map(final Status status, final Metadata trailers, final String address, final boolean wasConnected) {
        final String named = trailers == null ? null : trailers.get(ERROR);
        if (named != null && !named.isEmpty()) {
            return new BridgeException(named, decode(trailers.get(FIELD)), status.getDescription(), status.getCause());
        }
        final String detail = status.getDescription() == null ? "" : trimDot(status.getDescription());
        switch (status.getCode()) {
            case UNAVAILABLE:
                return unreachable(status, address, wasConnected);
            case DEADLINE_EXCEEDED:
                return new BridgeException("DeadlineExceeded", "", "The server at " + address + " did not answer in time.");
            case CANCELLED:
                return new BridgeException("Cancelled", "", "The server at " + address + " cancelled the call: " + detail + ".");
            case RESOURCE_EXHAUSTED:
                return new BridgeException(BUSY, "", "The server at " + address + " has no room: " + detail + ".");
            case UNAUTHENTICATED:
            case PERMISSION_DENIED:
                return new BridgeException("Unauthenticated", "token", "The server at " + address + " refuses the token (" + detail
                    + "). Correct it in Plugins > InferenceBridge > Server...");
            case UNIMPLEMENTED:
                return new BridgeException(PROTOCOL, "", "The server at " + address + " does not know this call (" + detail
                    + "); accepted: an InferenceBridge server of this version.");
            default:
                return wasConnected && status.getCause() instanceof java.io.IOException
                    ? unreachable(status, address, true)
                    : new BridgeException("Internal", "", "The server at " + address + " failed (" + status.getCode() + "): " + detail + ".");
        }
    }

    static BridgeException violation(final String field, final String message) {
        return new BridgeException(PROTOCOL, field, message);
    }

    private static BridgeException unreachable(final Status status, final String address, final boolean wasConnected) {
        final String cause = cause(status);
        final String message = wasConnected
            ? "The connection to the server at " + address + " was lost (" + cause + "). Check that the server runs, and try again."
            : "No server answers at " + address + " (" + cause + "). Start one with `ib serve`, or correct the address in "
                + "Plugins > InferenceBridge > Server...";
        return new BridgeException(UNREACHABLE, "address", message, status.getCause());
    }

    private static String cause(final Status status) {
        Throwable root = status.getCause();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
            return "its name is not known";
        }
        if (root instanceof ConnectException) {
            return "connection refused";
        }
        if (root instanceof SSLException || root instanceof java.security.GeneralSecurityException) {
            return "TLS: " + trimDot(String.valueOf(root.getMessage()));
        }
        final String detail = status.getDescription();
        return trimDot(root != null && root.getMessage() != null ? root.getMessage() : detail == null ? "no reason given" : detail);
    }

    private static String decode(final String field) {
        if (field == null) {
            return "";
        }
        try {
            return URLDecoder.decode(field.replace("+", "%2B"), "UTF-8");
        } catch (UnsupportedEncodingException | IllegalArgumentException e) {
            return field;
        }
    }

    private static String trimDot(final String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
