/** Lists objects in S3 buckets. */
package io.github.idc4j.bucket;
