//! Faulty tables and lines: each fault is named with its position, and no other row is affected.

use crate::common::{Run, Sandbox};
use onrecord::model::KINDS;
use std::io::{Read, Write};

fn import(sandbox: &Sandbox, name: &str, text: impl AsRef<[u8]>, more: &[&str]) -> Run {
    sandbox.write(name, text);
    sandbox.run(&[&["import", name], more].concat())
}

const HEAD: &str = "claim,text,kind,source,source_kind,title\n";

#[test]
fn an_unclosed_quotation_mark_is_found_where_it_opens() {
    let sandbox = Sandbox::empty();
    let table = "claim,text,kind\na,One,event\nb,\"Two,event\nc,Three,event\n";
    for text in [table, table.trim_end()] {
        let error = import(&sandbox, "t.csv", text, &[]).failed();
        assert!(
            error.contains("t.csv:3: column text: its quotation mark is never closed, and"),
            "{error}"
        );
    }
    let one = import(&sandbox, "t.csv", "claim,text,kind\na,O,event\nb,T,\"event", &[]).failed();
    assert!(one.contains("t.csv:3: column kind: its quotation mark is never closed"), "{one}");
    let table = "claim,text,kind\na,\"The \"old\" mill\",event\nb,\"Say \"\"no\"\"\",event\n";
    let error = import(&sandbox, "t.csv", table, &[]).failed();
    assert!(error.contains("t.csv:2: column text: there is text after the closing"), "{error}");
    assert!(error.contains("1 problem in"), "{error}");
    let run = import(&sandbox, "t.csv", table, &["--keep-going"]);
    assert_eq!(
        (run.code, sandbox.ask("select text from claims").as_str()),
        (1, "\"Say \"\"no\"\"\"")
    );
}

/// Lines are counted as editors do it, however they end.
#[test]
fn lines_that_end_in_any_way_are_counted() {
    let sandbox = Sandbox::empty();
    for (table, lines) in [
        ("claim,text,happened\r\na,One,2021\r\nb,Two,bad\r\n", vec![3]),
        ("claim,text,happened\ra,One,2021\rb,Two,bad\r", vec![3]),
        ("claim,text,happened\n\na,One,bad\n\n\r\nb,Two,worse\n", vec![3, 6]),
        ("claim,text,happened\r\na,\"One\r\nmore\",2021\r\n\r\nb,Two,bad", vec![5]),
        ("\u{feff}claim,text,happened\r\n\"a\",One,bad\r\n,,\r\nc,Three,worse", vec![2, 4]),
    ] {
        let error = import(&sandbox, "t.csv", table, &[]).failed();
        let told: Vec<&str> = error.lines().filter(|l| l.starts_with("t.csv:")).collect();
        assert_eq!(told.len(), lines.len(), "{table:?} {error}");
        for (line, told) in lines.iter().zip(told) {
            assert!(told.starts_with(&format!("t.csv:{line}: ")), "{table:?} {told}");
        }
    }
    // A fault of quoting affects its own row only.
    let table = "claim,text,kind\r\na,\"Said \"\"no\"\" and \"left\",event\r\nb,Good,event\r\nc,Fine,event\r\n";
    let run = import(&sandbox, "t.csv", table, &["--keep-going"]);
    assert!(run.err.contains("t.csv:2: column text: there is text after"), "{}", run.err);
    assert_eq!(run.code, 1);
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "\"b,c\"");
    let table = "claim,text,kind\r\nd,Good,event\r\ne,\"The road \"was mined,event\r\n";
    let error = import(&sandbox, "t.csv", table, &[]).failed();
    assert!(error.contains("t.csv:3: column text: there is text after"), "{error}");
}

#[test]
fn rows_that_contradict_one_another_are_refused() {
    let sandbox = Sandbox::empty();
    let table = "claim,text,kind\na,One,event\na,Two,event\na,One,event\na,,\n";
    let error = import(&sandbox, "t.csv", table, &[]).failed();
    assert!(
        error.contains("t.csv:3: column text: another row of this input, or the archive, has \"One\" as text of claim a; this one says \"Two\""),
        "{error}"
    );
    assert!(error.contains("1 problem in"), "{error}");
    // A row from before the import may be changed, once.
    let _ = import(&sandbox, "t.csv", "claim,text,kind\na,One,event\n", &[]).done();
    let run = import(&sandbox, "t.csv", "claim,text,kind\na,Two,event\na,Two,event\n", &[]);
    assert!(run.err.contains("t.csv:3:1: it repeats what was read before"), "{}", run.err);
    assert!(run.err.ends_with("claims: 1 updated\n"), "{}", run.err);
    let run =
        import(&sandbox, "t.csv", "claim,text,kind\na,Two,event\na,One,event\n", &["--keep-going"]);
    assert!(run.err.contains("t.csv:3: column text"), "{}", run.err);
    assert_eq!(sandbox.ask("select text from claims"), "Two");
    let head = "claim,text,kind,figure,measure,measure_title,dimension,growth,value\n";
    let figures =
        format!("{head}a,Two,event,,m,M,people,level,5\na,Two,event,,m,M,people,level,6\n");
    let error = import(&sandbox, "f.csv", &figures, &[]).failed();
    assert!(error.contains("f.csv:3: column value: another row"), "{error}");
    let figures = format!("{head}a,Two,event,f,m,M,people,level,5\n");
    let _ = import(&sandbox, "f.csv", &figures, &[]).done();
    let figures = format!("{head}b,Three,event,f,m,M,people,level,5\n");
    let error = import(&sandbox, "f.csv", &figures, &[]).failed();
    assert!(
        error.contains("f.csv:2: column claim: claim of figure f is another already"),
        "{error}"
    );
}

#[test]
fn tables_with_different_columns_do_not_share_a_file_of_rejects() {
    let sandbox = Sandbox::empty();
    sandbox.write("a.csv", "claim,text,kind\nbad key,A,event\n");
    sandbox.write("b.csv", "kind,claim,text\nevent,bad key,B\n");
    let args = ["import", "a.csv", "b.csv", "--keep-going", "--rejects", "left.csv"];
    let error = sandbox.run(&args).failed();
    assert!(error.contains("cannot write the rejects of tables with different columns"), "{error}");
    assert!(!sandbox.path("left.csv").exists());
    let args = ["--keep-going", "--rejects", "left.csv"];
    let run = import(&sandbox, "c.csv", "claim,colour\na,red\n", &args);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.ends_with("left out: 1\n"), "{}", run.err);
    assert!(!sandbox.path("left.csv").exists(), "a header that is no header leaves no rows");
    let run = sandbox.run(&["import", "a.csv", "--dry-run", args[0], args[1], args[2]]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(!sandbox.path("left.csv").exists(), "a dry run writes nothing");
    assert!(!run.err.contains("nothing to do"), "{}", run.err);
}

/// A workbook that the program wrote, with its worksheet changed.
fn patched(sandbox: &Sandbox, from: &str, to: &str) -> Vec<u8> {
    let file = std::fs::File::open(sandbox.path("book.xlsx")).unwrap();
    let mut old = zip::ZipArchive::new(file).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..old.len() {
        let mut part = old.by_index(n).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            assert!(text.contains(from), "{text}");
            text = text.replace(from, to);
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_with_impossible_cells_is_refused() {
    let sandbox = Sandbox::empty();
    let rows = "claim,text,kind\na,A,event\nb,B,event\n";
    let _ = import(&sandbox, "t.csv", rows, &[]).done();
    let _ = sandbox.run(&["export", "xlsx", "book.xlsx"]).done();
    for to in
        ["ZZZZZZ1", "ZZZZZZZ1", "A99999999999", "XFE2", "A1048577", "A1", "ZZZZZZZZZZZZZZZZZZZZ2"]
    {
        let book = patched(&sandbox, "r=\"B2\"", &format!("r=\"{to}\""));
        let error = import(&sandbox, "bad.xlsx", book, &[]).failed();
        assert!(error.contains(": cannot read the worksheet \"claims\""), "{to}: {error}");
    }
}

#[test]
fn the_rejects_of_a_workbook_are_a_workbook() {
    let sandbox = Sandbox::empty();
    let _ = import(&sandbox, "t.csv", "claim,text,kind\na,'=A1+1,event\n", &[]).done();
    let _ = sandbox.run(&["export", "xlsx", "book.xlsx"]).done();
    let _ = sandbox.run(&["--file", "new.db", "init"]).done();
    let book = patched(&sandbox, ">a</t>", ">a b</t>");
    sandbox.write("bad.xlsx", book);
    let args = ["--file", "new.db", "import", "bad.xlsx", "--keep-going", "--rejects"];
    let error = sandbox.run(&[&args[..], &["left.csv"]].concat()).failed();
    assert!(error.contains("give it a name in .xlsx"), "{error}");
    let run = sandbox.run(&[&args[..], &["left.xlsx"]].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    let again = sandbox.run(&["--file", "new.db", "import", "left.xlsx"]).failed();
    assert!(again.contains("left.xlsx:2: column claim: \"a b\" is not a key"), "{again}");
    let set = ["--map", "claim=", "--set", "claim=a"];
    let run = sandbox.run(&[&["--file", "new.db", "import", "left.xlsx"], &set[..]].concat());
    let _ = run.done();
    let text =
        sandbox.run(&["--file", "new.db", "sql", "select text from claims", "--format", "tsv"]);
    assert_eq!(text.done(), "text\n=A1+1\n");
}

#[test]
fn every_problem_is_listed_and_a_reference_to_a_rejected_row_is_none() {
    let sandbox = Sandbox::empty();
    let head = "claim,text,kind,linked_claim,link_relation\n";
    // The second row refers forward; the first to a row with a problem; the third to nothing.
    let table = format!(
        "{head}a,A,event,c,supports\nb,B,evnt,d,supports\nc,C,evant,,\nd,D,event,,\ne,E,evont,nosuch,supports\n"
    );
    let error = import(&sandbox, "t.csv", &table, &[]).failed();
    let lines: Vec<&str> = error.lines().filter(|line| line.starts_with("t.csv:")).collect();
    let begins = [
        "t.csv:3: column kind",
        "t.csv:4: column kind",
        "t.csv:6: column kind",
        "t.csv:6: column linked_claim",
    ];
    assert_eq!(lines.len(), begins.len(), "{error}");
    for (line, begin) in lines.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line}\n{error}");
    }
    let run = import(&sandbox, "t.csv", &table, &["--keep-going"]);
    assert!(
        run.err.contains(
            "t.csv:2: column linked_claim: the claim \"c\" stands where something is left out"
        ),
        "{}",
        run.err
    );
    assert_eq!(sandbox.ask("select count(*) from claims"), "1");
}

#[test]
fn flags_for_tables_are_refused_where_they_do_nothing() {
    let sandbox = Sandbox::empty();
    let table = format!("{HEAD}a,A,event,s,article,S\n");
    let _ = import(&sandbox, "t.csv", &table, &["--set", "url=https://x.example/?a=1&b=2"]).done();
    assert_eq!(
        sandbox.ask("select url from sources where key = 's'"),
        "https://x.example/?a=1&b=2"
    );
    let line = "{\"table\":\"claims\",\"key\":\"n\",\"text\":\"N\",\"kind\":\"event\"}\n";
    let error = import(&sandbox, "t.ndjson", line, &["--set", "kind=event"]).failed();
    assert!(error.contains("--set is for tables with columns, and t.ndjson is none"), "{error}");
    let error = import(&sandbox, "t.csv", "What was said?\nx\n", &[]).failed();
    assert!(error.contains("`--map 'What was said?'=FIELD`"), "{error}");
    // An apostrophe before a formula is undone where a name stands in place of a key, too.
    let names =
        "claim,text,kind,source,source_kind\nb,B,event,'=evil,page\nc,C,event,\"'=evil\",page\n";
    let _ = import(&sandbox, "t.csv", names, &[]).done();
    assert_eq!(sandbox.ask("select title from sources where kind = 'page'"), "=evil");
    assert_eq!(sandbox.ask("select count(*) from sources where kind = 'page'"), "1");
    let names = "claim,text,kind,place,speaker,source\na,A,event,Nowhere,Someone,Paper\n";
    let error = import(&sandbox, "n.csv", names, &[]).failed();
    assert!(
        error.contains("n.csv:2: column place: no location is called \"Nowhere\"; a new one needs a kind (column place_kind)"),
        "{error}"
    );
    let run = sandbox.run(&["export", "csv", "--where", "claim=nosuch*"]);
    assert_eq!(run.err, "no claim meets the conditions; withdrawn claims meet none\n");
}

/// A number that is impossible with a decimal comma is refused, not read as another number.
#[test]
fn numbers_with_a_decimal_comma_are_read_one_way() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .run(&[
            "add",
            "measure",
            "--key",
            "k",
            "--title",
            "K",
            "--dimension",
            "money",
            "--growth",
            "level",
        ])
        .done();
    let table = "text;measure;value\nA;k;1,234.5\nB;k;0.500\nC;k;1.5e3\nD;k;1500.000\nE;k;9.5\n";
    let error = import(&sandbox, "d.csv", table, &["--decimal", ","]).failed();
    assert!(error.contains("5 problems in"), "{error}");
    assert!(error.contains("d.csv:6: column value: \"9.5\" is not a number"), "{error}");
    let table = "text;measure;value\nA;k;1.234,5\nB;k;0,5\nC;k;12 000\n";
    let _ = import(&sandbox, "d.csv", table, &["--decimal", ","]).done();
    assert_eq!(sandbox.ask("select group_concat(value, ' ') from figures"), "1234.5 0.5 12000");
}

/// A table of figures with these values; their measure counts money.
fn table_of(values: &[&str]) -> String {
    let row = |(n, value): (usize, &&str)| format!("c{n};C {n};event;m;M;money;level;{value}\n");
    "claim;text;kind;measure;measure_title;dimension;growth;value\n".to_owned()
        + &values.iter().enumerate().map(row).collect::<String>()
}

/// A sign before the only group of three digits may begin the decimals or group digits.
#[test]
fn a_number_of_two_readings_is_refused_with_the_option_for_each() {
    let sandbox = Sandbox::empty();
    let readings = [
        ("107,000", "has one group of three digits; it may be 107000 (`--grouping ,`)"),
        (
            "12,500",
            "is ambiguous: it may be 12.5 (`--decimal , --grouping .`) or 12500 (`--grouping ,`)",
        ),
        (
            "-12,500",
            "is ambiguous: it may be -12.5 (`--decimal , --grouping .`) or -12500 (`--grouping ,`)",
        ),
        (
            "1,234",
            "is ambiguous: it may be 1.234 (`--decimal , --grouping .`) or 1234 (`--grouping ,`)",
        ),
    ];
    let others = [
        ("1.234", "is ambiguous: it may be 1.234 (`--decimal .`) or 1234 (`--grouping .`)"),
        ("1 234", "has one group of three digits; it may be 1234 (`--grouping space`)"),
        ("1'234", "has one group of three digits; it may be 1234 (`--grouping apostrophe`)"),
    ];
    let refused = |readings: &[(&str, &str)], more: &[&str]| {
        let values: Vec<&str> = readings.iter().map(|(value, _)| *value).collect();
        let error = import(&sandbox, "d.csv", table_of(&values), more).failed();
        assert!(error.contains(&format!("{} problems in", values.len())), "{error}");
        for (n, (value, says)) in readings.iter().enumerate() {
            let wanted = format!("d.csv:{}: column value: \"{value}\" {says}\n", n + 2);
            assert!(error.contains(&wanted), "{wanted}: {error}");
        }
    };
    refused(&readings, &[]);
    refused(&readings, &["--decimal", ","]);
    refused(&others, &[]);
    // A decimal comma does not say that no other comma groups digits.
    let error = import(&sandbox, "d.csv", table_of(&["1,234", "10,5"]), &[]).failed();
    assert!(error.contains("\"1,234\" is ambiguous"), "{error}");
    assert_eq!(sandbox.ask("select count(*) from figures"), "0");
    let constant = table_of(&["7"]).replace(";value", "").replace(";7", "");
    let error =
        import(&sandbox, "d.csv", &constant, &["--decimal", ",", "--set", "value=12,500"]).failed();
    assert!(error.contains("\"12,500\" is ambiguous"), "{error}");
    // The options settle it.
    for (options, values, read) in [
        (&["--decimal", ",", "--grouping", "."][..], &["12,500", "1.234"][..], "12.5 1234"),
        (&["--grouping", ","], &["12,500", "107,000"], "12500 107000"),
        (&["--decimal", "."], &["12,500", "1.234", "1 234"], "12500 1.234 1234"),
        (&["--grouping", "."], &["1.234", "0,5"], "1234 0.5"),
        (&["--grouping", "space"], &["1 234", "1,234"], "1234 1.234"),
        (&["--grouping", "apostrophe"], &["1'234"], "1234"),
        (
            &["--decimal", ","],
            &["10,5", "1.234,5", "0,500", "12500", "1,2340", "1.234,567"],
            "10.5 1234.5 0.5 12500 1.234 1234.567",
        ),
        // So does the rest of the column.
        (&[], &["1,234", "1,234,567"], "1234 1234567"),
        (&[], &["1,234", "1,234.5"], "1234 1234.5"),
        (&[], &["1,234", "1.234,5"], "1.234 1234.5"),
    ] {
        let sandbox = Sandbox::empty();
        let _ = import(&sandbox, "d.csv", table_of(values), options).done();
        let found = sandbox.ask("select group_concat(value, ' ') from figures");
        assert_eq!(found, read, "{options:?} {values:?}");
    }
    let both = ["--decimal", ",", "--grouping", ","];
    let error = import(&sandbox, "d.csv", table_of(&["5"]), &both).failed();
    assert!(error.contains("cannot both begin the decimals and group digits"), "{error}");
    // A coordinate has no thousands.
    let place = "place;place_name;place_kind;lat;lon;precision\np;P;town;34,512;-67,250;1\n";
    let _ = import(&sandbox, "p.csv", place, &["--decimal", ","]).done();
    assert_eq!(sandbox.ask("select lat || ' ' || lon from locations"), "34.512 -67.25");
}

#[test]
fn a_later_version_of_events_takes_a_range_back() {
    let sandbox = Sandbox::empty();
    let head = "id,type_of_violence,conflict_name,side_a,side_b,source_article,source_original,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n";
    let row = |best: u32, high: u32, low: u32| {
        format!(
            "7,1,C,A,B,,,1,Village,East,Low,35.5,36,Y,1,2013-01-03,2013-01-03,0,0,0,0,{best},{high},{low}\n"
        )
    };
    let figure = "select value || ' ' || ifnull(low, '-') || ' ' || ifnull(high, '-') || ' ' || qualifier from figures where key = 'ucdp-7-deaths'";
    for (best, high, low, wanted) in [
        (3, 5, 2, "3 2 5 between"),
        (7, 7, 7, "7 - - exact"),
        (0, 0, 0, "0 - - exact"),
        (1, 2, 1, "1 1 2 between"),
    ] {
        let table = format!("{head}{}", row(best, high, low));
        let _ = import(&sandbox, "ged.csv", table, &[]).done();
        assert_eq!(sandbox.ask(figure), wanted);
    }
    // One number for two events is no revision.
    let two = format!("{head}{}{}", row(3, 5, 2), row(4, 5, 2));
    let error = import(&sandbox, "ged.csv", two, &[]).failed();
    assert!(error.contains("ged.csv:3: "), "{error}");
    assert_eq!(sandbox.ask(figure), "1 1 2 between");
}

#[test]
fn a_citation_key_is_not_taken_over_by_another_work() {
    let sandbox = Sandbox::empty();
    let entry =
        "@article{smith2020, title={Dam broke}, author={Smith, Ann}, url={https://a.example/1}}";
    let _ = import(&sandbox, "a.bib", entry, &[]).done();
    let other = "@book{smith2020, title={Cooking for two}, author={Smith, Bob}}";
    let error = import(&sandbox, "b.bib", other, &[]).failed();
    assert!(error.contains("source smith2020 is another work here: \"Dam broke\""), "{error}");
    let mended = entry.replace("Dam broke", "The dam broke");
    let _ = import(&sandbox, "a.bib", mended, &[]).done();
    assert_eq!(
        sandbox.ask("select title || '|' || author from sources where key = 'smith2020'"),
        "The dam broke|Ann Smith"
    );
}

#[test]
fn an_encoding_that_the_letters_do_not_show_is_refused_with_its_readings() {
    let sandbox = Sandbox::empty();
    let table = b"text,kind\n\xca\xe8\xe5\xe2,event\n";
    let error = import(&sandbox, "a.csv", table, &[]).failed();
    assert!(error.contains("windows-1251: Киев; "), "{error}");
    assert!(error.contains("such as --encoding windows-1251"), "{error}");
    let _ = import(&sandbox, "a.csv", table, &["--encoding", "windows-1251"]).done();
    assert_eq!(sandbox.ask("select text from claims"), "Киев");
    // This byte is no letter there.
    let stray = b"text,kind\nA,event\n\xd2,event\n";
    let error = import(&sandbox, "b.csv", stray, &["--encoding", "windows-1253"]).failed();
    let why = "b.csv:3: column text: some bytes here are no text in windows-1253";
    assert!(error.contains(why), "{error}");
}

#[test]
fn a_byte_that_does_not_belong_there_is_named_and_changes_no_other_letter() {
    let sandbox = Sandbox::empty();
    let bib = b"@article{x, title={D\xc3\xa9j\xc3\xa0 vu},\n publisher={Europ\xc3}}\n";
    let error = import(&sandbox, "x.bib", bib, &[]).failed();
    assert!(error.contains("x.bib:2:") && error.contains("0xc3 is not UTF-8"), "{error}");
    let latin = b"@article{x, title={D\xe9j\xe0 vu}}\n";
    let error = import(&sandbox, "x.bib", latin, &[]).failed();
    assert!(error.contains("windows-1252: title={Déjà; ISO-8859-2: title={Déjŕ"), "{error}");
    let run = import(&sandbox, "y.bib", b"@article{y, title={D\xe9but}}\n", &[]);
    assert!(run.err.contains("not UTF-8; read as windows-1252"), "{}", run.err);
    let _ = import(&sandbox, "x.bib", latin, &["--encoding", "windows-1252"]).done();
    assert_eq!(sandbox.ask("select title from sources where key = 'x'"), "Déjà vu");
    // A published review may repeat a name: the last value counts.
    let review = r#"{"@type":"ClaimReview","claimReviewed":"First","claimReviewed":"X fell","author":{"name":"C"},"url":"https://c.example/1","reviewRating":{"alternateName":"False"},"datePublished":"2021-01-01"}"#;
    let _ = import(&sandbox, "r.jsonld", review, &[]).done();
    assert_eq!(sandbox.ask("select text from claims"), "X fell");
}

#[test]
fn one_address_is_one_source() {
    let sandbox = Sandbox::empty();
    let review = |host: &str, who: &str| {
        format!(
            r#"{{"@type":"ClaimReview","url":"https://{host}/1","claimReviewed":"X fell","author":{{"name":"{host}"}},"datePublished":"2021-05-01","reviewRating":{{"alternateName":"False"}},"itemReviewed":{{"appearance":"https://www.facebook.com/p/1","author":{{"name":"{who}"}}}}}}"#
        )
    };
    let text = format!("[{},{}]", review("c.example", "Ann"), review("d.example", "Page of Ann"));
    let _ = import(&sandbox, "r.jsonld", text, &[]).done();
    assert_eq!(sandbox.ask("select count(*) from sources where kind = 'post'"), "1");
    assert_eq!(sandbox.ask("select count(*) from sources where kind = 'review'"), "2");
}

#[test]
fn a_bad_cell_hides_no_other() {
    let sandbox = Sandbox::empty();
    let table = "text,happened,measure,value\nA thing,5 March,kiled,n/a\n";
    let error = import(&sandbox, "t.csv", table, &[]).failed();
    for told in [
        "column happened: \"5 March\"",
        "column measure: no measure has the key \"kiled\"",
        "column value: \"n/a\"",
    ] {
        assert!(error.contains(told), "{told}\n{error}");
    }
    assert!(error.contains("3 problems in the input"), "{error}");
}

#[test]
fn a_page_about_the_speaker_is_no_appearance_of_the_claim() {
    let sandbox = Sandbox::empty();
    let review = r#"{"@type":"ClaimReview","url":"https://c.example/1","claimReviewed":"<<It fell>> said x<y","author":{"name":"C"},
        "reviewRating":[{"ratingValue":"Verified: False"},{"alternateName":"True"}],
        "itemReviewed":{"url":"https://tv.example/debate","name":"Debate","author":[
          {"@type":"Person","name":"Jane Doe","jobTitle":"Minister","sameAs":["https://en.wikipedia.org/wiki/Jane_Doe","https://janedoe.example"]},
          {"name":"Page Two","sameAs":"www.facebook.com/p/2"}]}}"#;
    let run = import(&sandbox, "r.jsonld", review, &[]);
    for told in ["several verdicts; the first is recorded", "says that its moment was not stated"] {
        assert!(run.err.contains(told), "{told}\n{}", run.err);
    }
    assert_eq!(run.code, 0);
    assert_eq!(sandbox.ask("select text from claims"), "<<It fell>> said x<y");
    assert_eq!(
        sandbox.ask("select verdict || ' ' || status from assessments"),
        "Verified: False inconclusive"
    );
    assert_eq!(
        sandbox.ask("select url || ' ' || note from sources where title = 'Jane Doe'"),
        "https://en.wikipedia.org/wiki/Jane_Doe Minister; also at https://janedoe.example"
    );
    let said = "select group_concat(s.kind || ' ' || p.title, ', ') from mentions m join sources s on s.id = m.source_id join sources p on p.id = m.speaker_id";
    assert_eq!(sandbox.ask(said), "\"page Jane Doe, page Page Two, post Page Two\"");
}

/// The words of the crosswalk in the file are words that the importer knows.
#[test]
fn published_verdicts_come_back_as_the_statuses_they_were() {
    let sandbox = Sandbox::empty();
    let words = "select group_concat(code || '=' || claimreview, '|') from statuses where claimreview is not null";
    let words = sandbox.ask(words).replace('"', "");
    let reviews: Vec<String> = words
        .split('|')
        .map(|pair| {
            let (code, word) = pair.split_once('=').unwrap();
            format!(
                r#"{{"@type":"ClaimReview","url":"https://c.example/{code}","claimReviewed":"{code}","author":{{"name":"C"}},"reviewRating":{{"alternateName":"{word}"}}}}"#
            )
        })
        .collect();
    assert!(reviews.len() > 8, "{words}");
    let text = format!("[{}]", reviews.join(","));
    let _ = import(&sandbox, "r.jsonld", text.into_bytes(), &[]).done();
    let found = "select group_concat(text || '=' || status, '|') from claims where text = status";
    assert_eq!(sandbox.ask(found).matches('=').count(), reviews.len());
}

/// A row of an export that does not say which one it is is a problem of its line, whatever table it is of. Only the row of
/// the archive needs to say nothing.
#[test]
fn a_row_of_an_export_that_says_nothing_is_named() {
    let sandbox = Sandbox::seeded();
    let tables = KINDS.iter().map(|kind| kind.table).filter(|table| *table != "archive");
    for table in tables.chain(["operations", "views", "nowhere"]) {
        let error = import(&sandbox, "t.ndjson", format!("\n{{\"table\":\"{table}\"}}\n"), &[]);
        let error = error.failed();
        assert!(error.starts_with("t.ndjson:2:"), "{table}: {error}");
        assert!(!error.contains("NOT NULL"), "{table}: {error}");
    }
    // A report of other people is named whether it stays out or comes along.
    for row in [r#""title":"Mine""#, r#""title":"Mine","builtin":1"#, r#""name":"mine""#] {
        let error = import(&sandbox, "t.ndjson", format!("{{\"table\":\"reports\",{row}}}"), &[]);
        let error = error.failed();
        assert!(error.starts_with("t.ndjson:1:1: report "), "{row}: {error}");
    }
    // A code that is there may be changed in part, and a new one is asked for all.
    let kind =
        |code: &str| format!(r#"{{"table":"claim_kinds","code":"{code}","label":"Happening"}}"#);
    import(&sandbox, "t.ndjson", kind("event"), &[]).done();
    assert_eq!(sandbox.ask("select label from claim_kinds where code = 'event'"), "Happening");
    let error = import(&sandbox, "t.ndjson", kind("rumour"), &[]).failed();
    assert!(error.contains("t.ndjson:1:1: claim_kind has no definition"), "{error}");
}
