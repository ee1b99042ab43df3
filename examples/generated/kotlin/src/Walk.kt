import org.openapitools.client.apis.ManifestApi
import org.openapitools.client.models.BooleanLiteral
import org.openapitools.client.models.CohortRequest

/** Walks the manifest of a cohort. */
fun main(args: Array<String>) {
    val api = ManifestApi(args[0])
    val cohort = CohortRequest("", "", mapOf("collection_id" to listOf("tcga_read")))

    var page = api.previewManifest(cohort, soPInstanceUID = BooleanLiteral.True, pageSize = 10)
    var rows = 0
    while (true) {
        // A 202 has a token, but no manifest.
        rows += page.manifest?.jsonManifest?.size ?: 0
        val token = page.nextPage
        if (token.isNullOrEmpty()) break
        page = api.getNextManifestPage(token, 10)
    }
    println("$rows rows")
}
