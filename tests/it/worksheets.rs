//! Workbooks of several worksheets: which are read, in which order, what is for which of them, and what comes
//! back of the rows that are left out.

use crate::common::{Run, Sandbox};
use crate::ods;
use rust_xlsxwriter::Workbook;

/// A worksheet: its name and its rows.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

/// The worksheets as a workbook of either format.
fn written(sheets: &[Sheet<'_>], ending: &str) -> Vec<u8> {
    if ending == "ods" {
        let tables: String = sheets.iter().map(|(name, rows)| ods::sheet(name, rows)).collect();
        return ods::package("", &tables);
    }
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn import(sandbox: &Sandbox, sheets: &[Sheet<'_>], args: &[&str]) -> Run {
    sandbox.write("book.xlsx", written(sheets, "xlsx"));
    sandbox.run(&[&["import", "book.xlsx"], args].concat())
}

/// The lines of an output that name the workbook, without its name.
fn named(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("book.xlsx")).collect()
}

const CLAIMS: Sheet<'_> = (
    "Claims",
    &[
        &["claim", "text", "source", "place", "measure", "value"],
        &["fell", "The bridge fell", "Report on the bridge", "The Mill", "hurt", "3"],
        &["open", "The road is open", "radio", "", "", ""],
    ],
);
const SOURCES: Sheet<'_> = (
    "SOURCES",
    &[
        &["source", "title", "source_kind", "Ref"],
        &["", "Report on the bridge", "report", "17"],
        &["radio", "Radio Hallow", "organisation", ""],
    ],
);
const PLACES: Sheet<'_> =
    ("places", &[&["place", "place_name", "place_kind"], &["", "The Mill", "site"]]);
const MEASURES: Sheet<'_> = (
    "measures",
    &[&["measure", "measure_title", "dimension", "growth"], &["hurt", "Hurt", "people", "level"]],
);
const LINKS: Sheet<'_> = (
    "claim links",
    &[&["claim", "link_relation", "linked_claim"], &["open", "contradicts", "fell"]],
);
const NOTES: Sheet<'_> = ("Notes", &[&["To do"], &["Call the mill"]]);

const SAID: &str =
    "select group_concat(c.key || ' ' || s.kind || ' ' || ifnull(l.kind, '-') || ' ' || ifnull(f.value, '-'), '; ')
    from claims c join mentions m on m.claim_id = c.id join sources s on s.id = m.source_id
    left join claim_locations p on p.claim_id = c.id left join locations l on l.id = p.location_id
    left join figures f on f.claim_id = c.id";

#[test]
fn worksheets_of_our_names_are_read_whole_whatever_their_order() {
    for ending in ["xlsx", "ods"] {
        let sandbox = Sandbox::empty();
        let all = [LINKS, CLAIMS, NOTES, MEASURES, SOURCES, PLACES];
        let name = format!("book.{ending}");
        sandbox.write(&name, written(&all, ending));
        let run = sandbox.run(&["import", &name, "--map", "Ref=identifier"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let said: Vec<&str> = run.err.lines().take(2).collect();
        let unread = "the worksheet \"Notes\" was not read; `--sheet NAME` reads another one";
        let read = "the worksheets \"SOURCES\", \"places\", \"measures\", \"Claims\" and \"claim links\" \
                    were read";
        assert_eq!(said, [format!("{name}: {unread}"), format!("{name}: {read}")]);
        // What a claim names is described on another worksheet.
        let said = sandbox.ask(SAID);
        assert_eq!(said.replace('"', ""), "fell report site 3; open organisation - -", "{ending}");
        assert_eq!(sandbox.ask("select count(*) from claim_links"), "1");
        assert_eq!(sandbox.ask("select identifier from sources where kind = 'report'"), "17");
        let again = sandbox.run(&["import", &name, "--map", "Ref=identifier"]);
        let changed =
            [" new", " updated", "may repeat"].iter().any(|word| again.err.contains(word));
        assert!(again.code == 0 && !changed, "{}", again.err);
    }
}

#[test]
fn one_worksheet_is_read_where_there_are_not_two_of_ours() {
    let foreign: Sheet<'_> = ("sources", &[&["Colour", "title", "Form"], &["red", "One", "round"]]);
    let header_only: Sheet<'_> = ("places", &[]);
    for other in [NOTES, foreign, header_only, ("claims 2", CLAIMS.1)] {
        let sandbox = Sandbox::empty();
        let first: Sheet<'_> = ("claims", &[&["claim", "text"], &["a", "A"]]);
        let run = import(&sandbox, &[first, other], &[]);
        assert_eq!(run.code, 0, "{}", run.err);
        let unread = other.1.is_empty().then(Vec::new).unwrap_or_else(|| {
            vec![format!(
                ": the worksheet \"{}\" was not read; `--sheet NAME` reads another one",
                other.0
            )]
        });
        assert_eq!(named(&run.err), unread);
    }
}

#[test]
fn a_single_worksheet_of_our_names_does_not_go_before_the_first() {
    let sandbox = Sandbox::empty();
    let first: Sheet<'_> = ("Main", &[&["claim", "text"], &["a", "A"]]);
    let run = import(&sandbox, &[first, PLACES], &[]);
    let unread = ": the worksheet \"places\" was not read; `--sheet NAME` reads another one";
    assert_eq!((run.code, named(&run.err)), (0, vec![unread]), "{}", run.err);
    assert_eq!(sandbox.ask("select count(*) from claims"), "1");
}

#[test]
fn worksheets_that_are_hidden_or_say_so_are_not_read() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.run(&["template", "claims", "--xlsx"]).done();
    let mut book = Workbook::new();
    for (name, rows) in [CLAIMS, SOURCES, PLACES, MEASURES] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
        if name == "places" {
            sheet.set_hidden(true);
        }
        if name == "measures" {
            sheet.write(0, 0, onrecord::model::NOT_READ).unwrap();
        }
    }
    sandbox.write("book.xlsx", book.save_to_buffer().unwrap());
    let skip = ["Ref", "place", "measure", "value"].map(|name| format!("{name}="));
    let skip = skip.iter().flat_map(|option| ["--map", option]);
    let args: Vec<&str> = ["import", "book.xlsx", "--dry-run"].into_iter().chain(skip).collect();
    let run = sandbox.run(&args);
    assert_eq!(run.code, 0, "{}", run.err);
    let said = named(&run.err);
    assert!(said[0].starts_with(": the worksheet \"places\" (hidden) was not read"), "{}", run.err);
    assert_eq!(said[1], ": the worksheets \"SOURCES\" and \"Claims\" were read", "{}", run.err);
}

#[test]
fn the_user_names_the_worksheets_to_read() {
    let sandbox = Sandbox::empty();
    let all = [CLAIMS, NOTES, SOURCES, PLACES, MEASURES];
    let run = import(&sandbox, &all, &["--sheet", "SOURCES", "--map", "Ref="]);
    assert_eq!((run.code, named(&run.err).len()), (0, 0), "{}", run.err);
    assert_eq!(sandbox.ask("select count(*) from sources where key <> 'desk'"), "2");
    let two = ["--sheet", "measures", "--sheet", "places", "--sheet", "measures"];
    let run = import(&sandbox, &all, &two);
    assert_eq!(named(&run.err), [": the worksheets \"places\" and \"measures\" were read"]);
    let error = import(&sandbox, &all, &["--sheet", "places", "--sheet", "meazures"]).failed();
    assert!(error.contains("no worksheet \"meazures\"; did you mean \"measures\"?"), "{error}");
    let error = import(&sandbox, &all, &["--sheet", "places", "--sheet", "Notes"]).failed();
    let what = "book.xlsx, worksheet Notes:1: column To do: no field has this name";
    assert!(error.contains(what), "{error}");
    let empty: Sheet<'_> = ("grades", &[]);
    let error = import(&sandbox, &[PLACES, empty], &["--sheet", "places", "--sheet", "grades"]);
    assert!(error.failed().contains("the worksheet \"grades\" is empty"));
}

#[test]
fn a_problem_names_the_worksheet_and_a_wrong_heading_stops_all() {
    let sandbox = Sandbox::empty();
    let claims: Sheet<'_> = (
        "claims",
        &[
            &["claim", "text", "happened", "source"],
            &["a", "A", "soon", "s"],
            &["b c", "B", "", "s"],
        ],
    );
    let sources: Sheet<'_> =
        ("sources", &[&["source", "title", "source_kind"], &["s", "S", "reprot"]]);
    let error = import(&sandbox, &[claims, sources], &[]).failed();
    let said = named(&error);
    let start = |line: &str| line.split_once(": \"").map_or(line, |(start, _)| start).to_owned();
    let starts: Vec<String> = said.iter().map(|line| start(line)).collect();
    let expected = [
        ", worksheet sources:2: column source_kind",
        ", worksheet claims:2: column happened",
        ", worksheet claims:3: column claim",
    ];
    assert_eq!(starts, expected, "{error}");
    let misspelt: Sheet<'_> =
        ("places", &[&["place", "place_nmae", "place_kind"], &["p", "P", "town"]]);
    for keep_going in [&["--keep-going"][..], &[]] {
        let run = import(&sandbox, &[claims, misspelt], keep_going);
        assert_ne!(run.code, 0);
        let said: Vec<&str> =
            named(&run.err).into_iter().filter(|line| line.starts_with(',')).collect();
        assert_eq!(said.len(), 1, "its rows are not read: {}", run.err);
        let what = ", worksheet places:1: column place_nmae: no field has this name; did you mean";
        assert!(said[0].starts_with(what), "{}", run.err);
        assert_eq!(sandbox.ask("select count(*) from claims"), "0");
    }
}

#[test]
fn an_option_is_for_the_worksheets_that_have_its_column_and_refused_where_none_has() {
    let sandbox = Sandbox::empty();
    let sources: Sheet<'_> = (
        "sources",
        &[&["source", "title", "Web"], &["s", "S", "https://example.org/s"], &["t", "T", "n/a"]],
    );
    let claims: Sheet<'_> = (
        "claims",
        &[&["claim", "text", "source", "because", "status"], &["a", "A", "s", "", "reported"]],
    );
    let options = [
        "--map",
        "Web=url",
        "--set",
        "source_kind=report",
        "--set",
        "kind=state",
        "--fill",
        "because=Not said",
        "--na",
        "n/a",
    ];
    let _ = import(&sandbox, &[claims, sources], &options).done();
    let said = "select c.kind, a.because, s.kind, s.url from claims c, assessments a, sources s where s.key = 's'";
    assert_eq!(sandbox.ask(said), "state,Not said,report,https://example.org/s");
    assert_eq!(sandbox.ask("select count(*) from sources where key = 't' and url is null"), "1");
    for (option, what) in [
        (
            ["--map", "Wed=url"],
            "none of the worksheets has a column \"Wed\"; did you mean \"Web\"?",
        ),
        (["--set", "place_kind=town"], "none of the worksheets has rows that take \"place_kind\""),
        (["--set", "title=T"], "the table has a column title of its own"),
        (["--fill", "quote=x"], "none of the worksheets has a column \"quote\""),
    ] {
        let args = [&options[..], &option].concat();
        let error = import(&sandbox, &[claims, sources], &args).failed();
        assert!(error.contains(&format!("{}: {what}", option[0])), "{error}");
    }
}

#[test]
fn rejects_of_several_worksheets_are_one_table_that_is_imported_once_fixed() {
    let sandbox = Sandbox::empty();
    let claims: Sheet<'_> = (
        "claims",
        &[
            &["claim", "notes", "text", "happened", "source"],
            &["a", "", "A", "", "s"],
            &["b", "n", "B", "sometime", "s"],
            &["c", "", "C", "2021", "t"],
        ],
    );
    let sources: Sheet<'_> = (
        "sources",
        &[
            &["source", "title", "source_kind", "link"],
            &["s", "S", "report", ""],
            &["t", "T", "reprot", "https://example.org/t"],
        ],
    );
    let args = ["--keep-going", "--rejects", "left.xlsx"];
    let run = import(&sandbox, &[claims, sources], &args);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.err.ends_with("left out: 3; written to left.xlsx with the reasons\n"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "a");
    let recode = ["--recode", "happened:sometime=2020", "--recode", "source_kind:reprot=report"];
    let again = sandbox.run(&[&["import", "left.xlsx"], &recode[..]].concat());
    assert_eq!(again.code, 0, "{}", again.err);
    let said = "select group_concat(c.key || ' ' || c.happened || ' ' || ifnull(c.note, '-') || ' ' || s.key)
        from claims c join mentions m on m.claim_id = c.id join sources s on s.id = m.source_id
        where c.key <> 'a'";
    assert_eq!(sandbox.ask(said).trim_matches('"'), "b 2020 n s,c 2021 - t");
    let kept = "select count(*) from sources where key = 't' and url = 'https://example.org/t'";
    assert_eq!(sandbox.ask(kept), "1");
}

#[test]
fn a_profile_of_several_worksheets_is_kept_and_found_again() {
    let sandbox = Sandbox::empty();
    let all = [CLAIMS, SOURCES, PLACES, MEASURES];
    let keep = ["--map", "Ref=identifier", "--save-profile", "bridges"];
    let _ = import(&sandbox, &all, &keep).done();
    let run = import(&sandbox, &all, &["--dry-run"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.starts_with("book.xlsx: read with the profile bridges"), "{}", run.err);
    let preview = import(&sandbox, &all, &["--preview"]);
    assert_eq!(preview.code, 0, "{}", preview.err);
}

#[test]
fn an_export_has_a_worksheet_for_each_kind_of_record_without_columns_that_nobody_needs() {
    let sandbox = Sandbox::empty();
    let headers = |name: &str| -> Vec<String> {
        let bytes = std::fs::read(sandbox.path(name)).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut read = |part: &str| {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut zip.by_name(part).unwrap(), &mut text).unwrap();
            text
        };
        let list = read("xl/workbook.xml");
        let names =
            list.split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let mut header = |n: usize| {
            let sheet = read(&format!("xl/worksheets/sheet{n}.xml"));
            let row = sheet.split("</row>").next().unwrap_or_default().to_owned();
            let cells = row.split("<t>").skip(1).map(|cell| cell.split('<').next().unwrap());
            cells.collect::<Vec<_>>().join(",")
        };
        let mut numbers = 1..;
        let line = |name: &str| format!("{name}: {}", header(numbers.next().unwrap()));
        names.map(line).filter(|line| !line.contains("does not read")).collect()
    };
    let core = "claims: claim,text,kind,happened,due,source,speaker,stance,locator,quote,said_on,place,measure,value,status,at,because";
    let _ = sandbox.run(&["export", "xlsx", "none.xlsx"]).done();
    assert_eq!(
        headers("none.xlsx"),
        [core, "sources: source,source_kind,title,author,outlet,publisher,url,language,published"],
        "the desk is a source"
    );
    let _ =
        import(&sandbox, &[CLAIMS, SOURCES, PLACES, MEASURES, LINKS], &["--map", "Ref="]).done();
    let _ = sandbox.run(&["export", "xlsx", "some.xlsx"]).done();
    let claims = "claims: claim,text,kind,happened,due,source,speaker,stance,locator,quote,said_on,place,measure,figure,value,status,at,because";
    let found = headers("some.xlsx");
    let names: Vec<&str> = found.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["claims", "sources", "places", "measures", "links"]);
    assert_eq!(found[0], claims);
    assert_eq!(found[4], "links: claim,link_relation,linked_claim");
}

#[test]
fn a_proposed_command_names_no_kind_that_nothing_needs() {
    let sandbox = Sandbox::empty();
    let claims: &[&[&str]] = &[
        &["text", "source", "speaker", "measure", "value"],
        &["A crowd came", "Morning news", "Helga Stamm", "hurt", "1.200-1.500"],
    ];
    let sources: &[&[&str]] =
        &[&["title", "source_kind"], &["Morning news", "article"], &["Helga Stamm", "person"]];
    let said =
        import(&sandbox, &[("claims", claims), ("sources", sources), MEASURES], &[]).failed();
    assert!(said.contains("\"1.200-1.500\" would be 1200 to 1500"), "{said}");
    let command = said.lines().find(|line| line.starts_with("  onrecord import"));
    // With a kind for every speaker, the quote would hang on a second Helga Stamm.
    assert_eq!(command, Some("  onrecord import book.xlsx --grouping ."), "{said}");
    import(&sandbox, &[("claims", claims), ("sources", sources), MEASURES], &["--grouping=."])
        .done();
    assert_eq!(sandbox.ask("select count(*) from sources where key <> 'desk'"), "2");
}
