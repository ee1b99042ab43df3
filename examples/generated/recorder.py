"""A proxy that verifies what a client sends."""

import http.client
import http.server
import json
import threading
import urllib.parse

# What the programs set.
FIRST_QUERY = {"SOPInstanceUID": "True", "page_size": "10"}
FIRST_BODY = {"name": "", "description": "", "filters": {"collection_id": ["tcga_read"]}}
NEXT_PARAMETERS = {"next_page", "page_size"}
# Far more than a walk needs, so that a client that never ends is stopped.
MAX_REQUESTS = 200


class Recorder(http.server.ThreadingHTTPServer):
    """A proxy on a free loopback port that records what one client sends and receives."""

    daemon_threads = True

    def __init__(self, service):
        super().__init__(("127.0.0.1", 0), Forwarder)
        self.service = service
        self.requests = []
        self.responses = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def excess(self):
        """Returns what the client sent beyond, or instead of, what the program sets."""
        found = []
        for i, (method, target, body) in enumerate(self.requests):
            parts = urllib.parse.urlsplit(target)
            pairs = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
            sent = json.loads(body) if body else None
            if i == 0:
                as_set = sorted(pairs) == sorted(FIRST_QUERY.items()) and sent == FIRST_BODY
            else:
                as_set = sorted(name for name, _ in pairs) == sorted(NEXT_PARAMETERS) and not body
            if not as_set:
                found.append(f"{method} {target[:200]} {body[:200]!r}")
        return found

    def total(self):
        """Returns the number of rows according to the service, if the last page was requested."""
        pages = [body for status, body in self.responses if status == 200]
        if not pages or self.responses[0][0] != 202 or pages[-1].get("next_page"):
            return None
        return pages[-1]["manifest"]["totalFound"]


class Forwarder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.body()
        recorder = self.server
        recorder.requests.append((self.command, self.path, body))
        if len(recorder.requests) > MAX_REQUESTS:
            self.close_connection = True
            return
        connection = http.client.HTTPConnection("127.0.0.1", recorder.service, timeout=60)
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(self.command, self.path, body or None, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        recorder.responses.append((response.status, json.loads(content)))
        self.send_response(response.status)
        self.send_header("Content-Type", response.headers["Content-Type"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def body(self):
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, *args):
        pass
