#!/usr/bin/env bash
# Measures the reports on a large archive: generates one of N claims (default 100,000) with chains of
# sources, figures and verdicts, and prints the time of each report whole and of its first 20 rows, of what is
# asked about one claim, of weighing all claims anew, and of answers while 10,000 of them are outdated. As a
# floor it prints the time SQLite takes to count the mentions by claim. Uses the optimised build; each time is
# the median of five runs (of one, where a run takes over two seconds).
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
python3 "$script" "$number" > archive.ndjson
timed() {
  python3 - "$@" <<'P'
import statistics, subprocess, sys, time
name, *command = sys.argv[1:]
times = []
while len(times) < 5 and sum(times) < 2:
    begun = time.time()
    rows = subprocess.run(command, capture_output=True, check=True).stdout.count(b"\n")
    times.append(time.time() - begun)
print(f"{name}: {statistics.median(times):.3f} s, {rows} lines", flush=True)
P
}
outdate() { sqlite3 onrecord.db "INSERT OR IGNORE INTO outdated_claims SELECT id FROM claims WHERE id % $1 = 0 LIMIT 10000"; }
begun=$SECONDS
"$onrecord" import archive.ndjson 2>/dev/null
echo "import: $((SECONDS - begun)) s, $(stat -c %s onrecord.db) bytes"
timed "floor: mentions by claim" "$onrecord" sql "select count(*) from (select claim_id, count(*) from mentions group by claim_id)"
for report in corroboration echoes contradictions disagreements suggestions figures figure-conflicts figure-timeline \
  tie-outs places place-claims sources history claims; do
  timed "report $report" "$onrecord" report "$report" --format csv
  timed "report $report --limit 20" "$onrecord" report "$report" --limit 20 --format csv
done
claim=claim-$((number / 2))
for report in claims corroboration figures contradictions suggestions; do
  timed "report $report of one claim" "$onrecord" report "$report" --where "claim=$claim" --format csv
done
timed "show" "$onrecord" show "$claim"
timed "similar" "$onrecord" similar "$claim"
outdate 10
timed "10,000 outdated: report corroboration --limit 20" "$onrecord" report corroboration --limit 20
timed "10,000 outdated: report claims of one claim" "$onrecord" report claims --where "claim=$claim"
sqlite3 onrecord.db "INSERT OR IGNORE INTO outdated_claims SELECT id FROM claims"
begun=$(date +%s.%N)
"$onrecord" refresh 2>/dev/null
echo "refresh of all claims: $(echo "$(date +%s.%N) - $begun" | bc) s"
timed "check --full" "$onrecord" check weights --full
