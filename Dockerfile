# The command with its own Java runtime, as an image that starts the reference service:
#   docker build --tag idc4j .
#   docker run --rm --publish 127.0.0.1:8080:8080 --volume idc4j-data:/data idc4j
# No test builds this image: see RELEASING.md.
FROM debian:bookworm-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends binutils maven openjdk-17-jdk-headless \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
  mvn -B -ntp -q verify -pl cli,bucket-listing,postgresql -am \
    -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Djapicmp.skip \
  && cli/package target/packages 0 \
  && tar -xzf target/packages/idc4j-0-*.tar.gz -C /opt

FROM debian:bookworm-slim
COPY --from=build /opt/idc4j /opt/idc4j
# The first run makes the class archive, from which Java starts faster.
RUN useradd --system --uid 10001 idc4j \
  && install --directory --owner idc4j /data \
  && ln -s /opt/idc4j/bin/idc4j /usr/local/bin/idc4j \
  && idc4j --version
ENV IDC4J_HOME=/data
VOLUME /data
USER 10001
EXPOSE 8080
HEALTHCHECK --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["idc4j"]
CMD ["serve", "--address", "0.0.0.0", "--port", "8080"]
