//! The import of tables, workbooks, published reviews and event data.

use crate::common::{Run, Sandbox};

fn import(sandbox: &Sandbox, name: &str, text: impl AsRef<[u8]>, more: &[&str]) -> Run {
    sandbox.write(name, text);
    sandbox.run(&[&["import", name], more].concat())
}

const HEAD: &str = "claim,text,kind,source,source_kind,title\n";

#[test]
fn every_delimiter_and_encoding_gives_the_same_archive() {
    let table =
        "claim;text;kind;claim_note\nroad;\"Zurück; nach \"\"Café\"\"\";event;\"one\ntwo\"\n";
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let tabs = table
        .replace(";\"Zur", "\t\"Zur")
        .replace("\";event;", "\"\tevent\t")
        .replace("claim;text;kind;", "claim\ttext\tkind\t");
    let cases: [(&str, Vec<u8>, &[&str]); 6] = [
        ("a.csv", table.as_bytes().to_vec(), &[]),
        ("a.csv", [b"\xef\xbb\xbf", table.as_bytes()].concat(), &[]),
        ("a.csv", wide, &[]),
        ("a.csv", old.clone(), &[]),
        ("a.csv", old, &["--encoding", "windows-1252"]),
        ("a.tsv", tabs.into_bytes(), &[]),
    ];
    for (n, (name, bytes, more)) in cases.into_iter().enumerate() {
        let sandbox = Sandbox::empty();
        let run = import(&sandbox, name, bytes, more);
        assert_eq!(run.err.contains("read as windows-1252"), n == 3, "{n}: {}", run.err);
        let _ = run.done();
        let row = sandbox.run(&["sql", "select text, note from claims", "--format", "json"]).done();
        assert!(
            row.contains("Zurück; nach \\\"Café\\\"") && row.contains("one\\ntwo"),
            "{n}: {row}"
        );
    }
}

#[test]
fn problems_name_line_and_column_and_nothing_is_written() {
    let sandbox = Sandbox::empty();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let mut table = "claim,text,kind,measure,measure_title,dimension,growth,value\n".to_owned();
    for n in 0..2000 {
        table.push_str(&format!("c{n},C,event,m,M,people,level,5\n"));
    }
    table.push_str("c2000,\"two\nlines\",evnt,m,M,people,level,\"12 tanks\"\n");
    let error = import(&sandbox, "table.csv", &table, &[]).failed();
    assert!(error.contains("table.csv:2002: column kind: \"evnt\" is not one of the claim kinds; did you mean \"event\"?"), "{error}");
    assert!(
        error.contains("table.csv:2002: column value: \"tanks\" behind the number is too much"),
        "{error}"
    );
    assert!(error.contains("2 problems in the input; nothing was written"), "{error}");
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let table = table.replace("evnt", "event").replace("12 tanks", "1.234,5");
    let _ = import(&sandbox, "table.csv", table, &[]).done();
    assert_eq!(sandbox.ask("select value from figures where key = 'c2000-m'"), "1234.5");
}

#[test]
fn a_decimal_comma_never_moves_the_point() {
    let sandbox = Sandbox::empty();
    let table = "claim,text,kind,measure,measure_title,dimension,growth,value\nc,C,event,m,M,people,level,10.5\n";
    let error = import(&sandbox, "t.csv", table, &["--decimal", ","]).failed();
    assert!(error.contains("t.csv:2: column value: "), "{error}");
    let _ = import(&sandbox, "t.csv", table, &[]).done();
    let _ = sandbox.run(&["export", "xlsx", "t.xlsx"]).done();
    let _ = sandbox.run(&["import", "t.xlsx", "--decimal", ","]).done();
    assert_eq!(sandbox.ask("select value from figures"), "10.5");
    // A number that the worksheet holds as one has three decimals and still one reading.
    let table = table.replace("10.5", "12.125");
    let _ = import(&sandbox, "t.csv", &table, &["--decimal", "."]).done();
    let _ = sandbox.run(&["export", "xlsx", "t.xlsx", "--force"]).done();
    let _ = sandbox.run(&["import", "t.xlsx", "--decimal", ","]).done();
    assert_eq!(sandbox.ask("select value from figures"), "12.125");
}

#[test]
fn the_guards_hold_again_after_a_bulk_load() {
    let sandbox = Sandbox::empty();
    let mut table =
        "claim,text,kind,happened,source,source_kind,title,status,at,because\n".to_owned();
    for n in 0..1500 {
        table.push_str(&format!("c{n},The convoy number {n} stopped,event,2021-06-{:02},s{},article,S{},reported,2021-07-01T09:00:00Z,One source.\n", n % 30 + 1, n % 9, n % 9));
    }
    let _ = import(&sandbox, "many.csv", &table, &[]).done();
    assert_eq!(sandbox.ask("select count(*) from claims where status = 'reported'"), "1500");
    assert_eq!(sandbox.ask("select count(*) from dates where edtf like '2021-06-%'"), "30");
    assert!(sandbox.run(&["search", "convoy 1499"]).done().contains("c1499"));
    assert_eq!(sandbox.run(&["check"]).done(), "");
    let other = sandbox.other_tool();
    for bad in [
        "insert into claims (key, text, kind) values ('x', 'X', 'nosuch')",
        "insert into assessments (claim_id, status, assessor_id, at, because) values (1, 'unassessed', 1, '2021-07-01T09:00:00Z', 'x')",
        "insert into mentions (claim_id, source_id) values (99999, 1)",
        "update claims set status = 'confirmed'",
    ] {
        assert!(other.execute_batch(bad).is_err(), "{bad}");
    }
    other.execute_batch("update claims set text = 'changed' where id = 1").unwrap();
    assert_eq!(sandbox.ask("select count(*) from changes"), "1");
    let again = import(
        &sandbox,
        "many.csv",
        table.replace("c0,The convoy number 0 stopped", "c0,changed"),
        &[],
    );
    assert!(again.err.contains("claims: 1500 there already"), "{}", again.err);
}

#[test]
fn columns_are_known_by_other_names_mapped_and_set() {
    let sandbox = Sandbox::empty();
    let table = "Claim text,Date,Latitude,Colour\nThe bridge is closed,2021-06-28,1.5,red\n";
    let error = import(&sandbox, "t.csv", table, &[]).failed();
    assert!(error.contains("t.csv:1: column Colour: no field has this name"), "{error}");
    let error = import(&sandbox, "t.csv", table, &["--map", "Color=", "--set", "txt=x"]).failed();
    assert!(
        error.contains("--map: the table has no column \"Color\"; did you mean \"Colour\"?"),
        "{error}"
    );
    assert!(
        error.contains("--set: no field has the name \"txt\"; did you mean \"text\"?"),
        "{error}"
    );
    // A target that is no field is the option's fault, not the column's.
    let error = import(&sandbox, "t.csv", table, &["--map", "Colour=sorce"]).failed();
    assert!(
        error.contains("--map: no field has the name \"sorce\"; did you mean \"source\"?"),
        "{error}"
    );
    assert!(!error.contains("column Colour"), "{error}");
    let error = import(&sandbox, "t.csv", table, &["--map", "Colour="]).failed();
    assert!(error.contains("t.csv:2: column Latitude: this cell belongs to no record"), "{error}");
    let _ = import(
        &sandbox,
        "t.csv",
        table,
        &["--map", "Colour=", "--map", "Latitude=", "--set", "kind=event"],
    )
    .done();
    assert_eq!(
        sandbox.ask("select key || ' ' || kind || ' ' || happened from claims"),
        "the-bridge-is-closed event 2021-06-28"
    );
}

#[test]
fn two_different_records_never_share_a_generated_key() {
    let sandbox = Sandbox::empty();
    let table = "text,title,source_kind\nRoad closed!,Post,article\nRoad closed?,Post,page\n";
    let _ = import(&sandbox, "a.csv", table, &[]).done();
    assert_eq!(
        sandbox.ask("select group_concat(key) from (select key from claims order by id)"),
        "\"road-closed,road-closed-2\""
    );
    assert_eq!(sandbox.ask("select group_concat(key) from (select key from sources where key <> 'desk' order by id)"), "\"post,post-2\"");
    assert_eq!(sandbox.ask("select count(*) from claims where kind = 'unsorted'"), "2");
    let again = import(&sandbox, "a.csv", table, &[]);
    assert!(
        again.err.contains("claims: 2 there already") && !again.err.contains("new"),
        "{}",
        again.err
    );
}

#[test]
fn a_place_is_found_by_any_name_and_an_ambiguous_name_is_refused() {
    let sandbox = Sandbox::seeded();
    let table = "claim,text,kind,place\nx,Something happened,event,Moqor\n";
    let _ = import(&sandbox, "p.csv", table, &[]).done();
    assert_eq!(sandbox.ask("select l.key from claim_locations cl join claims c on c.id = cl.claim_id join locations l on l.id = cl.location_id where c.key = 'x'"), "muqur-ghazni");
    let _ = sandbox
        .run(&[
            "add",
            "location",
            "--key",
            "muqur-badghis",
            "--name",
            "Muqur",
            "--kind",
            "district",
        ])
        .done();
    let error = import(&sandbox, "q.csv", table.replace("Moqor", "Muqur").replace("x,", "y,"), &[])
        .failed();
    assert!(
        error.contains("2 places are called \"Muqur\": muqur-badghis, muqur-ghazni; give the key"),
        "{error}"
    );
}

#[test]
fn formulas_are_neutralised_in_an_export_and_restored_by_import() {
    let sandbox = Sandbox::empty();
    let _ = import(
        &sandbox,
        "f.csv",
        format!("{HEAD}f,'=cmd()|x,event,s,article,'@sum\ng,\"\ttab '=\",event,s,article,'@sum\n"),
        &[],
    )
    .done();
    assert_eq!(sandbox.ask("select text from claims where key = 'f'"), "=cmd()|x");
    let out = sandbox.run(&["export", "csv"]).done();
    assert!(out.contains(",'=cmd()|x,") && out.contains(",'@sum"), "{out}");
    let _ = sandbox.run(&["export", "xlsx", "f.xlsx"]).done();
    for (name, archive) in [("f.xlsx", "x.db"), ("g.csv", "c.db")] {
        if name == "g.csv" {
            sandbox.write(name, &out);
        }
        let _ = sandbox.run(&["--file", archive, "init"]).done();
        let _ = sandbox.run(&["--file", archive, "import", name]).done();
        assert_eq!(sandbox.run(&["--file", archive, "export", "csv"]).done(), out, "{name}");
    }
}

#[test]
fn rejects_contain_the_reasons_and_can_be_imported_once_fixed() {
    let sandbox = Sandbox::empty();
    let table = format!(
        "{HEAD}good,Good,event,s,article,S\nbad key,Bad,event,s,article,S\nlost,Lost,event,,,,extra\n"
    );
    let args = ["--keep-going", "--rejects", "left.csv"];
    let run = import(&sandbox, "t.csv", &table, &args);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("left out: 2; written to left.csv"), "{}", run.err);
    let left = std::fs::read_to_string(sandbox.path("left.csv")).unwrap();
    assert!(
        left.starts_with("rejected_because,claim,text,kind,source,source_kind,title\n")
            && left.contains("\",bad key,Bad,event,s,article,S\n"),
        "{left}"
    );
    assert!(left.contains("column claim: \"\"bad key\"\" is not a key"), "{left}");
    assert!(import(&sandbox, "t.csv", &table, &args).failed().contains("a file is there already"));
    let _ = import(
        &sandbox,
        "left2.csv",
        left.replace("bad key", "bad-key").replace(",extra", ""),
        &["--keep-going"],
    );
    assert_eq!(sandbox.ask("select count(*) from claims"), "3");
    let lines = "{\"table\":\"claims\",\"key\":\"n\",\"text\":\"N\",\"kind\":\"event\"}\n{\"table\":\"claims\",\"key\":\"m\"}\n";
    let run = import(&sandbox, "t.ndjson", lines, &["--keep-going", "--rejects", "left.ndjson"]);
    assert_eq!(run.code, 1);
    let left = std::fs::read_to_string(sandbox.path("left.ndjson")).unwrap();
    assert_eq!(
        left,
        "{\"table\":\"claims\",\"key\":\"m\",\"rejected_because\":\"claim m has no text; claim m has no kind\"}\n"
    );
    let _ = import(
        &sandbox,
        "fine.csv",
        format!("{HEAD}z,Z,event,s,article,S\n"),
        &["--keep-going", "--rejects", "none.csv"],
    )
    .done();
    assert!(!sandbox.path("none.csv").exists());
    let error = import(&sandbox, "d.toml", "onrecord = 1\n", &["--keep-going"]).failed();
    assert!(error.contains("a document is taken whole"), "{error}");
}

#[test]
fn lines_may_refer_forward_and_a_second_key_is_named() {
    let sandbox = Sandbox::empty();
    let lines = "{\"table\":\"mentions\",\"claim\":\"c\",\"source\":\"s\"}\n{\"table\":\"claims\",\"key\":\"c\",\"text\":\"C\",\"kind\":\"event\"}\n{\"table\":\"sources\",\"key\":\"s\",\"kind\":\"page\",\"title\":\"S\"}\n";
    let _ = import(&sandbox, "a.ndjson", lines, &[]).done();
    assert_eq!(sandbox.ask("select count(*) from mentions"), "1");
    let twice = "{\"table\":\"claims\",\"key\":\"d\",\"text\":\"D\",\"kind\":\"event\"}\n{\"table\":\"claims\",\"key\":\"d\",\"text\":\"E\",\"kind\":\"event\"}\n{\"table\":\"mentions\",\"claim\":\"nosuch\",\"source\":\"s\"}\n";
    let error = import(&sandbox, "b.ndjson", twice, &[]).failed();
    assert!(
        error.contains(
            "b.ndjson:2:25: a second claim with the key \"d\"; it stands in line 1 already"
        ),
        "{error}"
    );
    assert!(
        error.contains("b.ndjson:3:29: claim of mention: no claim has the key \"nosuch\""),
        "{error}"
    );
}

fn review(more: &str) -> String {
    format!(
        "{{\"@context\":\"https://schema.org\",\"@type\":\"ClaimReview\",\"claimReviewed\":\"The dam broke\",\"url\":\"https://f.example/dam\",\"author\":{{\"@type\":\"Organization\",\"name\":[\"Fact\",\"Desk\"]}},\"itemReviewed\":{{\"@type\":\"Claim\",\"author\":{{\"@type\":\"Person\",\"name\":\"A. Roe\"}},\"datePublished\":\"2021-06-01\"}},{more}}}"
    )
}

#[test]
fn a_review_keeps_its_words_author_date_and_address() {
    for (date, at) in [
        ("2021-06-28T10:00:00+02:00", "2021-06-28T08:00:00Z"),
        ("2021-06-28", "2021-06-28T23:59:59Z"),
        ("2021-06-28 18:35", "2021-06-28T23:59:59Z"),
        ("28 June 2021", "2021-06-28T23:59:59Z"),
    ] {
        let sandbox = Sandbox::empty();
        let text = review(&format!(
            "\"datePublished\":\"{date}\",\"reviewRating\":{{\"@type\":\"Rating\",\"ratingValue\":-1,\"alternateName\":\"Mostly harmless\"}}"
        ));
        for (name, text) in [
            ("a.jsonld", format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{text}]}}")),
            ("a.html", format!("<html><script type=\"application/ld+json\">{text}</script>")),
            (
                "feed.json",
                format!(
                    "{{\"@context\":\"https://schema.org\",\"@type\":\"DataFeed\",\"dataFeedElement\":[{{\"@type\":\"DataFeedItem\",\"item\":[{text}]}}]}}"
                ),
            ),
        ] {
            let run = import(&sandbox, name, text, &[]);
            assert!(
                run.err.contains("verdict \"Mostly harmless\" is not one this program knows"),
                "{}",
                run.err
            );
            let _ = run.done();
        }
        let row = sandbox.run(&["sql", "select a.status, a.verdict, a.at, s.title, (select published from sources where url = 'https://f.example/dam') as published from assessments a join sources s on s.id = a.assessor_id", "--format", "csv"]).done();
        assert_eq!(
            row.lines().nth(1).unwrap(),
            format!("inconclusive,Mostly harmless,{at},\"Fact, Desk\",2021-06-28"),
            "{date}"
        );
        assert_eq!(row.lines().count(), 2, "the same review three times is one: {row}");
    }
}

const GED: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_name,dyad_name,side_a,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,country,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n";

#[test]
fn a_ucdp_event_becomes_a_claim_with_places_documents_and_bounds() {
    let sandbox = Sandbox::empty();
    let event = |id: u32, prec: u32, best: u32| {
        format!(
            "{id},X-{id},2021,1,Clear,1,C,D,Army,Rebels,1,\"\"\"Post,2021-06-29,Two\nlines; and a semicolon\"\"\",Post,2021-06-29,x,police,{prec},Ra village,near the road,North province,East district,10.5,20.5,Landia,Africa,1,1,2021-06-28,2021-06-28,1,1,0,0,{best},4,2\n"
        )
    };
    let table =
        format!("{GED}{}{}{}{}", event(1, 1, 2), event(2, 2, 3), event(3, 4, 2), event(4, 1, 9));
    let run = import(&sandbox, "ged.csv", table, &["--keep-going"]);
    assert_eq!(run.code, 1, "{}", run.err);
    // Three rows of two lines each come before the fourth.
    assert!(run.err.contains("ged.csv:8: column best: 9 is above high 4"), "{}", run.err);
    assert_eq!(sandbox.ask("select count(*) from claims"), "3");
    assert_eq!(sandbox.ask("select value || ' ' || low || ' ' || high || ' ' || qualifier from figures where key = 'ucdp-2-deaths'"), "3 2 4 between");
    let places = sandbox
        .run(&[
            "report",
            "places",
            "--columns",
            "kind,claims,here,nearby,precision",
            "--format",
            "csv",
        ])
        .done();
    for row in ["country,3,0,0,", "province,3,1,0,4", "district,2,1,0,"] {
        assert!(places.contains(row), "{row}\n{places}");
    }
    assert_eq!(
        sandbox.ask("select count(*) from sources where outlet = 'Post' and title like 'Two%'"),
        "1"
    );
    assert_eq!(sandbox.run(&["check"]).done(), "");
}

#[test]
#[should_panic(expected = "it ended uninterrupted")]
fn an_interrupt_after_the_end_is_none() {
    Sandbox::empty().interrupt(&["info"], || false);
}

#[test]
fn ctrl_c_in_a_long_table_leaves_the_archive_as_it_was() {
    let sandbox = Sandbox::empty();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let rows: String = (0..60_000).map(|n| format!("c{n},C {n},event,s,article,S\n")).collect();
    sandbox.write("long.csv", format!("{HEAD}{rows}"));
    // The journal is there as soon as something is written.
    let journal = sandbox.path("onrecord.db-journal");
    assert_eq!(sandbox.interrupt(&["import", "long.csv"], || journal.exists()), Some(3));
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    assert!(!journal.exists());
}

/// A claim in several rows: what one leaves unsaid another may say, in either order.
#[test]
fn a_later_row_may_say_what_kind_of_claim_it_is() {
    let head = "claim,text,kind,source,source_kind,title\n";
    for (rows, kind) in [
        ("a,A fell,,w,article,W\na,A fell,event,x,article,X\na,A fell,,y,article,Y\n", "event"),
        (",A fell,,w,article,W\n,A fell,event,x,article,X\n,A fell,,y,article,Y\n", "event"),
        ("a,A fell,,w,article,W\na,A fell,,x,article,X\n", "unsorted"),
    ] {
        let sandbox = Sandbox::empty();
        sandbox.write("t.csv", format!("{head}{rows}"));
        let _ = sandbox.run(&["import", "t.csv"]).done();
        assert_eq!(sandbox.ask("select kind from claims").trim_matches('"'), kind, "{rows}");
    }
    let sandbox = Sandbox::empty();
    let rows = "a,A fell,state,w,article,W\na,A fell,event,x,article,X\n";
    sandbox.write("t.csv", format!("{head}{rows}"));
    let said = sandbox.run(&["import", "t.csv"]).failed();
    assert!(said.contains("has \"state\" as kind of claim a; this one says \"event\""), "{said}");
}

/// The evidence of a verdict is named as the source of the row is, whose key has its year.
#[test]
fn the_source_of_a_row_is_evidence_by_its_title() {
    let sandbox = Sandbox::empty();
    let rows = "claim,text,source,source_kind,published,status,because,evidence_source\n\
                a,A fell,Report 3,report,2025-02-12,confirmed,Seen,Report 3\n\
                b,B fell,Report 3,,,confirmed,Seen,Report 3\n";
    sandbox.write("t.csv", rows);
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let evidence = "select group_concat(s.title || ' ' || s.published, ', ') from assessment_evidence e join sources s on s.id = e.source_id";
    assert_eq!(sandbox.ask(evidence).trim_matches('"'), "Report 3 2025-02-12, Report 3 2025-02-12");
    let again = sandbox.run(&["import", "t.csv"]);
    assert!(again.code == 0 && !again.err.contains("new"), "{}", again.err);
}

/// A figure is of a claim: beside one of several sources it would seem to be the number of that one.
#[test]
fn an_exported_figure_stands_beside_no_source_of_several() {
    let sandbox = Sandbox::empty();
    let rows = "claim,text,source,source_kind,title,figure,measure,measure_title,dimension,growth,value\n\
                a,A fell,w,article,W,six,m,Injured,people,per_event,6\n\
                a,A fell,c,article,C,five,m,,,,5\n\
                b,B fell,w,,,,m,,,,7\n";
    sandbox.write("t.csv", rows);
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let out = sandbox.run(&["export", "csv"]).done();
    let column =
        |name: &str| out.lines().next().unwrap().split(',').position(|n| n == name).unwrap();
    let (source, value) = (column("source"), column("value"));
    let pairs: Vec<(String, String)> = out
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[source].to_owned(), cells[value].to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let expected = [("", "5"), ("", "6"), ("w", "7")];
    assert_eq!(pairs, expected.map(|(source, value)| (source.to_owned(), value.to_owned())));
}
