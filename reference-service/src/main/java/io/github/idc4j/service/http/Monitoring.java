package io.github.idc4j.service.http;

/** What operators need to know about a service. All its HTTP servers share it. */
public record Monitoring(Readiness readiness, Metrics metrics) {}
