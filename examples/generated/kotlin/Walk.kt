import okhttp3.Interceptor
import okhttp3.Response
import org.openapitools.client.apis.ManifestApi
import org.openapitools.client.infrastructure.ApiClient
import org.openapitools.client.infrastructure.Serializer
import org.openapitools.client.models.BooleanLiteral
import org.openapitools.client.models.CohortRequest
import org.openapitools.client.models.ManifestAccepted
import org.openapitools.client.models.ManifestRow
import java.io.IOException

/** The query is pending; poll with [token]. */
class Pending(val token: String) : IOException("202")

/**
 * Throws [Pending] for a 202 response. The generated methods would decode its body as that of a 200
 * response, which has another type.
 */
val pending = Interceptor { chain ->
    val response: Response = chain.proceed(chain.request())
    if (response.code == 202) {
        val body = response.use {
            Serializer.moshi.adapter(ManifestAccepted::class.java).fromJson(it.body.source())
        }
        throw Pending(body!!.nextPage)
    }
    response
}

fun main(args: Array<String>) {
    val api = ManifestApi(args[0], ApiClient.builder.addInterceptor(pending).build())
    val cohort = CohortRequest("", "", mapOf("collection_id" to listOf("tcga_read")))
    val rows = mutableListOf<ManifestRow>()
    var total = 0L
    var pages = 0
    var polls = 0
    var token: String? = null
    do {
        try {
            val (manifest, next) = token?.let { api.getNextManifestPage(it, 3) }
                ?.let { it.manifest to it.nextPage }
                ?: api.previewManifest(
                    cohort,
                    seriesInstanceUID = BooleanLiteral.True,
                    pageSize = 3,
                ).let { it.manifest to it.nextPage }
            rows += manifest.jsonManifest
            total = manifest.totalFound
            pages++
            token = next
        } catch (query: Pending) {
            polls++
            token = query.token
        }
    } while (!token.isNullOrEmpty())

    val distinct = rows.distinct().size
    check(rows.size.toLong() == total && distinct.toLong() == total) {
        "${rows.size} rows, $distinct distinct, $total expected"
    }
    check(polls > 0) { "no response had status code 202" }
    println("kotlin: ${rows.size} rows in $pages pages, $polls polls")
}
