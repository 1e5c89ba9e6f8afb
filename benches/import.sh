#!/usr/bin/env bash
# Checks that importing is linear: times documents of N and of 4N records and prints the ratio of the
# two; near 4 is linear, near 16 is quadratic. Uses the optimised build.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
onrecord=$PWD/target/release/onrecord
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
write() { # name, number
  python3 - "$1" "$2" <<'P'
import sys
name, number = sys.argv[1], int(sys.argv[2])
one = {
    "claims": lambda n: f'[[claim]]\nkey = "c{n}"\ntext = "C {n}"\nkind = "event"\nhappened = "2021-06-{n % 30 + 1:02}"\n',
    "mentions": lambda n: f'[[claim]]\nkey = "c{n}"\ntext = "C"\nkind = "event"\n[[claim.mention]]\nsource = "desk"\n',
    "verdicts": lambda n: f'[[claim]]\nkey = "c{n}"\ntext = "C"\nkind = "event"\n[[claim.assessment]]\nstatus = "reported"\nbecause = "x"\n',
    "chain": lambda n: f'[[location]]\nkey = "p{n}"\nname = "P"\nkind = "area"\n' + (f'within = "p{n - 1}"\n' if n else ""),
    "lost": lambda n: f'[[location]]\nkey = "p{n}"\nname = "P"\nkind = "area"\nwithin = "q{n}"\n',
}[name]
print("onrecord = 1\n" + "".join(one(n) for n in range(number)), file=open(f"{name}-{number}.toml", "w"))
P
}
seconds() { # document
  rm -f onrecord.db
  "$onrecord" init 2>/dev/null
  local begun ended
  begun=$(date +%s.%N)
  "$onrecord" import "$1" >/dev/null 2>&1 || true
  ended=$(date +%s.%N)
  python3 -c "print($ended - $begun)"
}
# Pages of one title, told apart by their addresses alone.
write_pages() { # number
  python3 - "$1" <<'P'
import csv, sys
number = int(sys.argv[1])
with open(f"pages-{number}.csv", "w") as file:
    table = csv.writer(file)
    table.writerow(["text", "kind", "date", "title", "source_kind", "url"])
    for n in range(number):
        table.writerow([f"Airstrike number {n}", "event", "2020-01-01", "Incident page", "page", f"https://example.org/{n}"])
P
}
tell() { # name, number, first, second
  local small large
  small=$(seconds "$3")
  large=$(seconds "$4")
  python3 -c "print(f'{\"$1\":9} {$2:6} in {$small:6.2f} s, {4 * $2:6} in {$large:6.2f} s, ratio {$large / $small:4.1f}')"
}
n=${1:-4000}
write_pages "$n"
write_pages $((4 * n))
tell pages "$n" "pages-$n.csv" "pages-$((4 * n)).csv"
for name in claims mentions verdicts chain lost; do
  write "$name" "$n"
  write "$name" $((4 * n))
  tell "$name" "$n" "$name-$n.toml" "$name-$((4 * n)).toml"
done
