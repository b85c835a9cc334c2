package org.inferencebridge.client;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.concurrent.TimeUnit;

/**
 * One gRPC channel. Every attempt of a job has its own, so that a job that stalls or is refused disturbs no other call;
 * closing it ends its calls at once.
 */
final class Connection implements AutoCloseable {
    /** The default of 1 MiB keeps a fast link half idle. */
    private static final int WINDOW_BYTES = 8 << 20;

    static {
        // Fiji carries log frameworks that would print Netty's debug messages.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    private final ManagedChannel channel;

    Connection(final ServerAddress address) {
        // DNS also resolves literals; naming it keeps the plugin from any other resolver that Fiji may hold.
        final NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + address.host() + ":" + address.port())
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .flowControlWindow(WINDOW_BYTES)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(30, TimeUnit.SECONDS)
            .userAgent("inferencebridge-imagej")
            .disableRetry();
        if (address.tls()) {
            builder.useTransportSecurity();
        } else {
            // HTTP/2 without TLS does not pass through a proxy.
            builder.usePlaintext().proxyDetector(target -> null);
        }
        if (!address.token().isEmpty()) {
            builder.intercept(bearer(address.token()));
        }
        channel = builder.build();
    }

    ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static ClientInterceptor bearer(final String token) {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
