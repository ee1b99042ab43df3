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

/** The query still runs; [token] asks again. */
class Accepted(val token: String) : IOException("202")

/**
 * The generated methods read each answer below 300 as the type of the 200. A 202 has another one
 * and is taken out before they see it.
 */
val accepted = Interceptor { chain ->
    val response: Response = chain.proceed(chain.request())
    if (response.code == 202) {
        val answer = response.use {
            Serializer.moshi.adapter(ManifestAccepted::class.java).fromJson(it.body.source())
        }
        throw Accepted(answer!!.nextPage)
    }
    response
}

fun main(args: Array<String>) {
    val api = ManifestApi(args[0], ApiClient.builder.addInterceptor(accepted).build())
    val cohort = CohortRequest("", "", mapOf("collection_id" to listOf("tcga_read")))
    val rows = mutableListOf<ManifestRow>()
    var total = 0L
    var pages = 0
    var waits = 0
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
        } catch (running: Accepted) {
            waits++
            token = running.token
        }
    } while (!token.isNullOrEmpty())

    val different = rows.distinct().size
    check(rows.size.toLong() == total && different.toLong() == total) {
        "${rows.size} rows, $different different ones, of $total"
    }
    check(waits > 0) { "no answer was 202" }
    println("kotlin: ${rows.size} rows in $pages pages, $waits answers 202")
}
