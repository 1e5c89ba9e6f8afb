#!/usr/bin/env bash
# Measures the search of N claims (default 100,000) of which every second holds one word, and three hold
# another: the time and the largest memory of a whole process, in five runs each, and beside it the time that
# SQLite takes to rank the same word in its own index by bm25. Then the share of the file that the index of
# folded words takes, and that of the index of words as written. Uses the optimised build, and python3 for
# the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
number=${1:-100000}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
"$onrecord" init 2>/dev/null
python3 - "$number" > claims.ndjson <<'P'
import json, random, sys
number = int(sys.argv[1])
pick = random.Random(1)
words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("a", "ei", "o", "u") for c in ("nd", "rk", "l", "ss", "t", "mer", "ling", "ton")]
words += [f"{one}{other}" for one in words[:120] for other in words[:40]]
weights = [1 / (n + 5) for n in range(len(words))]
for n in range(200):
    print(json.dumps({"table": "sources", "key": f"outlet-{n}", "kind": "article", "title": f"Report {n}", "outlet": f"Outlet {n % 40}"}))
rare = {number // 5, number // 3, number // 2}
for n in range(number):
    text = pick.choices(words, weights, k=16) + (["shelled"] if n % 2 else ["fell"]) + (["zanzibar"] if n in rare else [])
    pick.shuffle(text)
    print(json.dumps({"table": "claims", "key": f"claim-{n}", "text": " ".join(text).capitalize(), "kind": "event", "happened": f"2021-{n % 12 + 1:02}",
        "mention": [{"source": f"outlet-{n % 200}", "locator": f"p. {n % 90}", "quote": " ".join(pick.choices(words, weights, k=8))}]}))
P
/usr/bin/time -f "import: %e s, %M KB" "$onrecord" import claims.ndjson >/dev/null 2>times || { cat times; exit 1; }
tail -1 times
python3 - "$onrecord" <<'P'
import os, resource, sqlite3, statistics, subprocess, sys, time
onrecord = sys.argv[1]
for words in ["zanzibar", "shelled", "shelled fell", "shell*", '"shelled band"', "shelled -fell", "nothing-like-it", "bandl"]:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        done = subprocess.run(["/usr/bin/time", "-f", "%M", onrecord, "search", words, "--format", "csv"], capture_output=True, text=True)
        times.append(time.perf_counter() - begun)
    rows = done.stdout.count("\n") - 1
    memory = int(done.stderr.split()[-1]) / 1024
    print(f"{words:18} {statistics.median(times) * 1000:7.1f} ms, {memory:5.1f} MB, {rows} rows")
db = sqlite3.connect("onrecord.db")
for word in ["zanzibar", "shelled"]:
    begun = time.perf_counter()
    db.execute("SELECT rowid FROM claims_fts WHERE claims_fts MATCH ? ORDER BY rank LIMIT 50", (word,)).fetchall()
    print(f"SQLite, {word:10} {(time.perf_counter() - begun) * 1000:7.1f} ms")
def blobs(name):
    size = "SELECT coalesce(sum(length(block)), 0) FROM {0}_data".format(name)
    sizes = "SELECT coalesce(sum(length(sz) + 4), 0) FROM {0}_docsize".format(name)
    return db.execute(size).fetchone()[0] + db.execute(sizes).fetchone()[0]
whole = os.path.getsize("onrecord.db")
plain = sum(blobs(f"{t}_fts") for t in ["claims", "sources", "locations", "location_names"])
words = blobs("words_fts")
rest = whole - words
print(f"file: {whole / 1e6:.1f} MB; the words as written {plain / 1e6:.1f} MB; folded {words / 1e6:.1f} MB, {words / rest:.1%} of the rest")
P
