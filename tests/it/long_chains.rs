//! Places within one another and sources that copy one another, hundreds in a row: what they cost grows with their
//! number, not with the pairs of them.

use crate::common::Sandbox;
use crate::kept_figures::{load, steps};
use rusqlite::Connection;
use rusqlite::limits::Limit;
use std::fmt::Write;

/// An archive of one claim whose document is the last of `number` sources that copy one another, at the innermost of
/// as many places. The sources stand in this order in the file, or in the other.
fn chain(number: usize, first_to_last: bool) -> (Sandbox, Connection) {
    let sandbox = Sandbox::empty();
    let mut lines = String::new();
    let mut ids: Vec<usize> = (0..number).collect();
    if !first_to_last {
        ids.reverse();
    }
    for n in ids {
        writeln!(lines, r#"{{"table":"sources","key":"s{n}","kind":"article","title":"S{n}"}}"#)
            .unwrap();
    }
    for n in 0..number {
        let within = if n == 0 { String::new() } else { format!(r#","within":"p{}""#, n - 1) };
        writeln!(
            lines,
            r#"{{"table":"locations","key":"p{n}","name":"P{n}","kind":"site"{within}}}"#
        )
        .unwrap();
        if n > 0 {
            writeln!(
                lines,
                r#"{{"table":"source_origins","source":"s{n}","origin":"s{}","relation":"copies"}}"#,
                n - 1
            )
            .unwrap();
        }
    }
    let last = number - 1;
    write!(
        lines,
        r#"{{"table":"claims","key":"c","text":"A claim","kind":"event"}}
{{"table":"mentions","claim":"c","source":"s{last}"}}
{{"table":"claim_locations","claim":"c","location":"p{last}"}}"#
    )
    .unwrap();
    load(&sandbox, &lines);
    let db = sandbox.other_tool();
    (sandbox, db)
}

#[test]
fn circles_and_origins_of_a_long_chain_cost_its_length() {
    for first_to_last in [true, false] {
        let ((_short, short), (_long, long)) =
            (chain(100, first_to_last), chain(400, first_to_last));
        // The claim is weighed anew.
        for db in [&short, &long] {
            db.execute("UPDATE sources SET outlet = 'O' WHERE key = 's0'", []).unwrap();
        }
        for question in ["source_circles", "claim_voices", "claim_weights", "check_origin_circles"]
        {
            let (of_few, of_many) = (steps(&short, question), steps(&long, question));
            assert!(of_many < of_few * 6, "{question}: {of_few} steps, then {of_many}");
        }
    }
}

/// Sources of another tool's without an address wait for the program to read them, and are nobody's same work.
#[test]
fn sources_without_an_address_are_not_compared() {
    let ((_short, short), (_long, long)) = (chain(100, true), chain(400, true));
    for db in [&short, &long] {
        let change = "UPDATE sources SET title = title || '.' WHERE kind = 'article'";
        let changed = db.execute(change, []).unwrap();
        let waiting = "SELECT count(*) FROM source_works WHERE waits = 1";
        let waiting: i64 = db.query_row(waiting, [], |row| row.get(0)).unwrap();
        assert_eq!(usize::try_from(waiting).unwrap(), changed);
    }
    for question in ["same_works", "check_same_works"] {
        let (of_few, of_many) = (steps(&short, question), steps(&long, question));
        assert!(of_many < of_few * 6, "{question}: {of_few} steps, then {of_many}");
    }
}

#[test]
fn a_place_deep_inside_others_reads_none_of_them() {
    let ((_short, short), (_long, long)) = (chain(100, true), chain(400, true));
    for report in ["report_places", "report_place_claims"] {
        let of_few = steps(&short, &format!("{report} WHERE place = 'p99'"));
        let of_many = steps(&long, &format!("{report} WHERE place = 'p399'"));
        assert!(of_many < of_few + of_few / 4 + 100, "{report}: {of_few} steps, then {of_many}");
    }
}

/// The program's condition on a place has what is inside it.
#[test]
fn a_condition_on_a_place_walks_down_from_it_alone() {
    let cost = |number: usize| {
        let (sandbox, db) = chain(number, true);
        let place = format!("p{}", number - 3);
        let condition = format!("place={place}");
        let rows = sandbox.run(&["report", "places", "--where", &condition, "--format", "csv"]);
        assert_eq!(rows.done().lines().count(), 4);
        let sql = sandbox.run(&["report", "places", "--where", &condition, "--sql"]).done();
        // The view, which is in the file, stands before the question.
        let question = &sql[sql.find("SELECT * FROM").unwrap() + "SELECT * FROM".len()..];
        let question = question.rsplit_once(';').unwrap().0.replace(":w0", &format!("'{place}'"));
        steps(&db, &question)
    };
    let (of_few, of_many) = (cost(100), cost(400));
    assert!(of_many < of_few * 6, "{of_few} steps, then {of_many}");
}

#[test]
fn a_circle_is_found_wherever_it_lies_and_a_large_one_is_counted() {
    let (sandbox, db) = chain(30, true);
    let members = |db: &Connection| -> Vec<(String, String)> {
        let sql =
            "SELECT s.key, f.key FROM source_circles AS k JOIN sources AS s ON s.id = k.source_id
          JOIN sources AS f ON f.id = k.circle_id ORDER BY s.id";
        let mut found = db.prepare(sql).unwrap();
        let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    assert!(members(&db).is_empty());
    let edge = |a: &str, b: &str| {
        db.execute(
            "INSERT INTO source_origins (source_id, origin_id, relation)
             SELECT a.id, b.id, 'copies' FROM sources AS a, sources AS b WHERE a.key = ?1 AND b.key = ?2",
            [a, b],
        )
        .unwrap();
    };
    edge("s3", "s5");
    let pair = |key: &str| (key.to_owned(), "s3".to_owned());
    assert_eq!(members(&db), [pair("s3"), pair("s4"), pair("s5")]);
    let finding = "SELECT finding FROM check_origin_circles WHERE key = 's4'";
    assert_eq!(sandbox.ask(finding), "\"it is its own origin, through s3, s5\"");
    edge("s0", "s29");
    assert_eq!(members(&db).len(), 30);
    assert_eq!(sandbox.ask(finding), "\"it is its own origin, through 29 others\"");
}

#[test]
fn a_page_names_the_nearest_places_around_and_the_outermost() {
    let (sandbox, _db) = chain(60, true);
    sandbox.run(&["publish", "page.html"]).done();
    let page = std::fs::read_to_string(sandbox.path("page.html")).unwrap();
    let from = page.find("id=\"place/p59\"").unwrap();
    let article = &page[from..from + page[from..].find("</article>").unwrap()];
    assert!(article.contains("#place/p39") && !article.contains("#place/p38"), "{article}");
    assert!(article.contains(", in 38 more, in <a href=\"#place/p0\">"), "{article}");
}

/// Each of the places lists every claim within it: a page of more lines than a browser shows is not begun.
#[test]
fn a_page_that_lists_claims_over_and_over_is_refused() {
    let (sandbox, db) = chain(500, true);
    let claims = "INSERT INTO claims (key, text, kind) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200)
          SELECT 'c-' || x, 'Claim ' || x, 'event' FROM n;
        INSERT INTO claim_locations (claim_id, location_id) SELECT c.id, l.id FROM claims AS c, locations AS l WHERE c.key <> 'c' AND l.key = 'p499'";
    db.execute_batch(claims).unwrap();
    let said = sandbox.run(&["publish", "page.html"]).failed();
    // Of 201 claims; one has a source.
    assert!(said.contains("cannot publish 100501 lines in lists of claims as one page"), "{said}");
    assert!(
        said.contains("(at most 100000)") && said.contains("`onrecord publish page`"),
        "{said}"
    );
    assert!(!sandbox.path("page.html").exists());
    db.execute("UPDATE claims SET withdrawn = 'x' WHERE key IN ('c-1', 'c-2')", []).unwrap();
    let _ = sandbox.run(&["publish", "page.html"]).done();
}

#[test]
fn a_table_has_each_place_after_the_one_that_holds_it() {
    let (sandbox, _db) = chain(130, true);
    // Two places in one whose key comes after theirs.
    let lines =
        [("z", ""), ("a", "z"), ("b", "z"), ("a-in", "a"), ("b-in", "b")].map(|(key, within)| {
            let within =
                if within.is_empty() { String::new() } else { format!(r#","within":"{within}""#) };
            format!(r#"{{"table":"locations","key":"{key}","name":"N","kind":"site"{within}}}"#)
        });
    load(&sandbox, &lines.join("\n"));
    let table = sandbox.run(&["export", "csv"]).done();
    let row_of = |key: &str| table.find(&format!(",{key},")).unwrap_or_else(|| panic!("no {key}"));
    for n in 1..129 {
        let (around, here) = (format!("p{}", n - 1), format!("p{n}"));
        assert!(row_of(&around) < row_of(&here), "{here} comes before the place that holds it");
    }
    for here in ["a", "b"] {
        assert!(row_of("z") < row_of(here), "{here} comes before the place that holds it");
    }
}

/// SQLite counts the tables of a statement, those of the views in it included, and refuses a thousand: every other tool
/// of today does so too.
#[test]
fn no_view_comes_near_the_number_of_tables_that_sqlite_allows() {
    let sandbox = Sandbox::empty();
    let db = sandbox.other_tool();
    let mut views = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").unwrap();
    let views: Vec<String> =
        views.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    db.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, 700).unwrap();
    for view in &views {
        if let Err(error) = db.prepare(&format!("SELECT * FROM {view}")) {
            panic!("{view}: {error}");
        }
    }
    db.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, 200).unwrap();
    assert!(db.prepare("SELECT * FROM report_figure_conflicts").is_err(), "it is not counted so");
}

/// A report on all places costs their number, not that of the pairs of one and another inside it; and its rows are those
/// of a walk down from each place.
#[test]
fn all_places_that_nest_deep_cost_their_number() {
    let ((_short, short), (_long, long)) = (chain(150, true), chain(600, true));
    for report in ["report_places", "report_place_claims"] {
        let (of_few, of_many) = (steps(&short, report), steps(&long, report));
        assert!(of_many < of_few * 6, "{report}: {of_few} steps, then {of_many}");
    }
    long.execute_batch(
        "INSERT INTO claims (key, text, kind) SELECT 'c' || key, 'At ' || key, 'event' FROM locations WHERE id % 70 = 0;
         INSERT INTO claim_locations (claim_id, location_id, relation)
         SELECT c.id, l.id, CASE WHEN l.id % 4 = 0 THEN 'near' ELSE 'at' END
         FROM locations AS l JOIN claims AS c ON c.key = 'c' || l.key;
         INSERT INTO claim_locations (claim_id, location_id) SELECT c.id, l.id FROM claims AS c, locations AS l
         WHERE l.key = 'p300' AND c.key <> 'c';",
    )
    .unwrap();
    let texts = |sql: &str| -> Vec<String> {
        let mut asked = long.prepare(sql).unwrap();
        asked.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let walked = "WITH RECURSIVE inside(id, inner_id) AS (
           SELECT id, id FROM locations
           UNION
           SELECT i.id, l.id FROM inside AS i JOIN locations AS l ON l.within_id = i.inner_id
         ), found(place, claim, said_of) AS (
           SELECT p.key, c.key, l.key FROM inside AS i JOIN locations AS p ON p.id = i.id JOIN locations AS l ON l.id = i.inner_id
           JOIN claim_locations AS n ON n.location_id = l.id JOIN claims AS c ON c.id = n.claim_id
           WHERE n.relation <> 'near' OR l.id = p.id)";
    let rows = texts(&format!(
        "{walked} SELECT place || ' ' || claim || ' ' || said_of FROM found ORDER BY 1"
    ));
    let report =
        "SELECT place || ' ' || claim || ' ' || said_of FROM report_place_claims ORDER BY 1";
    assert_eq!(texts(report), rows);
    let counted = texts(&format!(
        "{walked} SELECT l.key || ' ' || (SELECT count(DISTINCT f.claim) FROM found AS f
           JOIN claims AS c ON c.key = f.claim JOIN claim_locations AS n ON n.claim_id = c.id
           JOIN locations AS s ON s.id = n.location_id AND s.key = f.said_of
           WHERE f.place = l.key AND n.relation <> 'near') FROM locations AS l ORDER BY 1"
    ));
    assert_eq!(texts("SELECT place || ' ' || claims FROM report_places ORDER BY 1"), counted);
}
