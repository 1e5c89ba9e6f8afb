"""Fills the empty table of claims in: rows before and after the example, as a sorted sheet has them."""
import datetime
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book["claims"]
names = [cell.value for cell in sheet[1]]
assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
assert any(rule.type == "list" for rule in sheet.data_validations.dataValidation)
for row in book["columns"].iter_rows(min_row=3, max_col=3):
    assert row[0].value in names and row[2].value
example = [cell.value for cell in sheet[2]]
place = {"place": "Hallow", "place_kind": "town"}
source = {"source": "Flood", "source_kind": "article"}
homes = {"text": "Homes were left", "kind": "event", "happened": "2024-03", "value": "12½"}
measure = {"measure": "Homes left", "dimension": "objects", "growth": "level"}
boats = {"text": "Boats came", "status": "reported", "because": "One report"}
rows = [
    {**homes, **place, **measure},
    {**homes, **source, "published": datetime.datetime(2024, 3, 5), "measure": "Homes left"},
    dict(zip(names, example)),
    {**boats, "place": "Hallow", "source": "Flood"},
]
for number, row in enumerate(rows, 2):
    for column, name in enumerate(names, 1):
        sheet.cell(number, column).value = row.get(name)
book.save(sys.argv[2])
