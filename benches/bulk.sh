#!/usr/bin/env bash
# Measures a bulk load: N claims as NDJSON, each with a mention, a place, a figure, a verdict and full
# text, against sqlite-utils inserting the same rows flat, extracting three columns into tables of their
# own and enabling full-text search. Prints the processor time of both, in one run, their ratio, and the
# floor: the time SQLite alone takes to copy those rows into the same tables without guards, CHECKs and
# foreign keys, and to index their text. The promise was 0.25 for 200,000 claims; the floor alone is most
# of that. Needs sqlite-utils; uses the optimised build.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
number=${1:-200000}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 - "$number" <<'P'
import json, random, sys
number = int(sys.argv[1])
pick = random.Random(1)
words = "convoy bridge market shelled north river district forces officials said village road clinic school night fell".split()
with open("claims.ndjson", "w") as ours, open("flat.ndjson", "w") as flat:
    for n in range(200):
        row = {"table": "sources", "key": f"outlet-{n}", "kind": "article", "title": f"Report {n} of an outlet"}
        print(json.dumps(row), file=ours)
    for n in range(500):
        print(json.dumps({"table": "locations", "key": f"place-{n}", "name": f"Place {n}", "kind": "town"}), file=ours)
    print(json.dumps({"table": "measures", "key": "people", "title": "People hurt", "dimension": "people", "growth": "per_period"}), file=ours)
    for n in range(number):
        text = f"Claim {n}: " + " ".join(pick.choices(words, k=12))
        day = f"2021-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        source, place, value = f"outlet-{pick.randrange(200)}", f"place-{pick.randrange(500)}", pick.randint(1, 400)
        print(json.dumps({"table": "claims", "key": f"claim-{n}", "text": text, "kind": "event", "happened": day,
            "places": [place], "mention": [{"source": source, "locator": f"p. {n % 90}"}],
            "figure": [{"measure": "people", "value": value}],
            "assessment": [{"status": "reported", "by": "desk", "at": f"{day}T09:00:00Z", "because": "One source."}]}), file=ours)
        print(json.dumps({"key": f"claim-{n}", "text": text, "kind": "event", "happened": day, "source": source, "locator": f"p. {n % 90}",
            "place": place, "measure": "people", "value": value, "status": "reported", "by": "desk", "at": f"{day}T09:00:00Z", "because": "One source."}), file=flat)
P
cat > measure.py <<'P'
import resource, subprocess, sys
before = resource.getrusage(resource.RUSAGE_CHILDREN)
for command in sys.argv[1:]:
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
after = resource.getrusage(resource.RUSAGE_CHILDREN)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
P
ours=$(python3 measure.py "$onrecord init" "$onrecord import claims.ndjson")
theirs=$(python3 measure.py "sqlite-utils insert flat.db claims flat.ndjson --nl --pk key" \
  "sqlite-utils extract flat.db claims source" "sqlite-utils extract flat.db claims place" \
  "sqlite-utils extract flat.db claims status" "sqlite-utils enable-fts flat.db claims text")
cp onrecord.db full.db
rm onrecord.db
"$onrecord" init 2>/dev/null
cat > floor.py <<'P'
import sqlite3, time
db = sqlite3.connect("onrecord.db", isolation_level=None)
db.executescript("attach 'full.db' as full; pragma foreign_keys = off; pragma ignore_check_constraints = on; pragma cache_size = -32000; begin")
for (name,) in db.execute("select name from main.sqlite_schema where type = 'trigger'").fetchall():
    db.execute(f'drop trigger main."{name}"')
begun = time.process_time()
for table in "dates sources locations measures claims claim_locations mentions figures assessments".split():
    columns = [row[1] for row in db.execute(f"pragma main.table_info({table})")]
    # The unary plus makes SQLite insert row by row instead of copying whole pages.
    db.execute(f"insert or ignore into main.{table} ({', '.join(columns)}) select +{', '.join(columns)} from full.{table}")
db.execute("insert into claims_fts (claims_fts) values ('rebuild')")
db.execute("commit")
print(time.process_time() - begun)
P
floor=$(python3 floor.py)
mv full.db onrecord.db
"$onrecord" sql "select (select count(*) from claims) as claims, (select count(*) from mentions) as mentions, (select count(*) from assessments) as verdicts, (select count(*) from claims_fts where claims_fts match 'convoy') as found"
python3 -c "print(f'onrecord {$ours:.2f} s, sqlite-utils {$theirs:.2f} s of processor time, ratio {$ours / $theirs:.2f}; floor {$floor:.2f} s, ratio {$floor / $theirs:.2f}')"
