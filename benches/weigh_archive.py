"""Writes a large archive as NDJSON: N claims, some 2.8 mentions a claim, N/10 sources with chains.

Half of the sources draw on another, whole or in part; the mentions of a claim follow such chains,
as coverage does. A fifth of the claims hold a figure; most have a verdict, some by two assessors.
Three rows are hubs: 30 % of the claims mention the source `wire`, all places lie within the place `country`
and with them all claims, and the measure `headcount`, a level, holds every second figure,
each for a day of the years 2015 to 2021.
"""
import json
import random
import sys

number = int(sys.argv[1])
pick = random.Random(7)
words = "convoy bridge market shelled north river district forces officials said village road clinic school night fell".split()


def row(**fields):
    print(json.dumps(fields, separators=(",", ":")))


sources = max(number // 10, 20)
bodies, people = max(sources // 200, 2), max(sources // 20, 5)
places, measures = max(number // 500, 5), max(number // 50, 2)
for n in range(bodies):
    row(table="sources", key=f"body-{n}", kind="organisation", title=f"Body {n}")
for n in range(people):
    kind = "unnamed" if n % 10 == 0 else "person"
    row(table="sources", key=f"person-{n}", kind=kind, title=f"Person {n}")
    if n % 2:
        row(table="source_origins", source=f"person-{n}", relation="speaks_for", origin=f"body-{n % bodies}")
above = {}
for n in range(sources):
    row(table="sources", key=f"report-{n}", kind="article", title=f"Report {n}", outlet=f"Outlet {n % 997}")
    if n % 2 and n > 3:
        above[n] = n - pick.choice([1, 2, 3])
        row(table="source_origins", source=f"report-{n}", origin=f"report-{above[n]}",
            relation=pick.choice(["syndicates", "translates", "cites", "quotes", "cites"]))
row(table="sources", key="wire", kind="article", title="The wire", outlet="The wire")
row(table="locations", key="country", name="Country", kind="country")
for n in range(places):
    row(table="locations", key=f"place-{n}", name=f"Place {n}", kind="district" if n > 34 else "province",
        within=f"place-{n % 34}" if n > 34 else "country")
growths = ["level", "per_period", "cumulative", "constant"]
for n in range(measures):
    row(table="measures", key=f"measure-{n}", title=f"Measure {n}", dimension="people", growth=growths[n % 4])
row(table="measures", key="headcount", title="Headcount", dimension="people", growth="level")
row(table="sources", key="second-desk", kind="organisation", title="Second desk")
for n in range(number):
    day = f"2021-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    first = pick.randrange(sources)
    chain = [first]
    while chain[-1] in above and len(chain) < 4:
        chain.append(above[chain[-1]])
    while len(chain) < pick.choice([1, 2, 2, 3, 4]):
        chain.append(pick.randrange(sources))
    mentions = []
    for report in dict.fromkeys(chain):
        mention = {"source": f"report-{report}", "locator": f"p. {n % 90}"}
        if pick.random() < 0.4:
            mention["speaker"] = f"person-{pick.randrange(people)}"
        if pick.random() < 0.02:
            mention["stance"] = "denies"
        mentions.append(mention)
    if n % 10 < 3:
        mentions.append({"source": "wire", "locator": f"p. {n % 90}"})
    claim = {"table": "claims", "key": f"claim-{n}", "kind": "event", "happened": day,
             "text": f"Claim {n}: " + " ".join(pick.choices(words, k=12)),
             "places": [f"place-{pick.randrange(places)}"], "mention": mentions}
    if n % 5 == 0:
        value = pick.choice([100, 100, 100, 101, 120, 1000])
        measure, as_of = f"measure-{pick.randrange(measures)}", day[:7]
        if n % 10 == 0:
            measure, as_of = "headcount", f"{2015 + n // 10 % 7}{day[4:]}"
        claim["figure"] = [{"measure": measure, "value": value, "as_of": as_of}]
    if n % 5 < 4:
        claim["assessment"] = [{"status": pick.choice(["reported", "reported", "corroborated", "unverified"]),
                                "by": "desk", "at": f"{day}T09:00:00Z", "because": "As the mentions say."}]
        if n % 50 == 0:
            claim["assessment"].append({"status": "disputed", "by": "second-desk", "at": f"{day}T10:00:00Z",
                                        "because": "Not so."})
    row(**claim)
