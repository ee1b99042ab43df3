package io.github.idc4j.service;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How a service is to run; see {@link ReferenceService.Builder}. */
record Settings(
    int port,
    boolean quirks,
    boolean retired,
    Duration queryWait,
    int unfinishedWaits,
    int slowAddressWaits,
    Duration resultLifetime,
    Path dataFolder,
    Optional<Path> stateFile,
    long seed,
    SampleSize sampleSize,
    Set<Fault> faults,
    Clock clock) {}
