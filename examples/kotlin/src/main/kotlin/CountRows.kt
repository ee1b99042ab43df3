import io.github.idc4j.client.CohortDefinition
import io.github.idc4j.client.IdcClient
import io.github.idc4j.client.ManifestColumn
import io.github.idc4j.client.filter.Attributes.COLLECTION_ID
import io.github.idc4j.client.paging.Paged
import io.github.idc4j.model.ManifestRow

/** Counts the series of a collection: `CountRowsKt http://127.0.0.1:8080/v1 tcga_read`. */
fun main(args: Array<String>) {
    val cohort = CohortDefinition.of("count", COLLECTION_ID.anyOf(args[1]))
    IdcClient.builder().baseUrl(args[0]).pageSize(7).build().use { client ->
        val rows: Paged<ManifestRow> =
            client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID)
        // A column that was not chosen is null, and the compiler knows it.
        val series: Set<String> = rows.mapNotNull { it.seriesInstanceUid }.toSet()
        println("${args[1]}: ${series.size} series, counted in Kotlin")
    }
}
