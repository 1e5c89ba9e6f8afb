"""Checks a workbook, whose dates have to be dates, and reviews, in each of which a strict reader of JSON-LD
has to find the properties that schema.org and the readers of fact-checks require."""
import datetime
import json
import sys

import openpyxl
from pyld import jsonld

sheet = openpyxl.load_workbook(sys.argv[1]).active
names = [cell.value for cell in sheet[1]]
column = names.index("happened")
days = [row[column].value for row in sheet.iter_rows(min_row=2)]
assert any(isinstance(day, datetime.datetime) for day in days), days
assert any(isinstance(day, str) for day in days), "an uncertain day stays as it was stated"
for row in sheet.iter_rows():
    assert all(cell.data_type != "f" for cell in row), "a formula"

SCHEMA = "https://schema.org/"


def offline(url, _options):
    assert url.startswith("https://schema.org"), url
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": SCHEMA}}}


document = json.load(open(sys.argv[2], encoding="utf-8"))
expanded = jsonld.expand(document, {"documentLoader": offline})
assert len(expanded) == len(document["@graph"])
reviews = [node for node in expanded if node["@type"] == [SCHEMA + "ClaimReview"]]
claims = [node for node in expanded if node["@type"] == [SCHEMA + "Claim"]]
assert reviews and len(reviews) + len(claims) == len(expanded)


def check_party(node):
    """Only somebody known by name has one; somebody else has a description."""
    assert node["@type"] in ([SCHEMA + "Person"], [SCHEMA + "Organization"]), node
    assert (SCHEMA + "name" in node) != (SCHEMA + "description" in node), node


def check_claim(node):
    assert node["@type"] == [SCHEMA + "Claim"] and node[SCHEMA + "name"][0]["@value"]
    assert SCHEMA + "reviewRating" not in node
    for author in node.get(SCHEMA + "author", []):
        check_party(author)


for review in reviews:
    def one(name):
        return review[SCHEMA + name][0]

    assert one("claimReviewed")["@value"]
    check_party(one("author"))
    assert one("datePublished")["@value"]
    rating = one("reviewRating")
    assert rating[SCHEMA + "alternateName"][0]["@value"], rating
    scale = [SCHEMA + name in rating for name in ("ratingValue", "worstRating", "bestRating")]
    assert all(scale) or not any(scale), "a number without its scale"
    if all(scale):
        value, worst, best = (rating[SCHEMA + name][0]["@value"] for name in ("ratingValue", "worstRating", "bestRating"))
        assert worst <= value <= best and worst < best
    assert one("url")["@value"].startswith("https://desk.example/")
    for item in review[SCHEMA + "itemReviewed"]:
        check_claim(item)
for claim in claims:
    check_claim(claim)
names = {claim[SCHEMA + "name"][0]["@value"] for claim in claims}
print(f"workbook, {len(reviews)} reviews and {len(names)} claims without one read")
