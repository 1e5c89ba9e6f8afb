//! The kept rows of figures: whatever tool changes what they follow from, they are
//! those that are worked out from nothing. And the neighbours in time, with which a figure is compared.

use crate::common::{Sandbox, fill, random_cases};
use proptest::prelude::*;
use rusqlite::Connection;

/// Measures of every growth, sources with and without a date, and figures with and without a time.
const START: &str = r#"{"table":"sources","key":"s1","kind":"article","title":"S1","published":"2021-05-01"}
{"table":"sources","key":"s2","kind":"article","title":"S2"}
{"table":"sources","key":"s3","kind":"article","title":"S3","published":"2021-06-03"}
{"table":"measures","key":"constant","title":"A","dimension":"people","growth":"constant"}
{"table":"measures","key":"level","title":"B","dimension":"people","growth":"level"}
{"table":"measures","key":"cumulative","title":"C","dimension":"people","growth":"cumulative","starts":"2021-01-01"}
{"table":"measures","key":"per-event","title":"D","dimension":"people","growth":"per_event"}
{"table":"measures","key":"per-period","title":"E","dimension":"people","growth":"per_period"}
{"table":"locations","key":"p1","name":"P1","kind":"district"}
{"table":"locations","key":"p2","name":"P2","kind":"town"}
{"table":"locations","key":"p3","name":"P3","kind":"town","within":"p1"}
{"table":"locations","key":"p4","name":"P4","kind":"town"}
{"table":"claims","key":"c1","text":"A","kind":"event","happened":"2021-04-01","places":["p1"]}
{"table":"claims","key":"c2","text":"B","kind":"event","places":["p2"]}
{"table":"claims","key":"c3","text":"C","kind":"event"}
{"table":"claims","key":"c4","text":"D","kind":"event","happened":"2021-04/2021-05","places":["p4"]}
{"table":"claim_links","from":"c3","relation":"same_event","to":"c4"}
{"table":"mentions","claim":"c1","source":"s1"}
{"table":"mentions","claim":"c2","source":"s2"}
{"table":"mentions","claim":"c3","source":"s3","said_on":"2021-06-01"}
{"table":"figures","key":"f1","claim":"c1","measure":"constant","value":5,"qualifier":"about"}
{"table":"figures","key":"f2","claim":"c2","measure":"level","value":7,"qualifier":"over"}
{"table":"figures","key":"f3","claim":"c3","measure":"cumulative","value":7,"as_of":"2021-02/2021-03"}
{"table":"figures","key":"f4","claim":"c4","measure":"cumulative","low":3}
{"table":"figures","key":"f5","claim":"c2","measure":"per-event","value":7}
{"table":"figures","key":"f6","claim":"c3","measure":"per-period","value":7}
{"table":"figures","key":"f7","claim":"c1","measure":"cumulative","value":9}
"#;

/// Edits in another tool, of every table and column that the kept rows follow from. `:a` and `:b` are large numbers,
/// from which each takes the rows it changes.
pub const EDITS: &[&str] = &[
    "INSERT OR REPLACE INTO figures (key, claim_id, measure_id, value, as_of) VALUES ('g' || :a, 1 + :a % 4, 1 + :b % 5, :a,
       CASE WHEN :b % 3 THEN '2021-0' || (1 + :b % 9) END)",
    "UPDATE OR IGNORE figures SET as_of = CASE WHEN :a % 3 THEN '2020-0' || (1 + :b % 9) || '/2021-0' || (1 + :a % 9) END WHERE id = 1 + :b % 7",
    "UPDATE figures SET value = :a, low = NULL, high = NULL WHERE id = 1 + :b % 7",
    "UPDATE figures SET value = NULL, low = :a % 9, high = NULL WHERE id = 1 + :b % 7",
    "UPDATE figures SET value = NULL, low = NULL, high = :a % 9 WHERE id = 1 + :b % 7",
    "UPDATE OR REPLACE figures SET qualifier = CASE :a % 3 WHEN 0 THEN 'exact' WHEN 1 THEN 'over' ELSE 'about' END WHERE id = 1 + :b % 7",
    "UPDATE figures SET unit = CASE WHEN :a % 2 THEN 'carts' END WHERE id = 1 + :b % 7",
    "UPDATE figures SET measure_id = 1 + :a % 5 WHERE id = 1 + :b % 7",
    "UPDATE OR IGNORE figures SET out_of_id = CASE WHEN :a % 3 THEN 1 + :a % 7 END WHERE id = 1 + :b % 7",
    "UPDATE figures SET claim_id = 1 + :a % 4 WHERE id = 1 + :b % 7",
    "DELETE FROM figures WHERE id = (SELECT max(id) FROM figures WHERE id > 7)",
    "UPDATE claims SET happened = CASE WHEN :a % 2 THEN '2021-0' || (1 + :a % 9) END WHERE id = 1 + :b % 4",
    "UPDATE claims SET withdrawn = CASE WHEN :a % 2 THEN 'x' END WHERE id = 1 + :b % 4",
    "UPDATE measures SET growth = CASE :a % 3 WHEN 0 THEN 'level' WHEN 1 THEN 'cumulative' ELSE 'constant' END WHERE id = 1 + :b % 5",
    "UPDATE measures SET unit = CASE WHEN :a % 2 THEN 'carts' END WHERE id = 1 + :b % 5",
    "UPDATE measures SET starts = CASE WHEN :a % 2 THEN '2020-0' || (1 + :a % 9) END WHERE id = 1 + :b % 5",
    "UPDATE qualifiers SET below_factor = :a % 7 / 10.0 WHERE code = 'about'",
    "UPDATE qualifiers SET excludes_low = 1 - excludes_low WHERE code = 'over'",
    "INSERT OR IGNORE INTO mentions (claim_id, source_id, locator, said_on)
       VALUES (1 + :a % 4, (SELECT id FROM sources WHERE key = 's' || (1 + :b % 3)), 'p. ' || :a, CASE WHEN :b % 2 THEN '2021-01-0' || (1 + :b % 9) END)",
    "UPDATE mentions SET said_on = CASE WHEN :a % 2 THEN '2021-02-0' || (1 + :a % 9) END WHERE id = (SELECT id FROM mentions LIMIT 1 OFFSET :b % 5)",
    "UPDATE mentions SET claim_id = 1 + :a % 4 WHERE id = (SELECT id FROM mentions LIMIT 1 OFFSET :b % 5)",
    "UPDATE mentions SET source_id = (SELECT id FROM sources WHERE key = 's' || (1 + :a % 3)) WHERE id = (SELECT id FROM mentions LIMIT 1 OFFSET :b % 5)",
    "DELETE FROM mentions WHERE id = (SELECT id FROM mentions LIMIT 1 OFFSET :b % 9)",
    "INSERT OR IGNORE INTO claim_locations (claim_id, location_id, relation) VALUES (1 + :a % 4, 1 + :b % 2, CASE WHEN :b % 3 THEN 'at' ELSE 'near' END)",
    "UPDATE OR IGNORE claim_locations SET location_id = 1 + :a % 2, relation = CASE WHEN :a % 3 THEN 'at' ELSE 'near' END WHERE id = 1 + :b % 3",
    "UPDATE OR IGNORE claim_locations SET claim_id = 1 + :a % 4 WHERE id = 1 + :b % 3",
    "DELETE FROM claim_locations WHERE id = (SELECT id FROM claim_locations LIMIT 1 OFFSET :b % 3)",
    "UPDATE locations SET kind = CASE WHEN :a % 2 THEN 'province' ELSE 'district' END WHERE id = 1 + :b / 2 % 2",
    "INSERT OR IGNORE INTO locations (key, name, kind, within_id) VALUES ('q' || :a, 'Q', 'town', 1 + :b % 2)",
    "UPDATE locations SET within_id = CASE WHEN :a % 2 THEN 1 + :b % 2 END WHERE id = 3 + :b % 3",
    "DELETE FROM locations WHERE id > 2 AND id NOT IN (SELECT location_id FROM claim_locations)",
    "INSERT OR IGNORE INTO claim_links (from_id, relation, to_id) VALUES (1 + :a % 4, CASE WHEN :b % 4 THEN 'same_event' ELSE 'supports' END, 1 + :b % 4)",
    "UPDATE OR IGNORE claim_links SET relation = CASE WHEN :a % 2 THEN 'same_event' ELSE 'supports' END, to_id = 1 + :b % 4 WHERE id = 1 + :a % 3",
    "DELETE FROM claim_links WHERE id = (SELECT id FROM claim_links LIMIT 1 OFFSET :b % 3)",
    "UPDATE location_kinds SET event_scale = 1 - event_scale WHERE code = CASE :a % 3 WHEN 0 THEN 'province' WHEN 1 THEN 'district' ELSE 'town' END",
    "UPDATE sources SET published = CASE WHEN :a % 2 THEN '2021-03-0' || (1 + :a % 9) END WHERE key = 's' || (1 + :b % 3)",
];

/// Makes an edit, or loads rows by the program; the file may refuse either.
fn make(sandbox: &Sandbox, db: &Connection, (which, a, b): (usize, i64, i64)) -> String {
    let Some(sql) = EDITS.get(which) else {
        let lines = format!(
            "{{\"table\":\"mentions\",\"claim\":\"c{}\",\"source\":\"s{}\",\"locator\":\"q. {a}\"}}\n\
             {{\"table\":\"claim_locations\",\"claim\":\"c{}\",\"location\":\"p1\"}}\n\
             {{\"table\":\"claim_links\",\"from\":\"c{}\",\"relation\":\"same_event\",\"to\":\"c4\"}}\n\
             {{\"table\":\"locations\",\"key\":\"r{a}\",\"name\":\"R\",\"kind\":\"town\",\"within\":\"p1\"}}\n\
             {{\"table\":\"figures\",\"key\":\"l{a}\",\"claim\":\"c{}\",\"measure\":\"level\",\"value\":{b}}}\n",
            1 + a % 4,
            1 + b % 3,
            1 + a % 3,
            1 + b % 3,
            1 + b % 4
        );
        sandbox.write("more.ndjson", &lines);
        let _ = sandbox.run(&["import", "more.ndjson"]);
        return lines;
    };
    let sql = fill(sql, &[(":a", a), (":b", b)]);
    let done = db.execute_batch(&sql);
    format!("{sql}: {done:?}")
}

/// Imports lines of NDJSON.
pub fn load(sandbox: &Sandbox, lines: &str) {
    sandbox.write("lines.ndjson", lines);
    let _ = sandbox.run(&["import", "lines.ndjson"]).done();
}

fn count(db: &Connection, sql: &str) -> i64 {
    db.prepare_cached(sql).unwrap().query_row([], |row| row.get(0)).unwrap()
}

/// The rows that are kept and not worked out, and the other way round.
pub fn different(db: &Connection) -> i64 {
    count(
        db,
        "SELECT (SELECT count(*) FROM (SELECT * FROM kept_figures EXCEPT SELECT * FROM computed_figures))
           + (SELECT count(*) FROM (SELECT * FROM computed_figures EXCEPT SELECT * FROM kept_figures))",
    )
}

#[test]
fn kept_figures_are_those_worked_out_from_nothing_after_any_edit() {
    let edits = prop::collection::vec((0..=EDITS.len(), 0..1_000_000_i64, 0..1_000_000_i64), 60);
    proptest!(random_cases(12), |(edits in edits)| {
        let sandbox = Sandbox::empty();
        load(&sandbox, START);
        let db = sandbox.other_tool();
        assert_eq!((different(&db), count(&db, "SELECT count(*) FROM kept_figures")), (0, 7));
        for edit in edits {
            let after = make(&sandbox, &db, edit);
            assert_eq!(different(&db), 0, "after {after}");
        }
    });
}

/// Each edit changes what is kept of the archive of the beginning, so that none tests nothing.
#[test]
fn each_edit_changes_what_is_kept() {
    for sql in EDITS {
        let changes = (0..40_i64).any(|n| {
            let sandbox = Sandbox::empty();
            load(&sandbox, START);
            let db = sandbox.other_tool();
            db.execute_batch("CREATE TEMP TABLE was AS SELECT * FROM kept_figures").unwrap();
            let _ = db.execute_batch(&fill(sql, &[(":a", n * 11 + 1), (":b", n)]));
            let sql = "SELECT count(*) FROM (SELECT * FROM kept_figures EXCEPT SELECT * FROM was)";
            let gone = "SELECT count(*) FROM (SELECT * FROM was EXCEPT SELECT * FROM kept_figures)";
            count(&db, sql) + count(&db, gone) > 0
        });
        assert!(changes || sql.starts_with("DELETE FROM figures"), "{sql}");
    }
}

#[test]
fn a_lost_or_wrong_figure_is_found_and_put_right() {
    let sandbox = Sandbox::empty();
    load(&sandbox, START);
    let db = sandbox.other_tool();
    db.execute_batch("DELETE FROM kept_figures WHERE figure_id = 2").unwrap();
    let found = sandbox.run(&["check", "weights"]);
    assert_eq!(found.code, 1);
    assert!(found.out.contains("f2") && found.out.contains("--repair"), "{}", found.out);
    let _ = sandbox.run(&["check", "--repair"]);
    assert_eq!(different(&db), 0);
    db.execute_batch("UPDATE kept_figures SET upper = 99 WHERE figure_id = 2").unwrap();
    assert_eq!(sandbox.run(&["check", "weights"]).code, 0);
    let found = sandbox.run(&["check", "weights", "--full"]);
    assert_eq!(found.code, 1);
    assert!(found.out.contains("f2") && found.out.contains("--full"), "{}", found.out);
    let _ = sandbox.run(&["check", "--repair", "--full"]);
    assert_eq!(different(&db), 0);
    // What changed while a trigger was missing is worked out when it is put back.
    db.execute_batch(
        "DROP TRIGGER claims_update_keep; UPDATE claims SET happened = NULL WHERE id = 4",
    )
    .unwrap();
    assert_eq!(different(&db), 2);
    let _ = sandbox.run(&["check", "--repair"]);
    assert_eq!(different(&db), 0);
}

/// An undo puts rows back in an order of its own.
#[test]
fn what_an_undo_puts_back_is_kept() {
    let sandbox = Sandbox::empty();
    load(&sandbox, START);
    let run = |args: &[&str]| sandbox.run(args).done();
    let _ = run(&["undo"]);
    let db = sandbox.other_tool();
    assert_eq!((different(&db), count(&db, "SELECT count(*) FROM kept_figures")), (0, 0));
    let _ = run(&["undo"]);
    assert_eq!((different(&db), count(&db, "SELECT count(*) FROM kept_figures")), (0, 7));
    let _ = run(&["delete", "claim:c2", "--because", "x"]);
    let _ = run(&["delete", "source:s2", "--because", "x"]);
    assert_eq!((different(&db), count(&db, "SELECT count(*) FROM kept_figures")), (0, 5));
    let _ = run(&["undo"]);
    let _ = run(&["undo", "5"]);
    assert_eq!((different(&db), count(&db, "SELECT count(*) FROM kept_figures")), (0, 7));
}

/// Figures of one level measure, a day each from 1 January, of as many claims.
fn days(number: u32) -> String {
    let mut lines = String::from(
        "{\"table\":\"measures\",\"key\":\"m\",\"title\":\"M\",\"dimension\":\"people\",\"growth\":\"constant\"}\n",
    );
    for n in 1..=number {
        lines += &format!(
            "{{\"table\":\"claims\",\"key\":\"c{n}\",\"text\":\"C\",\"kind\":\"state\"}}\n\
             {{\"table\":\"figures\",\"key\":\"f{n}\",\"claim\":\"c{n}\",\"measure\":\"m\",\"value\":{}}}\n",
            n * n
        );
    }
    lines
}

#[test]
fn a_figure_is_compared_with_thirty_on_either_side() {
    let sandbox = Sandbox::empty();
    load(&sandbox, &days(70));
    let of = |figure: u32| {
        sandbox.ask(&format!(
            "select min(o.figure_id) || ' ' || max(o.figure_id) || ' ' || (count(*) - 1) from figure_windows w
               join kept_figures o on o.time_key between w.from_key and w.to_key where w.figure_id = {figure}"
        ))
    };
    assert_eq!([of(1), of(35), of(70)], ["1 31 30", "5 65 60", "40 70 30"]);
    // Each pair once, the smaller first: all of 70 but those more than thirty apart.
    assert_eq!(sandbox.ask("select count(*) from figure_conflicts"), "1635");
    assert_eq!(sandbox.ask("select count(*) from figure_conflicts where figure_a > figure_b"), "0");
    let not_compared = "select numbers from report_figure_conflicts where finding = 'not compared'";
    assert_eq!(
        sandbox.ask(not_compared),
        "70 figures: only the thirty before and after each in time are compared"
    );
}

/// Of thirty-one each is compared with all others; of thirty-two the first and the last are not with one another.
#[test]
fn what_is_not_compared_is_told_from_the_thirty_second_figure_on() {
    for (number, told) in [(31, ""), (32, "2")] {
        let sandbox = Sandbox::empty();
        load(&sandbox, &days(number));
        let sql = "select figures from report_figure_conflicts where finding = 'not compared'";
        assert_eq!(sandbox.ask(sql), told, "{number}");
    }
}

/// Nothing says that a figure was compared with one that it was not compared with: the year goes on behind the
/// thirty days after its first.
#[test]
fn a_figure_for_a_long_time_is_not_said_to_be_for_another() {
    let sandbox = Sandbox::empty();
    let mut lines = String::from(
        "{\"table\":\"measures\",\"key\":\"m\",\"title\":\"M\",\"dimension\":\"people\",\"growth\":\"level\"}\n",
    );
    for n in 0..=40 {
        let time = if n == 0 {
            "2021".to_owned()
        } else {
            format!("2021-0{}-{:02}", 2 + n / 21, 1 + n % 21)
        };
        lines += &format!(
            "{{\"table\":\"claims\",\"key\":\"c{n}\",\"text\":\"C\",\"kind\":\"state\"}}\n\
             {{\"table\":\"figures\",\"key\":\"f{n}\",\"claim\":\"c{n}\",\"measure\":\"m\",\"value\":{n},\"as_of\":\"{time}\"}}\n"
        );
    }
    load(&sandbox, &lines);
    let sql = "select group_concat(numbers, '; ') from (select numbers from report_figure_conflicts
         where finding = 'not compared' order by numbers)";
    assert_eq!(
        sandbox.ask(sql),
        "1 figure: only the thirty before and after each in time are compared; \
         10 figures: the thirty before and after it are for other times"
    );
    assert_eq!(sandbox.ask("select count(*) from figure_conflicts where time = 'overlap'"), "30");
}

/// Claims with figures, five of a measure, with denials and links; five at one place, the others at a second.
fn many(number: u32) -> String {
    let mut lines = String::new();
    for n in 0..2 {
        lines += &format!(
            "{{\"table\":\"locations\",\"key\":\"p{n}\",\"name\":\"P{n}\",\"kind\":\"district\"}}\n"
        );
    }
    for n in 0..number / 5 {
        lines += &format!(
            "{{\"table\":\"sources\",\"key\":\"s{n}\",\"kind\":\"article\",\"title\":\"S{n}\",\"published\":\"2021-05-01\"}}\n\
             {{\"table\":\"measures\",\"key\":\"m{n}\",\"title\":\"M\",\"dimension\":\"people\",\"growth\":\"{}\"}}\n",
            ["level", "constant", "cumulative", "per_event"][n as usize % 4]
        );
    }
    for n in 0..number {
        lines += &format!(
            "{{\"table\":\"claims\",\"key\":\"c{n}\",\"text\":\"C\",\"kind\":\"state\",\"happened\":\"2021-01-0{}\"}}\n\
             {{\"table\":\"mentions\",\"claim\":\"c{n}\",\"source\":\"s{1}\"}}\n\
             {{\"table\":\"mentions\",\"claim\":\"c{n}\",\"source\":\"s{2}\",\"stance\":\"denies\"}}\n\
             {{\"table\":\"claim_locations\",\"claim\":\"c{n}\",\"location\":\"p{3}\"}}\n\
             {{\"table\":\"figures\",\"key\":\"f{n}\",\"claim\":\"c{n}\",\"measure\":\"m{1}\",\"value\":{n}}}\n",
            1 + n % 3,
            n / 5,
            (n / 5 + 1) % (number / 5),
            u32::from(n >= 5)
        );
    }
    lines
}

/// A condition on a key compares the bare column; one on a list of keys looks into it.
#[test]
fn a_key_is_compared_as_it_stands() {
    let sandbox = Sandbox::empty();
    load(&sandbox, START);
    let sql = |report: &str, condition: &str| {
        sandbox.run(&["report", report, "--where", condition, "--sql"]).done()
    };
    assert!(sql("claims", "claim=c1").contains("WHERE (\"claim\" = :w0)"));
    assert!(sql("contradictions", "sources=s1").contains("instr("));
}

/// The cost of a question, in steps of SQLite's machine.
pub fn steps(db: &Connection, question: &str) -> i32 {
    let mut statement = db.prepare(&format!("SELECT * FROM {question}")).unwrap();
    let mut rows = statement.query([]).unwrap();
    while rows.next().unwrap().is_some() {}
    drop(rows);
    statement.get_status(rusqlite::StatementStatus::VmStep)
}

/// The question for one claim, measure or source costs the same in an archive of four times the size.
#[test]
fn a_condition_on_a_key_reaches_the_rows() {
    let archive = |number| {
        let sandbox = Sandbox::empty();
        load(&sandbox, &many(number));
        let db = sandbox.other_tool();
        (sandbox, db)
    };
    let ((_small, small), (_large, large)) = (archive(200), archive(800));
    let questions = [
        "report_figure_conflicts WHERE claim = 'c0' AND finding <> 'not compared'",
        "report_figure_conflicts WHERE claim = 'c5' AND finding <> 'not compared'",
        "report_figure_conflicts WHERE claim = 'c10' AND finding <> 'not compared'",
        "report_figure_conflicts WHERE measure = 'm1' AND finding <> 'not compared'",
        "report_contradictions WHERE claim = 'c0'",
        "report_figure_timeline WHERE claim = 'c1'",
        "report_figure_timeline WHERE measure = 'm1'",
        "report_sources WHERE source = 's1'",
        "report_figures WHERE claim = 'c1'",
        "report_claims WHERE claim = 'c1'",
        "report_gaps WHERE claim = 'c1'",
        "report_gaps WHERE source = 's1'",
        "report_history WHERE claim = 'c1'",
        "report_echoes WHERE claim = 'c1'",
        "report_timeline WHERE claim = 'c1'",
        "report_unverified WHERE claim = 'c1'",
        "report_place_claims WHERE place = 'p0'",
        "report_place_claims WHERE claim = 'c1'",
        "report_places WHERE place = 'p0'",
        "report_speakers WHERE speaker = 's1'",
        "report_track_record WHERE source = 's1'",
        "report_corroboration WHERE claim = 'c1'",
        "report_suggestions WHERE claim = 'c1'",
        "figure_conflicts WHERE figure_a = 1",
        "conflicting_figures WHERE figure_id = 3",
    ];
    for question in questions {
        let (of_few, of_many) = (steps(&small, question), steps(&large, question));
        assert!(of_many < of_few + of_few / 4 + 100, "{question}: {of_few} steps, then {of_many}");
    }
}

/// Other tools leave statistics in the file, by which SQLite chooses other ways: no report may then read all rows for
/// each row.
#[test]
fn statistics_of_another_tool_slow_no_report_down() {
    let sandbox = Sandbox::empty();
    load(&sandbox, &many(800));
    let db = sandbox.other_tool();
    let mut names = db.prepare("SELECT 'report_' || name AS view FROM reports").unwrap();
    let views = names.query_map([], |row| row.get::<_, String>("view")).unwrap();
    let before: Vec<_> = views.map(Result::unwrap).map(|view| (steps(&db, &view), view)).collect();
    assert!(before.len() > 20);
    db.execute_batch("ANALYZE").unwrap();
    for (before, view) in before {
        let after = steps(&db, &view);
        assert!(after < before * 3 + 20_000, "{view}: {before} steps, then {after}");
    }
}

/// Figures are compared whose claims lie at one small place or at two of which one holds the other, whichever of the
/// two figures is the smaller; those of two places apart are not.
#[test]
fn a_place_inside_another_is_near_it_from_either_side() {
    let sandbox = Sandbox::empty();
    let mut lines = String::from(
        r#"{"table":"locations","key":"land","name":"Land","kind":"district"}
{"table":"locations","key":"town","name":"Town","kind":"town","within":"land"}
{"table":"locations","key":"other","name":"Other","kind":"town","within":"land"}
"#,
    );
    let places = [
        ("town", "land", "1"),
        ("land", "town", "1"),
        ("town", "town", "1"),
        ("town", "other", "0"),
    ];
    for (n, (first, second, _)) in places.iter().enumerate() {
        lines += &format!(
            "{{\"table\":\"measures\",\"key\":\"m{n}\",\"title\":\"M\",\"dimension\":\"people\",\"growth\":\"constant\"}}\n"
        );
        for (value, place) in [(5, first), (9, second)] {
            lines += &format!(
                "{{\"table\":\"claims\",\"key\":\"c{n}-{value}\",\"text\":\"C\",\"kind\":\"state\"}}\n\
                 {{\"table\":\"claim_locations\",\"claim\":\"c{n}-{value}\",\"location\":\"{place}\"}}\n\
                 {{\"table\":\"figures\",\"key\":\"f{n}-{value}\",\"claim\":\"c{n}-{value}\",\"measure\":\"m{n}\",\"value\":{value}}}\n"
            );
        }
    }
    load(&sandbox, &lines);
    for (n, (first, second, pairs)) in places.iter().enumerate() {
        for side in ["figure_id", "other_id"] {
            let sql = format!(
                "SELECT count(*) FROM conflicting_figures WHERE is_smaller = 1
                   AND {side} IN (SELECT id FROM figures WHERE key LIKE 'f{n}-%')"
            );
            assert_eq!(sandbox.ask(&sql), *pairs, "{first} {second}");
        }
    }
}

/// A conflict with a refuted claim asks for no verdict, and is a dispute all the same.
#[test]
fn a_conflict_that_does_not_count_suggests_nothing() {
    let sandbox = Sandbox::empty();
    load(
        &sandbox,
        r#"{"table":"sources","key":"s1","kind":"article","title":"S1"}
{"table":"measures","key":"m","title":"M","dimension":"people","growth":"constant"}
{"table":"claims","key":"a","text":"A","kind":"state"}
{"table":"claims","key":"b","text":"B","kind":"state"}
{"table":"mentions","claim":"a","source":"s1"}
{"table":"figures","key":"fa","claim":"a","measure":"m","value":5}
{"table":"figures","key":"fb","claim":"b","measure":"m","value":9}
"#,
    );
    let suggested = || {
        sandbox.ask("SELECT coalesce(max(suggests || ': ' || why), 'none') FROM report_suggestions WHERE claim = 'a'")
    };
    assert_eq!(suggested(), "\"disputed: its m, 5, disagrees with 9 (b)\"");
    let _ = sandbox.run(&["assess", "b", "refuted", "--because", "x"]).done();
    assert_eq!(suggested(), "none");
    let _ = sandbox.run(&["assess", "a", "disputed", "--because", "x"]).done();
    assert_eq!(suggested(), "none");
}
