"""Opens an archive in Datasette, 0.65 or 1.0, with the metadata that onrecord wrote: every table, view and
column is explained, every report runs as a query with a title and answers as onrecord does, within Datasette's
own limits and without writing."""

import asyncio
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
from html import unescape

from datasette.app import Datasette
from datasette.version import __version__

path, metadata = sys.argv[1], json.load(open(sys.argv[2]))
name = pathlib.Path(path).stem
# From 1.0 on, facets, labels and queries are configuration: the same file is given as both.
is_1 = not __version__.startswith("0.")
options = {"config": metadata} if is_1 else {}
# Datasette's own ideas for facets take a query for each column; nothing in the metadata asks for them.
options["settings"] = {"suggest_facets": False}
db = sqlite3.connect(path)
said = metadata["databases"][name]


def report(view):
    """The rows of a report in onrecord."""
    command = ["onrecord", "--file", path, "report", view[7:].replace("_", "-"), "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def rounded(rows):
    """Rows with numbers in 14 digits: SQLite before 3.42 reads decimals with an error in the last two."""
    return [[(key, float(f"{value:.14g}") if isinstance(value, float) else value) for key, value in row.items()] for row in rows]


async def main():
    datasette = Datasette(immutables=[path], metadata=metadata, **options)
    await datasette.invoke_startup()

    async def get(page):
        response = await datasette.client.get(page)
        assert response.status_code == 200, (page, response.status_code, response.text[:500])
        return response

    page = (await get(f"/{name}.json")).json()
    html = (await get(f"/{name}")).text
    listed = (await get(f"/{name}/-/queries.json")).json() if is_1 else page
    queries = {query["name"]: query for query in listed["queries"]}
    reports = [view for (view,) in db.execute("SELECT name FROM sqlite_schema WHERE name GLOB 'report_*'")]
    assert len(reports) >= 19, reports
    with_rows = 0
    for view in reports:
        query = queries["report-" + view[7:].replace("_", "-")]
        assert query["title"] and query["title"] != view, query
        assert "<b>" not in html and query["sql"] == f"select * from {view}", query
        rows = (await get(f"/{name}/{query['name']}.json?_shape=array")).json()
        wanted = report(view)
        assert rounded(rows) == rounded(wanted[:1000]), (view, rows, wanted)
        with_rows += len(rows) > 0
        assert query["title"] in unescape((await get(f"/{name}/{query['name']}")).text), query
    assert with_rows >= 14, with_rows

    hidden = {table["name"] for table in page["tables"] if table["hidden"]}
    for table in ["search_dirty", "refinery_schema_history", "geometry_columns", "claims_fts"]:
        assert table in hidden, hidden
    for table in ["claims", "sources", "columns", "reports", "sqlar"]:
        assert table not in hidden, hidden
    for kind, table in db.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view')"):
        if "_fts_" in table or table.startswith("sqlite_"):
            continue
        entry = said["tables"][table]
        assert entry["title"], table
        columns = [row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", [table])]
        if table != "report_my_own":
            assert entry["description"] and list(entry["columns"]) == columns, (table, entry)
        for column in entry.get("facets", []) + [entry.get("label_column") or columns[0]]:
            assert column in columns, (table, column)
        rows = (await get(f"/{name}/{table}.json?_labels=on&_extra=database,facet_results")).json()
        assert not rows.get("error") and rows["database"] == name, (table, rows)
        found = rows["facet_results"]["results"] if is_1 else rows["facet_results"]
        if kind == "table" and entry.get("facets"):
            assert set(found) == set(entry["facets"]), (table, found)
        if table == "claims":
            assert entry["title"] == "Claims" and set(found) == {"kind", "status"}, (entry["title"], found)
        if kind == "table":
            html = (await get(f"/{name}/{table}")).text
            assert f"<h1>{entry['title']}</h1>" in re.sub(r"<h1[^>]*>", "<h1>", html), (table, html)
    # A code is shown by its label, a reference by its key, a meaning below the title.
    html = (await get(f"/{name}/claims?kind=event")).text
    assert "<dd>The proposition, in one sentence.</dd>" in html, html
    assert f'<a href="/{name}/claim_kinds/event">Event</a>' in html, html
    rows = (await get(f"/{name}/mentions.json?_labels=on&_shape=array")).json()
    assert rows[0]["source_id"]["label"] == "taliban-advance-fr", rows[0]
    html = (await get(f"/{name}/claims?_search=muqur")).text
    assert 'type="search" name="_search"' in html, html
    assert re.search(r"<title>\w+: claims: [1-9] rows? where search matches", html), html
    try:
        await datasette.get_database(name).execute_write("DELETE FROM columns")
        raise SystemExit("it could be written to")
    except (sqlite3.OperationalError, AssertionError):
        pass


asyncio.run(main())
print("every page is explained")
