package io.github.idc4j.service.data;

/**
 * A column that a manifest can show.
 *
 * @param key its name in the request and in a row
 * @param attribute the attribute it shows
 * @param prefix text before the attribute's value; mostly empty
 */
public record ManifestColumn(String key, Attribute attribute, String prefix) {}
