package org.openapitools.client.models

/**
 * Attribute to values, in place of the generated class: a constructor of the JVM has at most 255
 * parameters, and there are more attributes.
 */
typealias Filters = Map<String, List<Any>>
