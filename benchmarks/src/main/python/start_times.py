#!/usr/bin/env python3
"""Measures how long commands take to start, in turn.

Starts a service, and compares `./idc4j --version` and `./idc4j collections` with `idc --help` of the
Python package idc-index. Run it in the root folder of the checkout.

    pip install idc-index
    benchmarks/src/main/python/start_times.py
"""

import shutil
import statistics
import subprocess
import sys
import time

ROUNDS = 20


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    idc = shutil.which("idc") or sys.exit("The command idc is missing. Run: pip install idc-index")
    subprocess.run(["./idc4j", "--version"], check=True)  # Builds the command if necessary.
    service = subprocess.Popen(["./idc4j", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        url = service.stdout.readline().strip()
        commands = {
            "./idc4j --version": ["./idc4j", "--version"],
            "./idc4j collections": ["./idc4j", "collections", "--base-url", url],
            "idc --help": [idc, "--help"],
        }
        times = {name: [] for name in commands}
        for round in range(ROUNDS + 1):
            for name, command in commands.items():
                taken = seconds(command)
                if round > 0:  # The first round fills the caches of the system.
                    times[name].append(taken)
    finally:
        service.terminate()
        service.wait()
    print("| command | median, s | least, s | most, s |")
    print("| --- | --- | --- | --- |")
    for name, taken in times.items():
        print(f"| `{name}` | {statistics.median(taken):.3f} | {min(taken):.3f} | {max(taken):.3f} |")


if __name__ == "__main__":
    main()
