"""Runs the samples named, in this process: python3 run.py NAME..."""

import os
import runpy
import sys

for name in sys.argv[1:]:
    os.environ["NEXT_PAGE"] = os.environ.get("NEXT_PAGE_" + name, "")
    print("==", name)
    runpy.run_path(name + ".py")
