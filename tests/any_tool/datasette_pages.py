"""Opens an archive in Datasette with the metadata that onrecord wrote: every table, view and column is
explained, every report runs as a query with a title, within Datasette's own limits and without writing."""

import asyncio
import json
import pathlib
import sqlite3
import sys

from datasette.app import Datasette

path, metadata = sys.argv[1], json.load(open(sys.argv[2]))
name = pathlib.Path(path).stem
db = sqlite3.connect(path)
said = metadata["databases"][name]


async def main():
    datasette = Datasette(immutables=[path], metadata=metadata)
    await datasette.invoke_startup()

    async def get(page):
        response = await datasette.client.get(page)
        assert response.status_code == 200, (page, response.status_code, response.text[:500])
        return response

    page = (await get(f"/{name}.json")).json()
    html = (await get(f"/{name}")).text
    queries = {query["name"]: query for query in page["queries"]}
    reports = [view for (view,) in db.execute("SELECT name FROM sqlite_schema WHERE name GLOB 'report_*'")]
    assert len(reports) >= 19, reports
    with_rows = 0
    for view in reports:
        query = queries["report-" + view[7:].replace("_", "-")]
        assert query["title"] and query["title"] != view, query
        assert "<b>" not in html and query["sql"] == f"select * from {view}", query
        rows = (await get(f"/{name}/{query['name']}.json?_shape=array")).json()
        wanted = db.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
        assert len(rows) == min(wanted, 1000), (view, len(rows), wanted)
        with_rows += wanted > 0
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
        rows = (await get(f"/{name}/{table}.json?_labels=on")).json()
        assert not rows.get("error") and rows["database"] == name, (table, rows)
        if kind == "table" and entry.get("facets"):
            assert set(rows["facet_results"]) == set(entry["facets"]), (table, rows["facet_results"])
    # A code is shown by its label, a reference by its key, a meaning below the title.
    html = (await get(f"/{name}/claims?kind=event")).text
    assert "<dd>The proposition, in one sentence.</dd>" in html, html
    assert f'<a href="/{name}/claim_kinds/event">Event</a>' in html, html
    rows = (await get(f"/{name}/mentions.json?_labels=on&_shape=array")).json()
    assert rows[0]["source_id"]["label"] == "taliban-advance-fr", rows[0]
    (await get(f"/{name}/claims?_search=muqur"))
    try:
        await datasette.get_database(name).execute_write("DELETE FROM columns")
        raise SystemExit("it could be written to")
    except (sqlite3.OperationalError, AssertionError):
        pass


asyncio.run(main())
print("every page is explained")
