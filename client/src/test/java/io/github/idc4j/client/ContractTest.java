package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.openapi.IdcOpenApi;
import org.junit.jupiter.api.Test;

class ContractTest {

  @Test
  void theClientWasGeneratedFromTheDocumentThatItIsPublishedWith() {
    assertThat(Contract.version()).isEqualTo(IdcOpenApi.version());
    assertThat(Contract.sha256()).isEqualTo(IdcOpenApi.sha256()).matches("[0-9a-f]{64}");
  }
}
