package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.auth.TrustedIssuer;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.Walks;
import java.time.Clock;
import java.util.Optional;

/**
 * The parts of a service that its HTTP servers share.
 *
 * @param dialect the dialect of the engine, which knows the columns of the data
 * @param issuer the development issuer
 * @param trustedIssuer the issuer of all ID tokens; if empty, the development issuer
 * @param absentColumns how the service responds to requests for columns that the data set does not
 *     have
 * @param instanceColumns the manifest columns whose values come from the buckets
 */
public record Resources(
    Catalogue catalogue,
    Database database,
    Dialect dialect,
    Cohorts cohorts,
    Walks walks,
    PageTokens tokens,
    Issuer issuer,
    Optional<TrustedIssuer> trustedIssuer,
    AbsentColumns absentColumns,
    InstanceColumns instanceColumns,
    Clock clock) {}
