package io.github.idc4j.service.bucket;

import java.util.UUID;

/**
 * A series in a bucket. The keys of its objects are {@code <series>/<instance>.dcm}.
 *
 * @param bucket the name of the bucket
 * @param uuid the CRDC UUID of this version of the series
 * @param instanceCount the number of instances according to the index
 */
public record Series(String bucket, UUID uuid, long instanceCount) {}
