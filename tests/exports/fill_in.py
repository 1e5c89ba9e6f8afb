"""Fills the empty workbook of claims in: claims before and after the example, as a sorted worksheet has them,
and what they name on the other worksheets, above the example and in its place."""
import datetime
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames == ["claims", "sources", "places", "measures", "columns", "lists"]


def fill_in(title, rows):
    """Writes rows under the header; `None` stands for the example."""
    sheet = book[title]
    names = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    assert any(rule.type == "list" for rule in sheet.data_validations.dataValidation)
    explained = [row for row in book["columns"].iter_rows(min_row=3) if row[0].value == title]
    assert {row[1].value for row in explained} == set(names)
    assert all(row[3].value for row in explained)
    example = [cell.value for cell in sheet[2]]
    for number, row in enumerate(rows, 2):
        row = dict(zip(names, example)) if row is None else row
        assert set(row) <= set(names), row
        for column, name in enumerate(names, 1):
            sheet.cell(number, column).value = row.get(name)


homes = {"text": "Homes were left", "happened": "2024-03", "measure": "Homes left", "value": "12½"}
boats = {"text": "Boats came", "status": "confirmed", "because": "The log has them", "said_on": "2024-03-04",
         "at": "2024-03-06T10:00:00Z", "evidence_source": "Flood"}
flood = {"title": "Flood", "source_kind": "article", "published": datetime.datetime(2024, 3, 5)}
left = {"measure_title": "Homes left", "dimension": "objects", "scope": "Hallow", "growth": "level"}
fill_in("claims", [{**homes, "place": "Hallow"}, {**homes, "source": "Flood"}, None,
                   {**boats, "place": "Hallow", "source": "Flood"},
                   {**boats, "source": "Flood", "said_on": None, "evidence_source": "Log book"}])
fill_in("sources", [flood, None, {"title": "Log book", "source_kind": "report"}])
fill_in("places", [{"place_name": "Hallow", "place_kind": "town"}])
fill_in("measures", [None, left])
book.save(sys.argv[2])
