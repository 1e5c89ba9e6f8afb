//! Reports: their columns, which are a contract, and their counts.

use crate::common::{Sandbox, golden, root};
use std::collections::BTreeSet;
use std::fmt::Write;

#[test]
fn the_columns_of_every_report_are_as_listed() {
    let sandbox = Sandbox::empty();
    let mut text = String::new();
    for header in onrecord::shipped::reports() {
        let out = sandbox.run(&["report", &header.name, "--format", "csv"]).done();
        let columns = out.lines().next().unwrap();
        writeln!(text, "{}: {columns}", header.name).unwrap();
        let described: Vec<&str> = header.columns.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            described.join(","),
            columns,
            "the header of {} describes other columns",
            header.name
        );
    }
    golden("report_columns.txt", &text);
}

const PLACES: &str = r#"onrecord = 1
location = [
  { key = "land", name = "Land", kind = "country" },
  { key = "shire", name = "Shire", kind = "province", within = "land" },
  { key = "town", name = "Town", kind = "town", within = "shire" },
  { key = "elsewhere", name = "Elsewhere", kind = "province", within = "land" },
]
claim = [
  { key = "a", text = "In the town and in the shire", kind = "event", places = ["town", "shire"] },
  { key = "b", text = "Near the town", kind = "event", places = [{ location = "town", relation = "near" }] },
  { key = "c", text = "In an unnamed place", kind = "event", places = [{ location = "shire", relation = "unnamed_within" }] },
  { key = "d", text = "Withdrawn", kind = "event", places = ["town"], withdrawn = "entered twice" },
  { key = "e", text = "Nowhere", kind = "forecast", due = "2021-06" },
  { key = "f", text = "Some day", kind = "intention", due = "2021-07-15" },
]
"#;

fn report(sandbox: &Sandbox, args: &[&str]) -> String {
    let args: Vec<&str> =
        ["report"].iter().chain(args).chain(&["--format", "csv"]).copied().collect();
    sandbox.run(&args).done()
}

#[test]
fn places_count_what_lies_inside_and_not_what_is_near() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(PLACES).done();
    assert_eq!(
        report(&sandbox, &["places", "--columns", "place,claims,here,nearby"]),
        "place,claims,here,nearby\nland,2,0,0\nshire,2,2,0\ntown,1,1,1\nelsewhere,0,0,0\n"
    );
}

/// An archive in which every report has something to say of other claims too.
const KEPT: &str = r#"onrecord = 1
source = [
  { key = "wire", kind = "article", title = "Wire" },
  { key = "copy", kind = "article", title = "Copy", origin = [{ relation = "syndicates", origin = "wire" }] },
  { key = "mayor", kind = "person", title = "The mayor" },
  { key = "checker", kind = "organisation", title = "Checkers" },
]
location = [{ key = "town", name = "Town", kind = "town" }]
measure = [{ key = "m", title = "Houses lost", dimension = "objects", growth = "cumulative", starts = "2021-01-01" }]
[[claim]]
key = "kept"
text = "Houses were lost"
kind = "event"
happened = "2021-05-01"
places = ["town"]
mention = [{ source = "wire", speaker = "mayor" }]
figure = [{ key = "kept-m", measure = "m", value = 40, as_of = "2021-05-01" }]
assessment = [{ status = "reported", by = "desk", at = "2021-06-01T00:00:00Z", because = "Read." }]
"#;

/// One claim for all reports but one: it says when, where, who and how many, is echoed, denied, in
/// conflict with another and overdue. The last asks for claims about which nothing is known.
const GONE: &str = r#"onrecord = 1
link = [{ from = "gone", relation = "contradicts", to = "kept" }]
equation = [{ key = "sum", expression = "gone-m = kept-m" }]
[[claim]]
key = "gone"
text = "Gonetext: the town will be lost"
kind = "forecast"
happened = "2021-05-02"
due = "2021-05-03"
places = ["town"]
mention = [{ source = "wire", speaker = "mayor" }, { source = "copy" }, { source = "checker", stance = "denies" }]
figure = [{ key = "gone-m", measure = "m", value = 30.5, as_of = "2021-05-02" }]
assessment = [
  { status = "unverified", by = "desk", at = "2021-06-01T00:00:00Z", because = "Not seen." },
  { status = "refuted", by = "checker", at = "2021-05-31T00:00:00Z", because = "Seen." },
]
[[claim]]
key = "gone-too"
text = "Gonetext: unknown"
kind = "event"
"#;

#[test]
fn withdrawn_claims_are_left_out_everywhere() {
    let sandbox = Sandbox::empty();
    let names = || {
        let listed = sandbox.run(&["report", "--format", "csv"]).done();
        let names = listed.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned());
        // What was done to the archive is no report on its claims.
        names.filter(|name| name != "operations").collect()
    };
    let rows = |names: &[String]| -> Vec<String> {
        names.iter().map(|name| report(&sandbox, &[name])).collect()
    };
    let _ = sandbox.import(KEPT).done();
    let names: Vec<String> = names();
    assert!(names.len() > onrecord::shipped::reports().len() - 2, "{names:?}");
    let without = rows(&names);
    let _ = sandbox.import(GONE).done();
    let with = rows(&names);
    let silent: Vec<&String> = names
        .iter()
        .zip(without.iter().zip(&with))
        .filter_map(|(name, (without, with))| (without == with).then_some(name))
        .collect();
    assert!(
        silent.is_empty(),
        "the claims change nothing in {silent:?}, so withdrawing proves nothing"
    );
    assert!(sandbox.run(&["search", "gonetext"]).done().contains("gone-too"));
    for claim in ["gone", "gone-too"] {
        let _ = sandbox.run(&["withdraw", claim, "--because", "Entered twice."]).done();
    }
    let mut leaks = String::new();
    for ((name, without), withdrawn) in names.iter().zip(&without).zip(rows(&names)) {
        if name == "tie-outs" {
            // An equation stays, and says why it can no longer be solved; the number is gone.
            assert!(withdrawn.contains("the claim gone, which was withdrawn"), "{withdrawn}");
            assert!(!withdrawn.contains("30"), "{withdrawn}");
        } else if *without != withdrawn {
            leaks.push_str(&format!("{name}:\n{withdrawn}"));
        }
    }
    assert!(leaks.is_empty(), "withdrawn claims are in\n{leaks}");
    assert!(sandbox.run(&["search", "gonetext"]).err.contains("nothing found"));
}

#[test]
fn an_empty_archive_has_no_shares() {
    assert!(report(&Sandbox::empty(), &["status"]).contains("reported,0,0,\n"));
}

#[test]
fn where_filters_and_order_sorts() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(PLACES).done();
    let keys = |args: &[&str]| {
        let out = report(&sandbox, args);
        out.lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(keys(&["claims", "--where", "kind=event"]), "a b c");
    assert_eq!(keys(&["claims", "--where", "kind!=event"]), "e f");
    assert_eq!(keys(&["claims", "--where", "places="]), "e f");
    assert_eq!(keys(&["claims", "--where", "places!=", "--where", "text~NEAR"]), "b");
    assert_eq!(keys(&["claims", "--order", "-claim", "--limit", "2"]), "f e");
    assert_eq!(keys(&["places", "--where", "claims>=2", "--order", "place"]), "land shire");
    assert_eq!(keys(&["places", "--where", "claims<2", "--order", "-claims"]), "town elsewhere");
    assert_eq!(keys(&["forecasts", "--where", "due_latest<today", "--today", "2021-07-01"]), "e");
    assert_eq!(keys(&["forecasts", "--where", "due_latest<today", "--today", "2021-06-30"]), "");
    assert_eq!(keys(&["forecasts", "--where", "due_earliest<=2021-06-01"]), "e");
}

#[test]
fn figures_keep_their_words_and_bounds_follow_from_them() {
    let sandbox = Sandbox::empty();
    let figure = |key: &str, rest: &str| {
        format!(
            "  [[claim.figure]]\n  key = \"{key}\"\n  measure = \"m\"\n  {}\n",
            rest.replace("; ", "\n  ")
        )
    };
    let mut document = String::from(
        "onrecord = 1\n[[measure]]\nkey = \"m\"\ntitle = \"Things\"\ndimension = \"ratio\"\ngrowth = \"level\"\n[[claim]]\nkey = \"c\"\ntext = \"There are things\"\nkind = \"quantity\"\n",
    );
    let cases = [
        ("exact", "value = 350", "350 350 0"),
        ("about", "value = 35; qualifier = \"about\"", "31.5 38.5 1"),
        ("below-zero", "value = -10; qualifier = \"about\"", "-11 -9 1"),
        ("nearly", "value = 11000; qualifier = \"nearly\"", "9900 11000 1"),
        ("at-least", "low = 69; qualifier = \"at_least\"; out_of = \"exact\"", "69 - 0"),
        ("at-least-value", "value = 69; qualifier = \"at_least\"", "69 - 0"),
        ("over", "value = 50; qualifier = \"over\"", "50 - 0"),
        ("at-most", "high = 6; qualifier = \"at_most\"", "- 6 0"),
        ("between", "low = 66000; high = 69000; qualifier = \"between\"", "66000 69000 0"),
        ("tens", "qualifier = \"tens\"", "20 99 1"),
        ("none", "qualifier = \"none\"", "0 0 0"),
        ("unknown", "qualifier = \"unknown\"", "- - 0"),
        ("unquantified", "qualifier = \"unquantified\"", "- - 0"),
        ("zero", "value = 0", "0 0 0"),
        ("third", "value = \"1/3\"; qualifier = \"about\"", "0.3 0.366667 1"),
    ];
    cases.iter().for_each(|(key, rest, _)| document.push_str(&figure(key, rest)));
    let said = sandbox.import(&document);
    assert_eq!(said.code, 0, "{}", said.err);
    for (key, _, bounds) in cases {
        let found = sandbox.ask(&format!(
            "select replace(coalesce(round(lower, 6), '-') || ' ' || coalesce(round(upper, 6), '-') || ' ' || assumed, '.0 ', ' ') from figure_bounds where key = '{key}'"
        ));
        assert_eq!(found, bounds, "{key}");
    }
    assert_eq!(
        sandbox
            .ask("select lower_exclusive || upper_exclusive from figure_bounds where key = 'over'"),
        "10"
    );
    assert!(report(&sandbox, &["figures", "--where", "low=69"]).contains(",at_least,,69,,,350,"));
}

#[test]
fn a_users_own_report_is_stored_run_and_removed() {
    let sandbox = Sandbox::seeded();
    sandbox.write("late.sql", "-- title: Late verdicts\n-- question: Which came late?\nSELECT claim, at FROM report_history WHERE at > '2021-07-01' ORDER BY claim;\n");
    let _ = sandbox.run(&["report", "add", "late-verdicts", "late.sql"]).done();
    assert!(sandbox.run(&["report"]).done().contains("late-verdicts     Late verdicts"));
    assert!(sandbox.run(&["report", "late-verdicts", "--limit", "1"]).done().starts_with("claim"));
    assert!(
        sandbox
            .run(&["report", "late-verdicts", "--sql"])
            .done()
            .contains("CREATE VIEW report_late_verdicts AS")
    );
    sandbox.write("bad.sql", "DELETE FROM claims");
    assert!(sandbox.run(&["report", "add", "bad", "bad.sql"]).failed().contains("more than read"));
    sandbox.write("two.sql", "SELECT 1 AS a; SELECT 2 AS b");
    assert!(sandbox.run(&["report", "add", "two", "two.sql"]).failed().contains("2 statements"));
    assert!(
        sandbox
            .run(&["report", "add", "status", "late.sql"])
            .failed()
            .contains("comes with onrecord")
    );
    assert!(sandbox.run(&["report", "remove", "status"]).failed().contains("comes with onrecord"));
    let _ = sandbox.run(&["report", "remove", "late-verdicts"]).done();
    assert!(!sandbox.run(&["report"]).done().contains("late-verdicts"));
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[test]
fn words_are_found_in_capitals_of_any_script() {
    let sandbox = Sandbox::empty();
    let add = [
        "add",
        "claim",
        "--key",
        "k",
        "--kind",
        "event",
        "--text",
        "Харьков обстрелян, Évacuation",
    ];
    let _ = sandbox.run(&add).done();
    for word in ["харьков", "évac", "ОБСТРЕЛЯН"] {
        let only = format!("text~{word}");
        let args = ["report", "claims", "--where", &only, "--columns", "claim", "--format", "csv"];
        assert_eq!(sandbox.run(&args).done(), "claim\nk\n", "{word}");
    }
    let said = sandbox.run(&["withdraw", "nope", "--because", "x"]).failed();
    assert!(said.starts_with("error: no claim \"nope\""), "{said}");
    assert!(
        sandbox
            .run(&["assess", "k", "reported", "--because", "\t\u{a0}"])
            .failed()
            .contains("reason is empty")
    );
}

/// F is a grade that somebody gave; a source without a grade is NULL in data and "not graded" for
/// people.
#[test]
fn a_source_that_nobody_graded_has_no_grade() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import(
            "onrecord = 1\n\
             [[source]]\nkey = 'bare'\nkind = 'article'\ntitle = 'Bare'\n\
             [[source]]\nkey = 'judged'\nkind = 'article'\ntitle = 'Judged'\n\
             [[source.grade]]\nreliability = 'F'\nby = 'desk'\nat = '2021-07-01T00:00:00Z'\nbecause = 'New to us'\n\
             [[claim]]\nkey = 'c'\ntext = 'C'\nkind = 'event'\n\
             [[claim.mention]]\nsource = 'bare'\n\
             [[claim.mention]]\nsource = 'judged'\n",
        )
        .done();
    let args = ["sources", "--columns", "source,reliability", "--where", "claims=1"];
    assert_eq!(report(&sandbox, &args), "source,reliability\nbare,\njudged,F\n");
    let grades = "select group_concat(typeof(reliability)) from report_sources where claims = 1";
    assert_eq!(sandbox.ask(grades), "\"null,text\"");
    for (format, wanted) in [
        ("table", "bare    not graded\njudged  F"),
        ("markdown", "| bare | not graded |\n| judged | F |"),
        ("html", "bare</td><td dir=\"auto\">not graded</td>"),
        ("json", "\"reliability\":null"),
        ("ndjson", "\"reliability\":null"),
    ] {
        let run = sandbox.run(&[&["report"], &args[..], &["--format", format]].concat()).done();
        assert!(run.contains(wanted), "{format}: {run}");
    }
    let chart = sandbox.run(&["report", "sources", "--chart"]).done();
    assert!(chart.contains("reliability: not") && chart.contains("reliability F"), "{chart}");
    let show = |source: &str, format: &str| {
        let shown = sandbox.run(&["show", source, "--format", format]).done();
        let line = shown.lines().find(|line| line.contains("reliability")).unwrap_or_default();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(show("bare", "table"), "", "a page has no line for what is not stated");
    assert_eq!(show("bare", "markdown"), "| reliability | not graded |");
    assert_eq!(show("bare", "csv"), "facts,1,reliability,");
    assert_eq!(show("bare", "json"), "\"reliability\": null,");
    assert_eq!(show("judged", "table"), "reliability F (Cannot be judged)");
    // SQL returns NULL.
    let sql = "select reliability from report_sources where source = 'bare'";
    let null = sandbox.run(&["sql", sql, "--format", "table"]).done();
    assert!(null.contains("NULL"), "{null}");
    let _ = sandbox.run(&["publish", "page.html"]).done();
    let page = std::fs::read_to_string(sandbox.path("page.html")).unwrap();
    let entry = |source: &str| {
        let entry = page.split(&format!("id=\"source/{source}\"")).nth(1).unwrap();
        entry.split("</article>").next().unwrap().to_owned()
    };
    assert!(entry("bare").contains("reliability not graded"), "{}", entry("bare"));
    assert!(entry("judged").contains("reliability F (Cannot be judged)"), "{}", entry("judged"));
}

/// Unassessed is a claim without a verdict; unverified is a verdict, by its source or by the desk.
#[test]
fn a_claim_without_a_verdict_is_not_unverified() {
    let sandbox = Sandbox::empty();
    let verdict = |by: &str| {
        format!(
            "[[claim.assessment]]\nby = '{by}'\nstatus = 'unverified'\nat = '2021-07-01T00:00:00Z'\nbecause = 'Nobody else saw it'\n"
        )
    };
    let claim = |key: &str, verdict: &str| {
        format!(
            "[[claim]]\nkey = '{key}'\ntext = 'Claim {key}'\nkind = 'event'\n[[claim.mention]]\nsource = 's'\n{verdict}"
        )
    };
    let document = [
        "onrecord = 1\n[[source]]\nkey = 's'\nkind = 'article'\ntitle = 'S'\n".to_owned(),
        claim("open", ""),
        claim("tried", &verdict("desk")),
        claim("doubted", &verdict("s")),
    ];
    let _ = sandbox.import(&document.concat()).done();
    assert_eq!(
        report(&sandbox, &["unverified", "--columns", "claim,status,assessor"]),
        "claim,status,assessor\ntried,unverified,desk\ndoubted,unverified,s\n"
    );
    // Counted by the desk's own verdicts; a claim that only its source doubts has none.
    assert_eq!(
        report(
            &sandbox,
            &["sources", "--where", "source=s", "--columns", "claims,unverified,unassessed"]
        ),
        "claims,unverified,unassessed\n3,1,2\n"
    );
    // Every claim is counted under one verdict.
    let sum = "select count(*) from report_sources where claims <> confirmed + corroborated + reported + unverified + contested + refuted + unassessed";
    assert_eq!(sandbox.ask(sum), "0");
}

#[test]
fn every_report_of_a_small_archive_has_the_rows_that_its_claims_call_for() {
    let sandbox = Sandbox::empty();
    let document = root().join("tests/documents/reports.toml");
    let _ = sandbox.run(&["import", document.to_str().unwrap()]).done();
    let mut text = String::new();
    // `history.rs` holds the report of operations.
    let reports = onrecord::shipped::reports();
    for header in reports.iter().filter(|header| header.name != "operations") {
        let rows = report(&sandbox, &[&header.name]);
        writeln!(text, "== {} ==\n{rows}", header.name).unwrap();
    }
    for view in ["figure_bounds", "map_claims"] {
        let sql = format!("select * from {view}");
        let rows = sandbox.run(&["sql", &sql, "--format", "csv"]).done();
        writeln!(text, "== {view} ==\n{rows}").unwrap();
    }
    let found = sandbox.run(&["check", "--format", "csv"]);
    writeln!(text, "== check ==\n{}", found.out).unwrap();
    golden("reports.txt", &text);
}

#[test]
fn check_finds_copies_that_nothing_proves() {
    let sandbox = Sandbox::empty();
    let (right, wrong) = ("a".repeat(64), "b".repeat(64));
    let sql = format!(
        "INSERT INTO sources (id, key, kind, title, sha256) VALUES
           (7, 's', 'page', 'S', '{right}'), (8, 't', 'page', 'T', NULL);
         INSERT INTO sqlar (id, name, mode, mtime, sz, data) VALUES
           (1, 'proved', 33188, 0, 1, x'61'), (2, 'of-unknown', 33188, 0, 1, x'61'),
           (3, 'bare', 33188, 0, 1, x'61'), (4, 'wrong', 33188, 0, 1, x'61'),
           (5, 'nobodys', 33188, 0, 1, x'61');
         INSERT INTO captures (source_id, sqlar_id, sha256) VALUES
           (7, 1, '{right}'), (8, 2, '{right}'), (7, 3, NULL), (7, 4, '{wrong}')"
    );
    sandbox.other_tool().execute_batch(&sql).unwrap();
    let found = sandbox.run(&["check", "--format", "csv"]).out;
    // What the bytes themselves hash to is another check.
    let rows: Vec<&str> = found.lines().filter(|line| line.starts_with("captures,")).collect();
    assert_eq!(
        rows,
        [
            "captures,captures,s,\"bare has no SHA-256, so nothing proves it\"",
            "captures,captures,s,wrong has another SHA-256 than the source",
            "captures,sqlar,nobodys,it is no captured copy of any source",
        ]
    );
}

/// The guards refuse circles: here they are gone.
#[test]
fn check_finds_the_places_and_figures_that_go_round_and_not_what_leads_there() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let sql = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'";
    let drop: String = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    conn.execute_batch(&drop).unwrap();
    conn.execute_batch(
        "INSERT INTO locations (id, key, name, kind, within_id) VALUES
           (1, 'one', 'One', 'town', 2), (2, 'two', 'Two', 'town', 3), (3, 'three', 'Three', 'town', 1),
           (4, 'beside', 'Beside', 'town', 1), (5, 'land', 'Land', 'country', NULL),
           (6, 'province', 'Province', 'province', 5);
         INSERT INTO measures (key, title, dimension, growth) VALUES ('m', 'M', 'people', 'level');
         INSERT INTO claims (key, text, kind) VALUES ('c', 'C', 'event');
         INSERT INTO figures (id, key, claim_id, measure_id, value, out_of_id) VALUES
           (1, 'f-one', 1, 1, 1, 2), (2, 'f-two', 1, 1, 2, 1), (3, 'f-beside', 1, 1, 3, 1),
           (4, 'f-all', 1, 1, 4, NULL), (5, 'f-part', 1, 1, 5, 4)",
    )
    .unwrap();
    let found = sandbox.run(&["check", "--format", "csv"]).out;
    let keys = |check: &str| {
        let rows = found.lines().filter_map(|line| line.strip_prefix(check));
        rows.map(|row| row.split(',').nth(2).unwrap()).collect::<BTreeSet<_>>()
    };
    assert_eq!(keys("location-circles"), BTreeSet::from(["one", "two", "three"]));
    assert_eq!(keys("figure-circles"), BTreeSet::from(["f-one", "f-two"]));
}

/// The same content gives the same answers, in whatever order its rows came in.
#[test]
fn every_report_answers_the_same_after_export_and_import() {
    let document = std::fs::read_to_string(root().join("tests/documents/reports.toml")).unwrap();
    let hostile = Sandbox::empty();
    let _ = hostile.import(&document).done();
    // A claim that was judged, and changed since.
    let changed = Sandbox::seeded();
    let judged = ["--key", "soldiers-surrender", "--text", "Some soldiers gave up", "--update"];
    let _ = changed.run(&[["add", "claim"].as_slice(), &judged].concat()).done();
    assert_eq!(changed.ask("SELECT sum(stale) FROM report_history"), "1");
    for sandbox in [Sandbox::with_both_seeds(), hostile, changed] {
        let answers = |sandbox: &Sandbox| -> Vec<(String, Vec<String>)> {
            let reports = onrecord::shipped::reports();
            // Operations are those of the file.
            let asked = reports.iter().filter(|report| report.name != "operations");
            let answer = |name: &str| {
                let out = sandbox.run(&["report", name, "--format", "tsv"]).done();
                let mut rows: Vec<String> = out.lines().map(str::to_owned).collect();
                rows.sort();
                rows
            };
            asked.map(|report| (report.name.clone(), answer(&report.name))).collect()
        };
        let wanted = answers(&sandbox);
        assert!(wanted.len() > 15);
        for format in ["toml", "ndjson", "csv"] {
            let exported = sandbox.run(&["export", format]).done();
            let other = Sandbox::empty();
            other.write("exported", &exported);
            let _ = other.run(&["import", "exported", "--as", format]).done();
            for ((name, rows), (_, wanted)) in answers(&other).iter().zip(&wanted) {
                let differs = rows.iter().zip(wanted).find(|(row, wanted)| row != wanted);
                assert!(rows == wanted, "{format} {name}: {differs:?}");
            }
        }
    }
}

#[test]
fn a_track_record_counts_what_was_checked_and_says_when_that_is_too_little() {
    let sandbox = Sandbox::empty();
    let mut toml = String::from(
        "onrecord = 1\nsource = [\n  { key = \"wire\", kind = \"article\", title = \"Wire\" },\n  \
         { key = \"mayor\", kind = \"person\", title = \"The mayor\" },\n  \
         { key = \"other\", kind = \"organisation\", title = \"Other\" },\n]\n",
    );
    let statuses =
        ["confirmed", "confirmed", "corroborated", "confirmed", "disputed", "inconclusive"];
    let statuses = statuses.into_iter().chain([
        "refuted",
        "misleading",
        "refuted",
        "refuted",
        "reported",
        "retracted",
    ]);
    for (n, status) in statuses.enumerate() {
        let speaker = if n < 3 { ", speaker = \"mayor\"" } else { "" };
        writeln!(
            toml,
            "[[claim]]\nkey = \"c{n}\"\ntext = \"Claim {n}\"\nkind = \"event\"\nmention = [{{ source = \"wire\"{speaker} }}]\n\
             assessment = [{{ status = \"{status}\", by = \"desk\", at = \"2021-06-01T00:00:00Z\", because = \"Read.\" }},\n  \
             {{ status = \"refuted\", by = \"other\", at = \"2021-06-02T00:00:00Z\", because = \"No.\" }}]"
        )
        .unwrap();
    }
    let _ = sandbox.import(&toml).done();
    let _ = sandbox
        .run(&["add", "mention", "--claim", "c0", "--source", "mayor", "--stance", "retracts"])
        .done();
    assert_eq!(
        report(&sandbox, &["track-record"]),
        "source,title,kind,claims,checked,bore_out,contested,fell,took_back,share_bore_out,sample\n\
         wire,Wire,article,12,10,4,2,4,1,0.4,\n\
         mayor,The mayor,person,3,3,3,0,0,1,,too few\n"
    );
}

/// A few rows in the order of a key are the first of all rows in that order, with conditions and without.
#[test]
fn a_few_rows_in_the_order_of_a_key_are_the_first_of_all() {
    let sandbox = Sandbox::with_both_seeds();
    let rows = |args: &[&str]| -> Vec<String> {
        let run = sandbox.run(&[&["report"][..], args, &["--format", "csv"]].concat());
        run.done().lines().skip(1).map(str::to_owned).collect()
    };
    let mut asked = 0;
    for (report, key) in [
        ("place-claims", "place"),
        ("places", "place"),
        ("figure-timeline", "measure"),
        ("figure-conflicts", "measure"),
        ("sources", "source"),
        ("track-record", "source"),
        ("speakers", "speaker"),
        ("claims", "claim"),
        ("suggestions", "claim"),
        ("gaps", "claim"),
        ("gaps", "source"),
    ] {
        for condition in [&[][..], &["--where", "text~a", "--where", "status=confirmed", "--or"]] {
            let columns =
                sandbox.run(&["report", report, "--format", "csv", "--limit", "0"]).done();
            let has = |name| columns.trim().split(',').any(|column| column == name);
            let is_possible = has("text") && has("status");
            if !condition.is_empty() && !is_possible {
                continue;
            }
            for order in [&["--order", key][..], &[]] {
                let all = rows(&[&[report][..], order, condition].concat());
                for limit in [2, 20] {
                    let number = limit.to_string();
                    let limited = [&[report][..], order, condition, &["--limit", &number]].concat();
                    let found = rows(&limited);
                    let wanted = &all[..all.len().min(limit)];
                    if order.is_empty() {
                        assert_eq!(found, wanted, "{limited:?}");
                    } else {
                        // Rows of one key may come in any order, and the limit may cut among them.
                        let keys = |rows: &[String], position: usize| -> Vec<String> {
                            let cell =
                                |row: &String| row.split(',').nth(position).map(str::to_owned);
                            rows.iter().filter_map(cell).collect()
                        };
                        let position = columns.trim().split(',').position(|c| c == key).unwrap();
                        assert_eq!(keys(&found, position), keys(wanted, position), "{limited:?}");
                        assert!(found.iter().all(|row| all.contains(row)), "{limited:?}");
                    }
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 50, "{asked}");
}

/// The program sorts by the columns that a report names as its order; the view by itself has the rows in the same.
#[test]
fn the_order_that_a_report_names_is_its_own() {
    let sandbox = Sandbox::with_both_seeds();
    // Sources, places and speakers with equal counts, whose keys decide.
    let records = ["z", "m", "a"]
        .map(|key| {
            format!(
                "[[source]]\nkey = \"{key}\"\nkind = \"person\"\ntitle = \"T {key}\"\n\
                 [[location]]\nkey = \"at-{key}\"\nname = \"N\"\nkind = \"town\"\n"
            )
        })
        .concat();
    let _ = sandbox.import(&format!("onrecord = 1\n{records}")).done();
    let mut whole = Vec::new();
    for header in onrecord::shipped::reports() {
        if !header.order_is_whole {
            continue;
        }
        let rows =
            |args: &[&str]| sandbox.run(&[args, &["--format", "csv", "--raw"]].concat()).done();
        let view = format!("SELECT * FROM report_{}", header.name.replace('-', "_"));
        let own = rows(&["sql", &view]);
        assert_eq!(rows(&["report", &header.name]), own, "{}", header.name);
        assert!(own.lines().count() > 5, "{own}");
        // The order is of no concern to whoever wants the SQL of the report.
        assert!(!sandbox.run(&["report", &header.name, "--sql"]).done().contains("NULLS LAST"));
        whole.push(header.name);
    }
    assert_eq!(whole, ["places", "sources", "track-record", "speakers"]);
}

#[test]
fn denials_of_a_claim_are_ordered_by_who_denies() {
    let sandbox = Sandbox::empty();
    let sources = ["c", "a", "b"].map(|key| {
        format!("[[source]]\nkey = \"{key}\"\nkind = \"person\"\ntitle = \"T {key}\"\n")
    });
    let mentions = ["c", "a", "b"]
        .map(|key| format!("[[claim.mention]]\nsource = \"{key}\"\nstance = \"denies\"\n"));
    let claim = "[[claim]]\nkey = \"x\"\ntext = \"X\"\nkind = \"event\"\n";
    let _ = sandbox
        .import(&format!("onrecord = 1\n{}{claim}{}", sources.concat(), mentions.concat()))
        .done();
    let rows = report(&sandbox, &["contradictions", "--columns", "other_sources"]);
    assert_eq!(rows, "other_sources\na\nb\nc\n");
}
