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
reviews = [node for node in expanded if node.get("@type") == [SCHEMA + "ClaimReview"]]
assert len(reviews) == len(document["@graph"]) > 0
for review in reviews:
    def one(name):
        return review[SCHEMA + name][0]

    assert one("claimReviewed")["@value"]
    assert one("author")[SCHEMA + "name"][0]["@value"]
    assert one("datePublished")["@value"]
    rating = one("reviewRating")
    assert rating[SCHEMA + "alternateName"][0]["@value"], rating
    if SCHEMA + "ratingValue" in rating:
        assert 1 <= rating[SCHEMA + "ratingValue"][0]["@value"] <= 5
    assert one("itemReviewed")["@type"] == [SCHEMA + "Claim"]
    assert one("url")["@value"].startswith("https://desk.example/")
print("workbook and", len(reviews), "reviews read")
