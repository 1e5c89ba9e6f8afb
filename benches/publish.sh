#!/usr/bin/env bash
# Measures publishing: generates an archive of N claims (default 100,000), publishes it as a site, and
# prints the time beside a floor (writing as many files of the same size), the largest pages, and, with a
# headless browser, the time of a search from the disk. Uses the optimised build; the browser as
# tests/it/publish.rs finds it.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
script=$PWD/benches/weigh_archive.py
browser=$PWD/tests/browser/page.py
number=${1:-100000}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
"$onrecord" init 2>/dev/null
python3 "$script" "$number" | "$onrecord" import --as ndjson - 2>/dev/null
python3 - "$onrecord" <<'P'
import os, pathlib, resource, subprocess, sys, time
begun = time.time()
subprocess.run([sys.argv[1], "publish", "site"], check=True)
took = time.time() - begun
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
files = [(f.stat().st_size, f) for f in pathlib.Path("site").rglob("*") if f.is_file()]
pages = sorted(((s, str(f)) for s, f in files if f.suffix == ".html"), reverse=True)
slices = sorted(((s, str(f)) for s, f in files if f.parts[1] == "search"), reverse=True)
begun = time.time()
os.mkdir("floor")
for n, (size, _) in enumerate(files):
    with open(f"floor/{n}", "wb") as out:
        out.write(b"x" * size)
floor = time.time() - begun
print(f"published in {took:.1f} s, peak memory {peak} MB; writing the same {len(files)} files without content of their own: {floor:.1f} s")
print("largest pages:", ", ".join(f"{n} {s // 1024} KB" for s, n in pages[:4]))
print(f"median page: {pages[len(pages) // 2][0]} bytes; largest slice of the index: {slices[0][1]} {slices[0][0] // 1024} KB of {len(slices)}")
P
if command -v chromium >/dev/null && python3 -c "import playwright" 2>/dev/null; then
  CHROMIUM=$(command -v chromium) python3 "$browser" latency site
fi
