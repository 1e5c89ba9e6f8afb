"""Changes the shipped SQL, one small change of meaning at a time, and runs the tests: each change has to fail.

    python3 tests/mutate_sql.py [--number N] [--seed S] [--list] [TEST_FILTER ...]

A change turns an operator round, drops a NOT, makes a LEFT JOIN inner, or removes a DISTINCT or a LIMIT, in
src/report, src/check, src/store/schema/derived or src/store/schema/triggers. N changes are drawn at random
(default 20, by seed 1) and tried in a copy of the working tree, which keeps its own target folder. A change
that no test notices is a survivor: it gets a test, or a comment in the SQL that says why it means the same.
The tests to run default to those that read reports, checks and guards. The exit code is 1 with a survivor.

The test of the installed text's number fails for every change by its nature, so it is left out.
"""
import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["src/report", "src/check", "src/store/schema/derived", "src/store/schema/triggers"]
FILTERS = ["reports::", "origins::", "figures::", "assessments::", "dates::", "article::", "other_coverage::",
           "schema::", "opening::", "publish::the_page_counts", "charts::", "bulk::"]
LEFT_OUT = ["installed_text_has_a_number_of_its_own", "generated::"]
CHANGES = [
    (r"(?<![<>=!])<=", "<"), (r"(?<![<>=!])>=", ">"), (r"(?<![<>=!])<(?![=>])", "<="), (r"(?<![<>=!-])>(?!=)", ">="),
    (r"(?<![<>=!])=(?!=)", "<>"), (r"<>", "="), (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bNOT EXISTS\b", "EXISTS"), (r"\bNOT IN\b", "IN"), (r"\bLEFT JOIN\b", "JOIN"), (r"\bDISTINCT ", ""),
    (r"\bAND\b", "OR"), (r"\bOR\b", "AND"), (r"\bUNION\b(?! ALL)", "UNION ALL"), (r"\bmin\(", "max("), (r"\bmax\(", "min("),
    (r"\bLIMIT 1\b", ""), (r" DESC\b", ""), (r"\+ 1\b", "+ 2"), (r"- 1\b", "- 2"),
]


def changes():
    """Every change, as (path, offset, old text, new text); comments and quoted texts are passed over."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*.sql")):
            text = path.read_text()
            hidden = [m.span() for m in re.finditer(r"--[^\n]*|'(?:[^']|'')*'", text)]
            for pattern, new in CHANGES:
                for found in re.finditer(pattern, text):
                    if not any(a <= found.start() < b for a, b in hidden):
                        yield path.relative_to(ROOT), found.start(), found.group(), new


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="print the drawn changes and run nothing")
    parser.add_argument("filters", nargs="*", default=FILTERS)
    options = parser.parse_args()
    every = list(changes())
    drawn = random.Random(options.seed).sample(every, min(options.number, len(every)))
    print(f"{len(every)} changes, {len(drawn)} drawn")
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "onrecord"
        if not options.list:
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("target", ".git"))
        for path, offset, old, new in drawn:
            text = (ROOT / path).read_text()
            line = text.count("\n", 0, offset) + 1
            name = f"{path}:{line}: {old!r} -> {new!r}"
            if options.list:
                print(name)
                continue
            (copy / path).write_text(text[:offset] + new + text[offset + len(old):])
            skip = [word for test in LEFT_OUT for word in ("--skip", test)]
            command = ["cargo", "test", "--quiet", "--test", "it", "--", *options.filters, *skip]
            run = subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            (copy / path).write_text(text)
            if "test result" not in run.stdout:
                sys.exit(f"{name}: the tests did not run:\n{run.stdout[-2000:]}")
            caught = run.returncode != 0
            survivors += not caught
            print(f"{'caught  ' if caught else 'SURVIVED'} {name}", flush=True)
    print(f"{survivors} survived")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
