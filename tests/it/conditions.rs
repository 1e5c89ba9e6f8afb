//! Conditions of reports: lists of codes, patterns, names, dates that meet, bounds, places with what is inside.

use crate::common::{Sandbox, files};
use onrecord::model::ReportHeader;

const RECORDS: &str = include_str!("../fuzz/src/records.toml");

fn archive() -> Sandbox {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(RECORDS).done();
    sandbox
}

/// The last letter of the keys of the claims that a report answers with, and what it says besides.
fn answer(sandbox: &Sandbox, report: &str, args: &[&str]) -> (String, String) {
    let mut all = vec!["report", report, "--columns", "claim", "--format", "csv"];
    all.extend(args);
    let run = sandbox.run(&all);
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    let letters = run.out.lines().skip(1).filter_map(|key| key.chars().last());
    (letters.collect(), run.err.trim().to_owned())
}

#[test]
fn conditions_find_what_they_mean() {
    let sandbox = archive();
    for (report, conditions, found) in [
        ("claims", &["kind=state,quantity"][..], "bef"),
        ("claims", &["kind!=state,quantity"], "acd"),
        ("claims", &["kind=State"], "b"),
        ("claims", &["claim=crowd*"], "ab"),
        ("claims", &["claim=*-e,lost-f"], "ef"),
        ("claims", &["claim!=crowd*"], "cdef"),
        ("claims", &["text=D *"], "d"),
        ("claims", &["text~*"], "d"),
        ("claims", &["text=a"], ""),
        // A list has a key, and a name stands for one, with a comma in it or without.
        ("claims", &["sources=wire"], "a"),
        ("claims", &["source=copy"], "ab"),
        ("claims", &["source=Morning, noon and night"], "a"),
        ("claims", &["source=wire,copy"], "ab"),
        // A place has what is inside, and what is near it for itself alone.
        ("claims", &["place=shire"], "ab"),
        ("claims", &["place=Shire"], "ab"),
        ("claims", &["place=town"], "ac"),
        ("claims", &["place=land"], "abd"),
        ("claims", &["place!=land"], "cef"),
        ("place-claims", &["place=shire"], "ab"),
        // Dates meet.
        ("claims", &["happened=2021-06-28"], "abc"),
        ("claims", &["happened=2021-06-28?"], "abc"),
        ("claims", &["happened=2021-07"], "bde"),
        ("claims", &["happened!=2021-07"], "acf"),
        ("claims", &["happened=2021-06-01,2021-07-05"], "cde"),
        ("claims", &["happened=../2021-06-20"], "bc"),
        ("claims", &["happened~2021-06-2"], "ab"),
        ("claims", &["happened="], "f"),
        ("claims", &["happened!="], "abcde"),
        ("claims", &["happened<2021-07"], "ac"),
        ("claims", &["happened<=2021-07"], "abcd"),
        ("claims", &["happened>2021-06-28"], "de"),
        ("claims", &["happened>=2021-06-28"], "ade"),
        // Bounds: a tolerance does not count, and what is open may be more.
        ("figures", &["value>100"], "ad"),
        ("figures", &["value>=100"], "acd"),
        ("figures", &["value>274999"], "a"),
        ("figures", &["value>275000"], ""),
        ("figures", &["value<100"], ""),
        ("figures", &["value<=100"], "cf"),
        ("figures", &["value<325000"], "cf"),
        ("figures", &["value<=325000"], "acf"),
        ("figures", &["value=100"], "cdf"),
        ("figures", &["value=100,69"], "bcdf"),
        // Several are and; one of them is enough where that is asked.
        ("claims", &["kind=event", "place=land"], "ad"),
        ("claims", &["kind=state", "place=town", "--or"], "abc"),
    ] {
        let mut args = Vec::new();
        for condition in conditions {
            match *condition {
                "--or" => args.push("--or"),
                condition => args.extend(["--where", condition]),
            }
        }
        assert_eq!(answer(&sandbox, report, &args).0, found, "{report} {conditions:?}");
    }
}

#[test]
fn what_may_meet_a_condition_is_counted_and_shown_when_asked_for() {
    let sandbox = archive();
    for (report, condition, found, more, possible) in [
        ("figures", "value>100", "ad", 2, "abde"),
        ("figures", "value>200000", "a", 3, "abde"),
        ("figures", "value>275000", "", 4, "abde"),
        ("figures", "value<100", "", 3, "bef"),
        ("claims", "happened<2021-06-25", "", 2, "bc"),
        ("claims", "happened>2021-06-28", "de", 2, "bcde"),
        ("claims", "happened>2021-07-05", "", 1, "e"),
    ] {
        let (sure, said) = answer(&sandbox, report, &["--where", condition]);
        assert_eq!(sure, found, "{condition}");
        let rows = if more == 1 { "1 more row may" } else { &format!("{more} more rows may") };
        assert!(said.contains(rows), "{condition}: {said}");
        let (all, said) = answer(&sandbox, report, &["--where", condition, "--maybe"]);
        assert_eq!((all.as_str(), said.as_str()), (possible, ""), "{condition}");
    }
    let (_, said) = answer(&sandbox, "figures", &["--where", "value=100"]);
    assert_eq!(said, "", "what is equal is equal");
}

#[test]
fn an_export_takes_the_conditions_of_a_report() {
    let sandbox = archive();
    let exported = |args: &[&str]| {
        let run = sandbox.run(&[&["export", "csv"], args].concat());
        let said = run.err.clone();
        let mut keys: Vec<String> = run
            .done()
            .lines()
            .skip(1)
            .filter_map(|row| row.split(',').next().map(str::to_owned))
            .collect();
        keys.retain(|key| !key.is_empty());
        keys.sort_unstable();
        keys.dedup();
        (keys, said)
    };
    for args in [
        &["--where", "kind=state", "--where", "place=town", "--or"][..],
        &["--where", "happened<2021-06-25"],
        &["--where", "happened<2021-06-25", "--maybe"],
        &["--where", "happened>2021-06-28"],
        &["--where", "happened>2021-07-05", "--maybe"],
    ] {
        let report =
            ["report", "claims", "--columns", "claim", "--format", "csv", "--order", "claim"];
        let run = sandbox.run(&[&report[..], args].concat());
        let more = run
            .err
            .split(" more")
            .next()
            .and_then(|said| said.split_whitespace().last())
            .unwrap_or_default()
            .to_owned();
        let keys: Vec<String> = run.done().lines().skip(1).map(str::to_owned).collect();
        let (found, said) = exported(args);
        assert_eq!(found, keys, "{args:?}");
        let remark = format!("{more} more claim");
        assert_eq!(said.contains("--maybe takes them too"), more.parse::<u64>().is_ok(), "{said}");
        assert!(more.parse::<u64>().is_err() || said.contains(&remark), "{said}");
    }
    assert!(exported(&["--where", "happened>2021-06-28"]).1.contains("2 more claims may meet"));
    for lone in ["--or", "--maybe"] {
        assert_eq!(sandbox.run(&["export", "csv", lone]).code, 2);
    }
    let err = sandbox.run(&["export", "csv", "--where", "kind=article"]).failed();
    assert!(err.contains("no kind \"article\""), "{err}");
}

#[test]
fn rows_that_look_alike_are_counted_where_columns_are_left_out() {
    let sandbox = Sandbox::with_both_seeds();
    let said = |args: &[&str]| {
        let where_share = ["report", "figures", "--where", "measure=share-of-country-held"];
        let run = sandbox.run(&[&where_share[..], args].concat());
        assert_eq!(run.code, 0);
        run.err
    };
    let remark =
        "1 row looks like another in these columns: --record shows what tells them apart\n";
    assert_eq!(said(&[]), remark);
    for args in [
        &["--record"][..],
        &["--wide"],
        &["--format", "csv"],
        &["--columns", "number"],
        &["--limit", "1"],
    ] {
        assert_eq!(said(args), "", "{args:?}");
    }
}

#[test]
fn a_wrong_command_line_of_a_report_says_how_to_list_them() {
    let sandbox = archive();
    for args in [&["report", "claims", "extra"][..], &["report", "claims", "--wher", "a=b"]] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("`onrecord report` lists the reports"), "{}", run.err);
        assert!(run.err.contains("try '--help'") && !run.err.contains("try 'help'"), "{}", run.err);
    }
    let run = sandbox.run(&["show"]);
    assert!(run.code == 2 && run.err.contains("try '--help'"), "{}", run.err);
    assert!(!run.err.contains("lists the reports"), "{}", run.err);
    assert_eq!(sandbox.run(&["--help"]).code, 0);
    assert!(sandbox.run(&["report", "nosuch"]).failed().contains("`onrecord report` lists them"));
}

#[test]
fn an_empty_answer_names_the_condition_that_left_nothing() {
    let sandbox = archive();
    let said = |args: &[&str]| answer(&sandbox, "claims", args).1;
    assert_eq!(said(&["--where", "status=refuted"]), "no row meets status=refuted");
    assert_eq!(
        said(&["--where", "status=refuted", "--where", "kind=event"]),
        "no row meets status=refuted"
    );
    assert_eq!(
        said(&["--where", "kind=state", "--where", "claim=lost*"]),
        "no row meets all the conditions at once"
    );
    let run = sandbox.run(&["report", "claims", "--where", "status=refuted"]);
    assert_eq!(run.out, "no rows\n");
    // An empty report is the fault of no condition, but what it says of a record that is there is said at once.
    for (args, err) in [
        (&[][..], ""),
        (&["--where", "status=refuted"], ""),
        (&["--where", "claim=crowd-a"], "no row meets claim=crowd-a\n"),
        (&["--where", "claim!=crowd-a"], ""),
    ] {
        let run = sandbox.run(&[&["report", "disagreements"][..], args].concat());
        assert_eq!((run.out.as_str(), run.err.as_str()), ("no rows\n", err), "{args:?}");
    }
}

#[test]
fn a_word_that_there_is_not_is_an_error_with_the_nearest() {
    let sandbox = archive();
    for (report, condition, said) in [
        ("claims", "status=refutd", "no status \"refutd\"; did you mean \"refuted\"?"),
        ("claims", "status=refuted,bogus", "no status \"bogus\""),
        ("claims", "claim=crowd-c", "no claim \"crowd-c\"; did you mean \"crowd-"),
        ("claims", "place=toun", "no location \"toun\"; did you mean \"town\"?"),
        (
            "claims",
            "place=Town",
            "several are called \"Town\"\nhint: write the key of one: other-town, town",
        ),
        ("claims", "happened=June", "happened is a date, and \"June\" is not a date"),
        ("claims", "happened<June", "happened is a date"),
        ("claims", "claim>", "compares with nothing"),
        (
            "figures",
            "value>107,000",
            "may be one number or several\nhint: write the number without commas, 107000",
        ),
        ("figures", "value>many", "cannot be compared with \"many\""),
        ("claims", "colour=red", "no column of report claims \"colour\""),
        ("contradictions", "kind=linkd", "no kind \"linkd\""),
        // A word of another list is none of this column.
        (
            "claims",
            "kind=article",
            "no kind \"article\"\nhint: kind is one of event, quantity, state here",
        ),
        ("claims", "kind=district", "no kind \"district\""),
        ("sources", "kind=event", "no kind \"event\""),
        ("places", "kind=article", "no kind \"article\""),
        ("gaps", "kind=event", "no kind \"event\"\nhint: kind is one of claim, source here"),
        // Relations are those of the pairs, or of a claim to a place; each list has words that are near the others'.
        ("place-claims", "relation=cites", "no relation \"cites\""),
        ("place-claims", "relation=contradicts", "no relation \"contradicts\""),
        ("place-claims", "relation=neer", "no relation \"neer\"; did you mean \"near\"?"),
        ("contradictions", "relation=near", "no relation \"near\""),
        ("contradictions", "relation=contradict", "did you mean \"contradicts\"?"),
        ("contradictions", "relation=posible conflict", "did you mean \"possible conflict\"?"),
        ("contradictions", "kind=event", "no kind \"event\""),
    ] {
        let run = sandbox.run(&["report", report, "--where", condition]);
        assert!(run.code == 3 && run.err.contains(said), "{condition}: {}", run.err);
        assert_eq!(run.out, "");
    }
    // A word that the report has of its own is none.
    for condition in [
        "kind=linked",
        "relation=conflict",
        "relation=contradicts",
        "relation=denies,possible conflict",
    ] {
        assert_eq!(
            answer(&sandbox, "contradictions", &["--where", condition]).0,
            "",
            "{condition}"
        );
    }
    assert_eq!(answer(&sandbox, "place-claims", &["--where", "relation=toward"]).0, "");
}

#[test]
fn the_examples_of_every_report_run() {
    let sandbox = Sandbox::with_both_seeds();
    let mut number = 0;
    let keys = [
        ("measure=KEY", "measure=civilian-casualties-since-2009"),
        ("claim=KEY", "claim=civilian-casualties"),
        ("assessor=KEY", "assessor=desk"),
        ("place=KEY", "place=kabul"),
        ("within=KEY", "within=afghanistan"),
        ("speaks_for=KEY", "speaks_for=desk"),
    ];
    for header in onrecord::shipped::reports() {
        assert!(
            (4..=6).contains(&header.show.len()) || header.columns.len() < 6,
            "{}",
            header.name
        );
        assert_eq!(header.examples.len(), 3, "{}", header.name);
        for column in header.show.iter().chain(&header.exact) {
            assert!(
                header.columns.iter().any(|(name, _)| name == column),
                "{}: {column}",
                header.name
            );
        }
        for example in &header.examples {
            let mut example = example.clone();
            for (placeholder, value) in keys {
                example = example.replace(placeholder, value);
            }
            assert!(!example.contains("KEY"), "{example}");
            let words = shlex::split(&example).unwrap();
            let args: Vec<&str> = ["report", &header.name]
                .into_iter()
                .chain(words.iter().map(String::as_str))
                .collect();
            let run = sandbox.run(&args);
            assert_eq!(run.code, 0, "{args:?}: {}", run.err);
            number += 1;
        }
        let help = sandbox.run(&["report", &header.name, "--help"]).done();
        assert!(help.contains(&header.title) && help.contains("Examples:"), "{help}");
    }
    assert!(number > 60);
    let help = sandbox.run(&["report", "tie-outs", "--help"]).done();
    assert!(help.contains("result *") && help.contains("--where result=fails"), "{help}");
    let options = sandbox.run(&["report", "--help"]).done();
    assert!(options.contains("--maybe") && options.contains("VALUE may be several"), "{options}");
}

/// A report of the user's may make dates that no record states: they are compared as they stand.
#[test]
fn a_made_date_is_found_as_it_stands() {
    let sandbox = archive();
    let select = "SELECT 'x-' || char(96 + n) AS claim, made AS happened FROM
        (SELECT 1 AS n, '1999' AS made UNION ALL SELECT 2, '1998-03-05' UNION ALL SELECT 3, '2021-06')";
    sandbox.write("made.sql", select);
    let _ = sandbox.run(&["report", "add", "made", "made.sql"]).done();
    for (condition, found) in [
        ("happened=1999", "a"),
        ("happened!=1999", "bc"),
        ("happened=2021", "c"),
        ("happened<1999", "b"),
        ("happened>1998-12", "ac"),
        ("happened<=1999", "ab"),
    ] {
        assert_eq!(answer(&sandbox, "made", &["--where", condition]).0, found, "{condition}");
    }
}

/// The places inside a place, itself included.
fn inside(sandbox: &Sandbox, place: &str) -> Vec<String> {
    let sql = format!(
        "WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = '{place}'
           UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id)
         SELECT group_concat(key) FROM locations WHERE id IN (SELECT id FROM inside)"
    );
    sandbox.ask(&sql).split(',').map(str::to_owned).collect()
}

/// A condition on a list of sources, speakers or places reads the claims that have the key, and gives the rows
/// whose cell says so.
#[test]
fn a_list_is_asked_through_its_claims_and_answers_by_its_cells() {
    let sandbox = Sandbox::with_both_seeds();
    let db = sandbox.other_tool();
    let (mut questions, mut rows_found) = (0, 0);
    for path in files("src/report", ".sql") {
        let name = path.file_stem().unwrap().to_string_lossy().replace('_', "-");
        let header = ReportHeader::parse(&name, &std::fs::read_to_string(&path).unwrap());
        for (list, claims) in &header.lists {
            assert!(!claims.is_empty(), "{name}: {list}");
            let sql =
                format!("SELECT {list} FROM report_{} ORDER BY {list}", name.replace('-', "_"));
            let mut statement = db.prepare(&sql).unwrap();
            let cells = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
            let cells: Vec<String> = cells.filter_map(Result::unwrap).collect();
            let last_word = |item: &str| item.rsplit(' ').next().unwrap_or_default().to_owned();
            let mut keys: Vec<String> =
                cells.iter().flat_map(|cell| cell.split(", ").map(last_word)).collect();
            keys.retain(|key| !key.starts_with('('));
            keys.sort_unstable();
            keys.dedup();
            // A few of each list, those of places with what is around them.
            if list == "places" {
                keys.push("afghanistan".to_owned());
            }
            for key in keys.iter().rev().take(4) {
                let within = if list == "places" { inside(&sandbox, key) } else { Vec::new() };
                let has = |item: &str| match list.as_str() {
                    "places" if last_word(item) == *key => true,
                    "places" => ["", "within ", "unnamed within "].iter().any(|relation| {
                        within.iter().any(|place| item == format!("{relation}{place}"))
                    }),
                    _ => item == key,
                };
                let wanted: Vec<&String> =
                    cells.iter().filter(|cell| cell.split(", ").any(has)).collect();
                let condition = format!("{list}={key}");
                let args =
                    ["report", &name, "--where", &condition, "--columns", list, "--order", list];
                let run = sandbox.run(&[&args[..], &["--format", "json"]].concat());
                let rows: Vec<serde_json::Value> = serde_json::from_str(&run.done()).unwrap();
                let found: Vec<&str> = rows.iter().filter_map(|row| row[list].as_str()).collect();
                assert_eq!(found, wanted, "{name} {condition}");
                questions += 1;
                rows_found += found.len();
            }
        }
    }
    assert!(questions > 40 && rows_found > 100, "{questions} questions, {rows_found} rows");
}
