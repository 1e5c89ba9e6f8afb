#!/usr/bin/env bash
# The promise: `onrecord report status`, as a whole process, takes at most 1.5 times what the sqlite3
# shell takes for the same view. Runs the two in turn and prints the median of the paired ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
"$onrecord" -f "$folder/a.db" seed >/dev/null 2>&1
python3 - "$onrecord" "$folder/a.db" "${1:-200}" <<'P'
import statistics, subprocess, sys, time
onrecord, archive, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
ours = [onrecord, "-f", archive, "report", "status"]
theirs = ["sqlite3", archive, "select * from report_status"]
def timed(command):
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun
for command in (ours, theirs): timed(command)
pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
print(f"onrecord {statistics.median(a for a, _ in pairs) * 1000:.2f} ms, "
      f"sqlite3 {statistics.median(b for _, b in pairs) * 1000:.2f} ms, "
      f"median ratio {statistics.median(a / b for a, b in pairs):.2f} over {runs} pairs")
P
