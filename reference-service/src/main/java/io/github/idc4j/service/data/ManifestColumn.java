package io.github.idc4j.service.data;

/**
 * A column that a manifest can contain.
 *
 * @param key the name of the column in requests and in rows
 * @param attribute the attribute whose values the column contains
 * @param prefix the text that precedes each value; empty for most columns
 */
public record ManifestColumn(String key, Attribute attribute, String prefix) {}
