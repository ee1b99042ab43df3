package io.github.idc4j.service.http;

import java.net.InetSocketAddress;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.gzip.GzipEncoderConfig;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Compresses responses for clients on other hosts that accept gzip. Between programs on the same
 * host, compression takes more time than it saves.
 */
final class Gzip extends CompressionHandler {

  /** Small responses fit into one packet anyway. */
  private static final int MIN_BYTES = 1024;

  /** Higher levels take more than twice the time, and save little of the typical JSON. */
  private static final int LEVEL = 1;

  Gzip(Handler next) {
    super(next);
    GzipEncoderConfig encoder = new GzipEncoderConfig();
    encoder.setCompressionLevel(LEVEL);
    GzipCompression gzip = new GzipCompression();
    gzip.setMinCompressSize(MIN_BYTES);
    gzip.setDefaultEncoderConfig(encoder);
    putCompression(gzip);
    putConfiguration(
        "/*",
        CompressionConfig.builder()
            .defaults()
            // A small compressed body could expand to one without a limit.
            .decompressExcludePath("/*")
            .build());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return isLocal(request)
        ? getHandler().handle(request, response, callback)
        : super.handle(request, response, callback);
  }

  /** Returns whether the client, which may be behind trusted proxies, is on this host. */
  private static boolean isLocal(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress client
        && client.getAddress() != null
        && client.getAddress().isLoopbackAddress();
  }
}
