#!/usr/bin/env bash
# Measures the import of a long table: imports a CSV of N rows (default one million) and prints time and
# peak memory, then kills a second import midway and compares the archive with its state before. The
# promise: under 100 MB, and nothing changed. Uses the optimised build.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
number=${1:-1000000}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 - "$number" <<'P'
import sys
number = int(sys.argv[1])
with open("rows.csv", "w") as out:
    print("claim,text,kind,happened,source,source_kind,title,place,place_name,place_kind,measure,measure_title,dimension,growth,value,status,at,because", file=out)
    for n in range(number):
        s, p = n % 1000, n % 700
        print(f"claim-{n},Something happened for the {n}th time,event,2021-{n % 12 + 1:02}-{n % 28 + 1:02},outlet-{s},article,Report {s},place-{p},Place {p},town,hurt,People hurt,people,per_period,{n % 90},reported,2021-07-01T09:00:00Z,One source.", file=out)
P
"$onrecord" init 2>/dev/null
python3 - "$onrecord" <<'P'
import resource, subprocess, sys, time
begun = time.time()
subprocess.run([sys.argv[1], "import", "rows.csv"], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"imported in {time.time() - begun:.0f} s, peak memory {peak:.0f} MB")
P
ls -l onrecord.db | awk '{print "archive " $5 / 1e6 " MB"}'
rm onrecord.db
"$onrecord" init 2>/dev/null
before=$(sha256sum < onrecord.db)
"$onrecord" import rows.csv 2>/dev/null &
sleep 3
kill -9 $!
wait 2>/dev/null || true
"$onrecord" info >/dev/null
[ "$("$onrecord" sql 'select count(*) from claims' --format csv | tail -1)" = 0 ] && echo "killed after 3 s: no claim in it"
"$onrecord" check
[ "$(sha256sum < onrecord.db)" = "$before" ] && echo "and the same bytes"
