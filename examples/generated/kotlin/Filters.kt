package org.openapitools.client.models

/**
 * Maps attributes to values. Replaces the generated class, which has more constructor parameters
 * than the JVM allows (255).
 */
typealias Filters = Map<String, List<Any>>
