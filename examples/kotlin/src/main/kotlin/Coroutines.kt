import io.github.idc4j.client.CohortDefinition
import io.github.idc4j.client.IdcClient
import io.github.idc4j.client.ManifestColumn
import io.github.idc4j.client.filter.Attributes.COLLECTION_ID
import io.github.idc4j.client.paging.AsyncPaged
import io.github.idc4j.model.ManifestRow
import kotlin.jvm.optionals.getOrNull
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.future.await
import kotlinx.coroutines.jdk9.asFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Returns the rows as a flow, which requests a page when its first row is collected. */
fun <T : Any> AsyncPaged<T>.rows(): Flow<T> = flow {
    var page = firstPage().await()
    while (true) {
        page.rows.forEach { emit(it) }
        val next = page.next.getOrNull() ?: break
        page = page(next).await()
    }
}

/** Collects flows, and cancels requests: `CoroutinesKt http://127.0.0.1:8080/v1 tcga_read`. */
fun main(args: Array<String>) = runBlocking<Unit> {
    val cohort = CohortDefinition.of(COLLECTION_ID.anyOf(args[1]))
    IdcClient.builder().baseUrl(args[0]).pageSize(7).build().use { client ->
        val manifest = client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID)
        val byPage: Flow<ManifestRow> = manifest.async().rows()
        val published: Flow<ManifestRow> = manifest.publisher().asFlow()
        println(
            "${args[1]}: ${byPage.count()} series in a Flow of pages, " +
                "${published.take(10).count()} in a Flow of a publisher"
        )
    }

    SilentService().use { service ->
        IdcClient.builder().baseUrl(service.baseUrl).build().use { client ->
            val request = launch { client.async().about().await() }
            val connection = service.awaitRequest()
            request.cancelAndJoin()
            connection.awaitClose()
            println("Coroutine canceled: the client closed its connection")

            val rows = client.dicomMetadata().async().rows()
            try {
                withTimeout(500.milliseconds) { rows.count() }
            } catch (e: TimeoutCancellationException) {
                service.awaitRequest().awaitClose()
                println("withTimeout: ${e.message}; the client closed its connection")
            }
        }
    }
}
