"""A service that keeps to version 1 and has nothing of idc4j: its own data, its own tokens.

It serves what needs no user: metadata, previews of manifests and queries, dicomMetadata. Its
paging tokens are base64 of JSON with a checksum, with + and / in them. Prints its base URL.
"""

import base64
import csv
import hashlib
import hmac
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

KEY = b"a key of this process"
SECURITY = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=3600",
}
MANIFEST_PREVIEW = "/cohorts/manifest/preview"
QUERY_PREVIEW = "/cohorts/query/preview"
DICOM = "/dicomMetadata"


class Refused(Exception):
    def __init__(self, message):
        super().__init__(message)
        self.message = message


def catalogue(folder, name):
    """Rows of a table of the contract: the names that version 1 has."""
    with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Contract:
    def __init__(self, folder):
        attributes = catalogue(folder, "attributes.csv")
        self.columns = {
            row["key"]: (row["column"], row["prefix"])
            for row in catalogue(folder, "manifest-columns.csv")
        }
        self.filters = {row["name"]: row for row in attributes if row["filter"] == "yes"}
        self.fields = [row["name"] for row in attributes if row["query_field"] == "yes"]
        self.dicom = [row["name"] for row in attributes if row["dicom_metadata"] == "yes"]


SUFFIXES = {
    "_lt": (1, lambda v, a: v < a[0]),
    "_lte": (1, lambda v, a: v <= a[0]),
    "_btw": (2, lambda v, a: a[0] < v < a[1]),
    "_ebtw": (2, lambda v, a: a[0] <= v < a[1]),
    "_ebtwe": (2, lambda v, a: a[0] <= v <= a[1]),
    "_btwe": (2, lambda v, a: a[0] < v <= a[1]),
    "_gte": (1, lambda v, a: v >= a[0]),
    "_gt": (1, lambda v, a: v > a[0]),
}


def uuid(text):
    digits = hashlib.md5(text.encode()).hexdigest()
    return "-".join(
        (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    )


def instances():
    """Three collections of four patients with three series of two images each."""
    rows = []
    for c, collection in enumerate(("stub_lung", "stub_breast", "stub_brain")):
        for p in range(4):
            patient = f"{collection}-{p}"
            study = f"1.2.{c + 1}.{p + 1}"
            for s, modality in enumerate(("CT", "MR", "SEG")):
                series = f"{study}.{s + 1}"
                for i in range(2):
                    image = f"{series}.{i + 1}"
                    rows.append(
                        {
                            "collection_id": collection,
                            "PatientID": patient,
                            "StudyInstanceUID": study,
                            "SeriesInstanceUID": series,
                            "SOPInstanceUID": image,
                            "Modality": modality,
                            "BodyPartExamined": "CHEST" if s else None,
                            "SliceThickness": [1.25, 2.5, None][s],
                            "source_DOI": f"10.1000/stub.{c}",
                            "crdc_study_uuid": uuid(study),
                            "crdc_series_uuid": uuid(series),
                            "crdc_instance_uuid": uuid(image),
                            "gcs_url": f"gs://stub/{uuid(series)}/{uuid(image)}.dcm",
                            "ImageType": ["ORIGINAL", "PRIMARY"],
                            "age_at_diagnosis": 50 + p if p else None,
                            "case_barcode": patient,
                        }
                    )
    return rows


ROWS = instances()


def text(value):
    if value is None or isinstance(value, list):
        return value
    return str(value)


def distinct(rows, names, order):
    """Rows of those columns, each once, in order of some of them."""
    seen = {json.dumps([row.get(name) for name in names]): row for row in rows}
    def key(row):
        return [(row.get(name) is not None, str(row.get(name))) for name in order]
    return sorted(seen.values(), key=key)


def attribute(contract, name):
    """The attribute and the suffix of a filter's name; None for a name that is none."""
    if name in contract.filters:
        return contract.filters[name], ""
    base, _, end = name.rpartition("_")
    numeric = base in contract.filters and contract.filters[base]["value_type"] == "number"
    return (contract.filters[base], "_" + end) if numeric and "_" + end in SUFFIXES else None


def check_filters(contract, filters):
    if not isinstance(filters, dict):
        return ["filters"]
    bad = []
    for name, values in filters.items():
        found = attribute(contract, name)
        if found is None or not isinstance(values, list) or not values:
            bad.append(name)
            continue
        number = found[0]["value_type"] == "number"
        types = (int, float) if number else str
        count = SUFFIXES[found[1]][0] if found[1] else len(values)
        if len(values) != count or not all(
            isinstance(value, types) or (number and value == "None") for value in values
        ):
            bad.append(name)
    return bad


def collection_id(value):
    return value.lower().replace("-", "_")


def matches(contract, row, filters):
    for name, values in filters.items():
        found, suffix = attribute(contract, name)
        seen = row.get(found["name"])
        if suffix:
            if seen is None or not SUFFIXES[suffix][1](seen, values):
                return False
        elif found["value_type"] == "number":
            if seen not in values:
                return False
        else:
            wanted = [collection_id(v) if name == "collection_id" else v.lower() for v in values]
            if seen is None:
                good = "none" in wanted
            elif len(wanted) == 1 and "%" in wanted[0]:
                pattern = ".*".join(re.escape(part) for part in wanted[0].split("%"))
                good = re.fullmatch(pattern, seen.lower()) is not None
            else:
                good = seen.lower() in wanted
            if not good:
                return False
    return True


def cohort(contract, body, required, message):
    """The cohort in a body, checked."""
    if not isinstance(body, dict):
        raise Refused(message)
    if any(not isinstance(body.get(key), str) for key in required) or "filters" not in body:
        raise Refused(message)
    if "description" not in required and not body["name"]:
        raise Refused(message)
    if "<script" in (str(body.get("name")) + str(body.get("description"))).lower():
        raise Refused(message)
    bad = check_filters(contract, body["filters"])
    if bad:
        raise Refused(f"{message} {', '.join(bad)}")
    echoed = {
        name: [collection_id(v) for v in values] if name == "collection_id" else values
        for name, values in body["filters"].items()
    }
    return {
        "name": body["name"],
        "description": body.get("description", ""),
        "filterSet": {"idc_data_version": "1.0", "filters": echoed},
    }


def signature(state):
    return hmac.new(KEY, state, "sha256").digest()


def token(state):
    plain = json.dumps(state).encode()
    return base64.b64encode(signature(plain) + b"\xff\xef\xbe" + plain).decode()


def opened(family, sent):
    try:
        raw = base64.b64decode(sent or "", validate=True)
        if raw and hmac.compare_digest(raw[:32], signature(raw[35:])):
            state = json.loads(raw[35:])
            if state["family"] == family:
                return state
    except ValueError:
        pass
    raise Refused("Invalid next_page token " + (sent or ""))


def page_size(query, message):
    size = query.get("page_size", "1000")
    if not re.fullmatch("[0-9]+", size) or int(size) < 1:
        raise Refused(message)
    return int(size)


class Service:
    def __init__(self, contract):
        self.contract = contract

    def page(self, state, size):
        """A part of the rows of a state; the state holds all that a page is made of."""
        family, begin = state["family"], state["begin"]
        rows = [row for row in ROWS if matches(self.contract, row, state["filters"])]
        if family == "manifest":
            columns = {key: self.contract.columns[key] for key in state["names"]}
            names = [column for column, _ in columns.values()]
            found = [
                {key: prefix + row[column] for key, (column, prefix) in columns.items()}
                for row in distinct(rows, names, names[-1:])
            ]
        else:
            names = [name for name in state["names"] if name != "Surface_area_of"]
            found = [
                {name: text(row.get(name)) for name in names}
                for row in distinct(rows, names, state["order"])
            ]
        part = found[begin : begin + size]
        end = begin + len(part)
        answer = {"code": 200, "next_page": ""}
        if end < len(found):
            answer["next_page"] = token({**state, "begin": end})
        counts = {"rowsReturned": len(part), "totalFound": len(found)}
        if family == "manifest":
            answer["manifest"] = {"json_manifest": part, **counts}
        else:
            answer["query_results"] = {"json": part, **counts}
        return answer

    def manifest(self, query, body):
        message = "[ERROR] get_manifest(): Error trying to preview a cohort"
        known = [*self.contract.columns, "sql", "page_size"]
        for key in query:
            if key not in known:
                raise Refused("Invalid key " + key)
        size = page_size(query, "Parameter page_size must have an integer value")
        names = [key for key in self.contract.columns if query.get(key) == "True"]
        if not names:
            raise Refused(message)
        head = cohort(self.contract, body, ("name", "description"), "Bad cohort:")
        head["sql"] = "SELECT ..." if query.get("sql") == "True" else ""
        state = {"family": "manifest", "names": names, "begin": 0, "filters": body["filters"]}
        return {**self.page(state, size), "cohort": head}

    def query(self, query, body):
        message = "[ERROR] get_query(): Error trying to preview a cohort"
        for key in query:
            if key not in ("sql", "page_size"):
                raise Refused("Invalid key " + key)
        size = page_size(query, message)
        if not isinstance(body, dict) or not isinstance(body.get("queryFields"), dict):
            raise Refused(message)
        fields = body["queryFields"].get("fields")
        allowed = self.contract.fields
        if not isinstance(fields, list) or not fields or any(f not in allowed for f in fields):
            raise Refused("Invalid fields")
        sent = body.get("cohort_def")
        head = cohort(self.contract, sent, ("name",), "Filters were improperly formatted.")
        head["sql"] = "SELECT ..." if query.get("sql") == "True" else ""
        state = {"family": "query", "names": fields, "order": fields, "begin": 0}
        return {**self.page({**state, "filters": sent["filters"]}, size), "cohort_def": head}

    def dicom(self, query):
        for key in query:
            if key != "page_size":
                raise Refused("Invalid key " + key)
        size = page_size(query, "[ERROR] get_query(): Error trying to preview a cohort")
        order = ["collection_id", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"]
        state = {"family": "dicom", "names": self.contract.dicom, "order": order, "begin": 0}
        return self.page({**state, "filters": {}}, size)

    def next_page(self, family, query):
        state = opened(family, query.get("next_page"))
        message = "[ERROR] get_manifest()" if family == "manifest" else "[ERROR] get_query()"
        answer = self.page(state, page_size(query, message))
        return answer if family == "manifest" else {**answer, "cohort": {}}

    def attributes(self, query):
        for key in query:
            if key != "data_source":
                raise Refused("Invalid argument " + key)
        sources = {}
        for row in self.contract.filters.values():
            entries = sources.setdefault(row["data_source"], [])
            names = [row["name"]]
            if row["value_type"] == "number" and row["data_type"] == "Continuous Numeric":
                names += [row["name"] + suffix for suffix in
                          ("_lt", "_lte", "_btw", "_ebtw", "_ebtwe", "_btwe", "_gte", "_gt")]
            for name in names:
                entries.append({"name": name, "data_type": row["data_type"],
                                "active": True, "units": row["units"] or None})
        wanted = query.get("data_source", "")
        if wanted and wanted not in sources:
            raise Refused("Invalid data source " + wanted)
        return {
            "code": 200,
            "idc_data_version": "1.0",
            "data_sources": [
                {"data_source": name, "attributes": entries}
                for name, entries in sources.items()
                if wanted in ("", name)
            ],
        }

    def collections(self, query):
        unknown(query)
        ids = sorted({row["collection_id"] for row in ROWS})
        return {
            "code": 200,
            "collections": [
                {
                    "cancer_type": "None", "collection_id": name, "date_updated": "2024-01-31",
                    "description": "<p>Made up</p>", "doi": "10.1000/stub", "image_types": "CT, MR",
                    "location": "None", "species": "Human", "subject_count": 4,
                    "supporting_data": "Clinical",
                }
                for name in ids
            ],
        }

    def analysis_results(self, query):
        unknown(query)
        return {
            "code": 200,
            "analysisResults": [
                {
                    "active": True, "analysisArtifacts": "Segmentations", "cancer_type": "None",
                    "collections": "stub_lung", "date_updated": None, "description": "Made up",
                    "doi": "10.1000/stub.a", "location": "None", "subject_count": 1,
                    "idc_data_versions": ["1.0"],
                }
            ],
        }


def unknown(query):
    for key in query:
        if key != "idc_data_version":
            raise Refused("Invalid argument " + key)


ABOUT = {"code": 200, "message": "A stub", "documentation": "https://example.org/stub"}
VERSIONS = {
    "code": 200,
    "versions": [{"idc_data_version": "1.0", "date_active": "2024-01-31", "active": True}],
}
# Path, method and what is done; what needs a user is refused.
ROUTES = [
    ("/about", "GET", lambda service, query, body: ABOUT),
    ("/versions", "GET", lambda service, query, body: VERSIONS),
    ("/collections", "GET", lambda service, query, body: service.collections(query)),
    ("/analysis_results", "GET", lambda service, query, body: service.analysis_results(query)),
    ("/attributes", "GET", lambda service, query, body: service.attributes(query)),
    (MANIFEST_PREVIEW, "POST", lambda service, query, body: service.manifest(query, body)),
    ("/cohorts/manifest/nextPage", "GET", lambda s, query, body: s.next_page("manifest", query)),
    (QUERY_PREVIEW, "POST", lambda service, query, body: service.query(query, body)),
    ("/cohorts/query/nextPage", "GET", lambda s, query, body: s.next_page("query", query)),
    (DICOM, "GET", lambda service, query, body: service.dicom(query)),
    (DICOM + "/nextPage", "GET", lambda service, query, body: service.next_page("dicom", query)),
    ("/cohorts", "GET", None),
    ("/cohorts", "POST", None),
    ("/cohorts", "DELETE", None),
    ("/cohorts/[0-9]+", "DELETE", None),
    ("/cohorts/manifest/[0-9]+", "GET", None),
    ("/cohorts/query/[0-9]+", "POST", None),
    ("/users/account_details", "GET", None),
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer in one piece: otherwise its second waits for an acknowledgement that comes late.
    wbufsize = -1
    disable_nagle_algorithm = True
    service = None

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        query = {}
        for key, value in parse_qsl(url.query, keep_blank_values=True):
            query.setdefault(key, value)
        path = url.path.rstrip("/")
        found = [r for r in ROUTES if re.fullmatch("/v1" + r[0], path)]
        if not found:
            return self.html(404, {})
        route = next((r for r in found if r[1] == self.command), None)
        if route is None:
            return self.html(405, {"Allow": ", ".join(r[1] for r in found)})
        if "Authorization" in self.headers:
            return self.json(401, {"code": 401, "message": "There are no users here"})
        if route[2] is None:
            return self.json(400, {"code": 400, "message": "There are no users here"})
        try:
            sent = self.sent(body) if self.command == "POST" else None
            return self.json(200, route[2](self.service, query, sent))
        except Refused as refused:
            return self.json(400, {"code": 400, "message": refused.message})
        except ValueError:
            return self.json(400, {"code": 400, "message": "The body is not JSON"})

    def sent(self, body):
        if self.headers.get("Content-Type", "").split(";")[0] != "application/json":
            raise Refused("The body must be application/json")
        return json.loads(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = answer

    def json(self, status, body):
        self.send(status, "application/json", {}, json.dumps(body).encode())

    def html(self, status, headers):
        self.send(status, "text/html; charset=utf-8", headers, b"<h1>No</h1>")

    def send(self, status, content_type, headers, body):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in {**SECURITY, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    Handler.service = Service(Contract(sys.argv[1]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
    server.serve_forever()
