/** Lists the instances of series in the buckets that contain the files of the instances. */
package io.github.idc4j.service.bucket;
