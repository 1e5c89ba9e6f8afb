#!/usr/bin/env bash
# Measures the reports on a large archive: generates one of N claims (default 100,000) with chains of
# sources, figures and verdicts, and prints the time of each report, of showing one claim, and as a floor
# the time SQLite takes to count the mentions by claim. Uses the optimised build.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
script=$PWD/benches/weigh_archive.py
number=${1:-100000}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
"$onrecord" init 2>/dev/null
python3 "$script" "$number" | "$onrecord" import --as ndjson - 2>/dev/null
timed() {
  python3 - "$@" <<'P'
import subprocess, sys, time
name, *command = sys.argv[1:]
begun = time.time()
rows = subprocess.run(command, capture_output=True, check=True).stdout.count(b"\n")
print(f"{name}: {time.time() - begun:.2f} s, {rows} lines")
P
}
timed "floor: mentions by claim" "$onrecord" sql "select count(*) from (select claim_id, count(*) from mentions group by claim_id)"
for report in corroboration echoes contradictions disagreements suggestions figures figure-conflicts figure-timeline \
  tie-outs places place-claims sources history claims; do
  timed "report $report" "$onrecord" report "$report" --format csv
done
timed "show" "$onrecord" show "claim-$((number / 2))"
timed "similar" "$onrecord" similar "claim-$((number / 2))"
