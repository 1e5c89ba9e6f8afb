//! Assessments of claims: verdicts, withdrawals, undoing both, finding repeats, merging claims;
//! each leaves a row or a revision.

use crate::common::Sandbox;

#[test]
fn a_withdrawn_claim_is_out_of_the_reports_and_comes_back() {
    let sandbox = Sandbox::with_both_seeds();
    let count = |report: &str| {
        let rows = sandbox.run(&["report", report, "--format", "csv"]).done();
        rows.matches("health-centre-shelled").count()
    };
    assert!(["claims", "corroboration", "history", "figures"].iter().all(|name| count(name) > 0));
    let _ =
        sandbox.run(&["withdraw", "health-centre-shelled", "--because", "Entered twice."]).done();
    for name in [
        "claims",
        "corroboration",
        "echoes",
        "history",
        "figures",
        "figure-timeline",
        "place-claims",
        "suggestions",
    ] {
        assert_eq!(count(name), 0, "{name}");
    }
    assert!(
        sandbox
            .run(&["show", "health-centre-shelled"])
            .done()
            .contains("withdrawn  Entered twice.")
    );
    let again = sandbox.run(&["withdraw", "health-centre-shelled", "--because", "x"]).failed();
    assert!(again.contains("is withdrawn already: Entered twice."), "{again}");
    let _ = sandbox.run(&["withdraw", "health-centre-shelled", "--undo"]).done();
    assert_eq!(count("claims"), 1);
    let none = sandbox.run(&["withdraw", "health-centre-shelled", "--undo"]).failed();
    assert!(none.contains("is not withdrawn"), "{none}");
    assert_eq!(sandbox.ask("select count(*) from revisions where row_key = 'health-centre-shelled' and column_name = 'withdrawn'"), "2");
    assert_eq!(sandbox.run(&["withdraw", "health-centre-shelled"]).code, 2);
    let wrong = sandbox.run(&["withdraw", "health-center-shelled", "--because", "x"]).failed();
    assert!(wrong.contains("no claim \"health-center-shelled\"; did you mean"), "{wrong}");
}

#[test]
fn a_verdict_that_is_undone_is_retracted_and_stays_on_record() {
    let sandbox = Sandbox::with_both_seeds();
    let at = |second: u32| format!("2022-01-01T00:00:{second:02}Z");
    let _ = sandbox
        .run(&[
            "assess",
            "muqur-fell",
            "refuted",
            "--because",
            "A slip.",
            "--credibility",
            "5",
            "--at",
            &at(1),
        ])
        .done();
    assert_eq!(sandbox.ask("select status from claims where key = 'muqur-fell'"), "refuted");
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    command.args(["assess", "muqur-fell", "--undo", "--because", "The wrong key."]);
    // 2022-01-02
    let run = crate::common::run(command.env("SOURCE_DATE_EPOCH", "1641081600"));
    assert_eq!(
        run.err,
        "muqur-fell: refuted is retracted; the status is reported, by desk at 2021-07-12T09:00:00Z\n"
    );
    let retraction = "select at || ' ' || by || ' ' || because from assessment_retractions";
    assert_eq!(sandbox.ask(retraction), "2022-01-02T00:00:00Z reporter The wrong key.");
    assert_eq!(sandbox.ask("select count(*) from assessments a join claims c on c.id = a.claim_id where c.key = 'muqur-fell'"), "3");
    // The only verdict that is left goes too, without a reason.
    let _ = sandbox.run(&["assess", "muqur-siege", "--undo"]).done();
    assert_eq!(sandbox.ask("select status from claims where key = 'muqur-siege'"), "unassessed");
    let error = sandbox.run(&["assess", "muqur-siege", "--undo"]).failed();
    assert!(error.contains("desk has no verdict on muqur-siege"), "{error}");
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(sandbox.ask("select status from claims where key = 'muqur-siege'"), "reported");
    let error = sandbox
        .run(&["assess", "muqur-fell", "--undo", "--because", "x", "--by", "reuters"])
        .failed();
    assert!(error.contains("reuters has no verdict on muqur-fell"), "{error}");
    assert_eq!(
        sandbox.run(&["assess", "muqur-fell", "refuted", "--undo", "--because", "x"]).code,
        2
    );
}

#[test]
fn verdicts_of_several_assessors_are_listed_side_by_side() {
    let sandbox = Sandbox::with_both_seeds();
    let rows = |sandbox: &Sandbox| {
        sandbox
            .run(&[
                "report",
                "disagreements",
                "--columns",
                "claim,holds,assessor,status",
                "--format",
                "csv",
            ])
            .done()
    };
    let before = rows(&sandbox);
    let _ = sandbox
        .run(&[
            "add",
            "source",
            "--key",
            "checkers",
            "--kind",
            "organisation",
            "--title",
            "Checkers",
        ])
        .done();
    let _ = sandbox
        .run(&[
            "assess",
            "muqur-fell",
            "refuted",
            "--by",
            "checkers",
            "--because",
            "Seen otherwise.",
        ])
        .done();
    let found = rows(&sandbox);
    for line in ["muqur-fell,reported,checkers,refuted", "muqur-fell,reported,desk,reported"] {
        assert!(found.contains(line), "{found}");
    }
    assert_eq!(found.lines().count(), before.lines().count() + 2);
    let _ = sandbox
        .run(&[
            "assess",
            "muqur-fell",
            "reported",
            "--by",
            "checkers",
            "--because",
            "Seen again.",
            "--at",
            "2022-01-01T00:00:00Z",
        ])
        .done();
    assert_eq!(rows(&sandbox), before, "only the latest of each counts");
}

#[test]
fn a_sources_track_record_counts_verdicts_of_the_desk_alone() {
    let sandbox = Sandbox::with_both_seeds();
    let record = || {
        sandbox
            .run(&[
                "report",
                "sources",
                "--where",
                "source=reuters-wire-2021-06-28",
                "--columns",
                "claims,reported,refuted,unverified",
                "--format",
                "csv",
            ])
            .done()
    };
    let before = record();
    let _ = sandbox
        .run(&[
            "add",
            "source",
            "--key",
            "checkers",
            "--kind",
            "organisation",
            "--title",
            "Checkers",
        ])
        .done();
    let _ = sandbox
        .run(&[
            "assess",
            "muqur-fell",
            "refuted",
            "--by",
            "checkers",
            "--because",
            "x",
            "--at",
            "2030-01-01T00:00:00Z",
        ])
        .done();
    assert_eq!(record(), before);
    let _ = sandbox
        .run(&["assess", "muqur-fell", "refuted", "--because", "x", "--at", "2030-01-01T00:00:00Z"])
        .done();
    assert_ne!(record(), before);
    let _ = sandbox
        .run(&[
            "add",
            "grade",
            "--source",
            "reuters-wire-2021-06-28",
            "--reliability",
            "B",
            "--because",
            "Corrects itself.",
        ])
        .done();
    assert_eq!(sandbox.ask("select reliability || ' ' || graded_because from report_sources where source = 'reuters-wire-2021-06-28'"), "B Corrects itself.");
}

#[test]
fn repeats_are_found_in_any_spelling() {
    let sandbox = Sandbox::with_both_seeds();
    let first = |text: &str| {
        let rows = sandbox.run(&["similar", text, "--format", "csv"]).done();
        rows.lines().nth(1).unwrap_or_default().split(',').next().unwrap().to_owned()
    };
    for text in [
        "Five health workers hurt when a clinic in Moqor was shelled",
        "In Muqêr five workers at a health centre were injured by bombs",
        "health-centre-shelled, injuring five health workers, مقر",
    ] {
        assert_eq!(first(text), "health-centre-shelled", "{text}");
    }
    assert_eq!(
        first("About 111000 civilians killed or injured"),
        "civilian-casualties-india-today"
    );
    assert_eq!(first("zzz qqq"), "");
    assert_eq!(sandbox.run(&["similar", "zzz qqq"]).err, "nothing like it\n");
    assert!(
        !sandbox
            .run(&["similar", "muqur-fell", "--format", "csv"])
            .done()
            .contains("\nmuqur-fell,"),
        "not itself"
    );
    // A claim that another tool added is found too.
    sandbox.other_tool().execute_batch("INSERT INTO claims (key, text, kind) VALUES ('by-hand', 'A quincunx of walnut trees was felled', 'event')").unwrap();
    assert_eq!(first("walnut trees felled in a quincunx"), "by-hand");
}

/// Operators of SQL and of the search index are ordinary text in a query.
#[test]
fn odd_input_to_similar_is_plain_text() {
    let sandbox = Sandbox::with_both_seeds();
    sandbox
        .other_tool()
        .execute_batch(
            "INSERT INTO claims (key, text, kind) VALUES
               ('sql', 'They said: drop table claims', 'event'),
               ('near', 'NEAR the mill AND not far from a:b', 'event')",
        )
        .unwrap();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for text in ["\"", "*", "-", "(((", "'';--", "\u{202e}", "^", "%_"] {
        let run = sandbox.run(&["similar", "--", text]);
        assert_eq!(
            (run.code, run.out.as_str(), run.err.as_str()),
            (0, "", "nothing like it\n"),
            "{text}"
        );
        let rows = sandbox.run(&["similar", "--format", "csv", "--", text]).done();
        assert_eq!(rows.lines().count(), 1, "{text}: {rows}");
    }
    for (text, key) in [
        ("'; drop table claims", "sql"),
        ("said:drop table*", "sql"),
        ("NEAR(mill, 2) AND a:b", "near"),
        ("\"mill\" NOT far OR", "near"),
    ] {
        let rows = sandbox.run(&["similar", "--format", "csv", "--", text]).done();
        assert!(
            rows.lines().nth(1).unwrap_or_default().starts_with(&format!("{key},")),
            "{text}: {rows}"
        );
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn claims_that_a_link_tells_apart_are_not_merged() {
    let sandbox = Sandbox::empty();
    let claim = |key: &str| {
        format!("[[claim]]\nkey = \"{key}\"\ntext = \"{key} text\"\nkind = \"event\"\n")
    };
    let apart = ["contradicts", "in_tension_with", "updates", "corrects", "part_of"];
    for relation in apart.into_iter().chain(["duplicates", "same_event", "supports"]) {
        let named = relation.replace('_', "-");
        let (from, into) = (format!("{named}-a"), format!("{named}-b"));
        let link =
            format!("[[link]]\nfrom = \"{from}\"\nrelation = \"{relation}\"\nto = \"{into}\"\n");
        let document = format!("onrecord = 1\n{}{}{link}", claim(&from), claim(&into));
        let _ = sandbox.import(&document).done();
        let merge = || sandbox.run(&["merge-claims", &from, &into, "--because", "x"]);
        if apart.contains(&relation) {
            let error = merge().failed();
            assert!(error.contains("says that the two are not one; delete it first"), "{error}");
            let delete = ["delete", "link", &from, relation, &into, "--because", "It was wrong."];
            let _ = sandbox.run(&delete).done();
        }
        let _ = merge().done();
    }
}

#[test]
fn import_lists_likely_repeats_and_merge_claims_loses_nothing() {
    let sandbox = Sandbox::with_both_seeds();
    let table = "claim,text,kind,place,source,source_kind,title,measure,value\n\
        clinic-hit,Five health workers were injured as a health centre in Muqur was bombarded,event,muqur-ghazni,relief,report,Relief note,health-workers-injured,6\n";
    sandbox.write("t.csv", table);
    let run = sandbox.run(&["import", "t.csv"]);
    assert!(run.err.contains("clinic-hit is like health-centre-shelled"), "{}", run.err);
    let _ = run.done();
    let conflict = "select count(*) from figure_conflicts";
    let before: u32 = sandbox.ask(conflict).parse().unwrap();
    let _ = sandbox.run(&["assess", "clinic-hit", "disputed", "--because", "Six or five."]).done();
    let _ = sandbox
        .run(&[
            "add",
            "link",
            "--from",
            "clinic-hit",
            "--relation",
            "supports",
            "--to",
            "muqur-fell",
        ])
        .done();
    let merged = sandbox.run(&[
        "merge-claims",
        "clinic-hit",
        "health-centre-shelled",
        "--because",
        "One event.",
    ]);
    assert!(merged.err.starts_with("clinic-hit is now health-centre-shelled: 5 rows moved\n"));
    assert!(merged.err.contains("keeps its text; that of clinic-hit was \"Five health workers"));
    assert!(
        merged.err.ends_with("health-centre-shelled: reported, by desk at 2021-07-12T09:00:00Z\n")
    );
    let shown = sandbox.run(&["show", "health-centre-shelled"]).done();
    // With the verdicts of both.
    for part in ["relief", "clinic-hit-health-workers-injured", "muqur-fell", "Six or five."] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert_eq!(sandbox.run(&["show", "clinic-hit"]).done(), shown, "its key reaches the other");
    assert_eq!(sandbox.ask(conflict).parse::<u32>().unwrap(), before);
    sandbox.check_all_but_stale();
    let again = sandbox
        .run(&["merge-claims", "clinic-hit", "health-centre-shelled", "--because", "x"])
        .failed();
    assert!(again.contains("health-centre-shelled cannot be merged into itself"), "{again}");
    let own = sandbox.run(&["merge-claims", "muqur-fell", "muqur-fell", "--because", "x"]).failed();
    assert!(own.contains("cannot be merged into itself"), "{own}");
    let none = sandbox.run(&["merge-claims", "muqur-fel", "muqur-fell", "--because", "x"]).failed();
    assert!(none.contains("no claim \"muqur-fel\"; did you mean \"muqur-fell\"?"), "{none}");
}

#[test]
fn a_place_counts_the_claims_inside_it() {
    let sandbox = Sandbox::with_both_seeds();
    let rows = sandbox
        .run(&[
            "report",
            "place-claims",
            "--where",
            "place=ghazni-province",
            "--columns",
            "claim,said_of,relation",
            "--format",
            "csv",
        ])
        .done();
    for line in ["health-centre-shelled,muqur-ghazni,within", "muqur-fell,muqur-ghazni,at"] {
        assert!(rows.contains(line), "{rows}");
    }
    let near = sandbox
        .run(&[
            "report",
            "place-claims",
            "--where",
            "relation=near",
            "--columns",
            "place,said_of",
            "--format",
            "csv",
        ])
        .done();
    for line in near.lines().skip(1) {
        let (place, said_of) = line.split_once(',').unwrap();
        assert_eq!(place, said_of, "near a place counts for no other");
    }
}

/// The index holds words as they are written, in any script.
#[test]
fn repeats_are_found_in_any_script() {
    let sandbox = Sandbox::empty();
    for (key, text) in [
        ("ru", "Талибы захватили военную базу в Газни"),
        ("fa", "طالبان پایگاه نظامی غزنی را گرفتند"),
        ("el", "Οι Ταλιμπάν κατέλαβαν βάση στη Γάζνι"),
    ] {
        let add = ["add", "claim", "--key", key, "--kind", "event", "--text", text];
        let _ = sandbox.run(&add).done();
        let rows = sandbox.run(&["similar", text, "--format", "csv"]).done();
        assert!(rows.lines().nth(1).is_some_and(|row| row.starts_with(key)), "{rows}");
        let again = format!("{key}-2");
        let said =
            sandbox.run(&["add", "claim", "--key", &again, "--kind", "event", "--text", text]);
        assert!(said.err.contains(&format!("{again} may repeat {key}")), "{}", said.err);
    }
}

#[test]
fn undo_restores_the_evidence_and_reaches_past_a_future_date() {
    let sandbox = Sandbox::with_both_seeds();
    let assess = |more: &[&str]| sandbox.run(&[&["assess", "muqur-siege"], more].concat());
    let _ = assess(&["confirmed", "--because", "Seen.", "--evidence", "reuters-wire-2021-06-28"])
        .done();
    let _ = assess(&["refuted", "--because", "A slip.", "--at", "2021-07-02T12:00:01Z"]);
    let _ = assess(&["--undo", "--because", "No slip."]).done();
    let holds = "select status || ' ' || (select count(*) from assessment_evidence e where e.assessment_id = k.assessment_id) from current_assessments k join claims c on c.id = k.claim_id where c.key = 'muqur-siege'";
    assert_eq!(sandbox.ask(holds), "confirmed 1");
    let said = assess(&["disputed", "--because", "A wrong year.", "--at", "2042-01-01T00:00:00Z"]);
    assert!(said.err.contains("2042-01-01T00:00:00Z is in the future"), "{}", said.err);
    let said = assess(&["--undo", "--because", "It was 2021."]);
    assert!(
        said.err
            .starts_with("muqur-siege: disputed is retracted; the status is confirmed, by desk")
    );
}

#[test]
fn a_due_forecast_hides_no_other_suggestion() {
    let sandbox = Sandbox::empty();
    let lines = r#"{"table":"sources","key":"a","kind":"article","title":"A"}
{"table":"sources","key":"b","kind":"article","title":"B"}
{"table":"sources","key":"u","kind":"unnamed","title":"Someone"}
{"table":"sources","key":"v","kind":"unnamed","title":"Another"}
{"table":"claims","key":"later","text":"It will fall","kind":"forecast","due":"2030"}
{"table":"mentions","claim":"later","source":"a","stance":"asserts"}
{"table":"mentions","claim":"later","source":"b","stance":"asserts"}
{"table":"claims","key":"nameless","text":"It fell","kind":"event"}
{"table":"mentions","claim":"nameless","source":"a","speaker":"u","stance":"asserts"}
{"table":"mentions","claim":"nameless","source":"b","speaker":"v","stance":"asserts"}
"#;
    sandbox.write("l.ndjson", lines);
    let _ = sandbox.run(&["import", "l.ndjson"]).done();
    let _ = sandbox.run(&["assess", "nameless", "corroborated", "--because", "Two."]).done();
    let told = |today: &str| {
        let rows = sandbox.run(&["suggest", "--today", today, "--format", "csv"]).done();
        rows.lines()
            .skip(1)
            .map(|row| row.split(',').take(3).collect::<Vec<_>>().join(","))
            .collect::<Vec<_>>()
    };
    let always = ["nameless,corroborated,reported", "later,unassessed,corroborated"];
    assert_eq!(told("2021-07-02"), always);
    let due = "later,unassessed,confirmed or refuted";
    assert_eq!(told("2031-01-01"), [due, always[0], always[1]]);
}

#[test]
fn merge_claims_fills_in_what_the_other_claim_lacks() {
    let sandbox = Sandbox::with_both_seeds();
    for (key, more) in [("one", ["--happened", "2024-03-05"]), ("two", ["--note", "Kept."])] {
        let add = ["add", "claim", "--key", key, "--kind", "event", "--text", key];
        let _ = sandbox.run(&[&add[..], &more[..]].concat()).done();
    }
    let said = sandbox.run(&["merge-claims", "one", "two", "--because", "The same."]);
    assert!(said.err.contains("two took over happened"), "{}", said.err);
    assert_eq!(
        sandbox.ask("select happened || ' ' || note from claims where key = 'two'"),
        "2024-03-05 Kept."
    );
    assert_eq!(sandbox.run(&["check"]).done(), "");
}

/// A spreadsheet has no retractions: it leaves out what was retracted, with the evidence.
#[test]
fn a_spreadsheet_revives_no_retracted_verdict() {
    for before in [None, Some("reported")] {
        let sandbox = Sandbox::empty();
        sandbox.write(
            "t.csv",
            "claim,text,kind,source,source_kind,title\nc,It fell,event,s,report,S\n",
        );
        let _ = sandbox.run(&["import", "t.csv"]).done();
        if let Some(status) = before {
            let _ = sandbox.run(&["assess", "c", status, "--because", "one"]).done();
        }
        let _ = sandbox
            .run(&["assess", "c", "confirmed", "--because", "slip", "--evidence", "source:s"])
            .done();
        let _ = sandbox.run(&["assess", "c", "--undo", "--because", "Wrong claim."]).done();
        for format in ["csv", "xlsx"] {
            let file = format!("e.{format}");
            let _ = sandbox.run(&["export", format, &file]).done();
            let other = Sandbox::empty();
            std::fs::copy(sandbox.path(&file), other.path(&file)).unwrap();
            let _ = other.run(&["import", &file]).done();
            assert_eq!(
                other.ask("SELECT status FROM claims"),
                before.unwrap_or("unassessed"),
                "{format}"
            );
            assert_eq!(other.ask("SELECT count(*) FROM assessment_evidence"), "0", "{format}");
        }
    }
}
