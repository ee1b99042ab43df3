package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.http.RawResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that only one thread uses the body of a raw response, as OkHttp requires. */
@Timeout(60)
@SuppressWarnings("try")
class RawBodyTest {

  private final SlowBody body = new SlowBody();

  /** A body whose read ends only when the call is canceled, and even then not at once. */
  private static final class SlowBody implements Source {

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closedDuringRead = new AtomicBoolean();
    private volatile boolean inUse;
    private volatile Call call;

    @Override
    public long read(Buffer target, long bytes) throws IOException {
      inUse = true;
      reading.countDown();
      while (!call.isCanceled() && closed.getCount() > 0) {
        Thread.onSpinWait();
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
      while (closed.getCount() > 0 && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      inUse = false;
      throw new IOException("canceled");
    }

    @Override
    public okio.Timeout timeout() {
      return okio.Timeout.NONE;
    }

    @Override
    public void close() {
      if (inUse) {
        closedDuringRead.set(true);
      }
      closed.countDown();
    }
  }

  private IdcClient client() {
    return IdcClient.builder()
        .baseUrl("http://127.0.0.1:1/v1")
        .httpClient(
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain -> {
                      body.call = chain.call();
                      return new Response.Builder()
                          .request(chain.request())
                          .protocol(Protocol.HTTP_1_1)
                          .code(200)
                          .message("OK")
                          .body(
                              ResponseBody.create(
                                  Okio.buffer(body), MediaType.get("application/json"), -1))
                          .build();
                    })
                .build())
        .build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingWaitsForTheReadOfAnotherThread(boolean interrupted) throws InterruptedException {
    try (IdcClient client = client();
        RawResponse response = client.raw(MetadataApi.class, MetadataApi::listVersions)) {
      Thread reader =
          new Thread(
              () -> {
                try {
                  assertThat(response.body().read()).isEqualTo(-1);
                } catch (IOException expected) {
                  // The read was ended.
                }
              });
      reader.start();
      body.reading.await();
      if (interrupted) {
        reader.interrupt();
      }
      response.close();
      reader.join();
    }

    assertThat(body.closed.getCount()).isZero();
    assertThat(body.closedDuringRead).isFalse();
  }

  @Test
  void closingTheBodyClosesTheSource() throws IOException {
    try (IdcClient client = client();
        RawResponse response = client.raw(MetadataApi.class, MetadataApi::listVersions)) {
      response.body().close();

      assertThat(body.closed.getCount()).isZero();
    }
  }
}
