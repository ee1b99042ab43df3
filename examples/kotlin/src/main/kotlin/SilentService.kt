import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible

/** A server on loopback that receives requests and never responds. */
class SilentService : AutoCloseable {
    private val server = ServerSocket(0, 0, InetAddress.getLoopbackAddress())

    val baseUrl = "http://127.0.0.1:${server.localPort}/v1"

    /** Waits for the next connection and the first byte of its request. */
    suspend fun awaitRequest(): Connection =
        runInterruptible(Dispatchers.IO) {
            val socket = server.accept()
            socket.getInputStream().read()
            Connection(socket)
        }

    override fun close() = server.close()

    class Connection(private val socket: Socket) {
        /** Waits until the client closes the connection. */
        suspend fun awaitClose() {
            runInterruptible(Dispatchers.IO) {
                socket.use { it.soTimeout = 5000; it.getInputStream().readAllBytes() }
            }
        }
    }
}
