//! Dates in tables as people write them.

use crate::common::Sandbox;

/// Imports a table of claims with these cells in the column `happened`, and returns what it holds.
fn happened(cells: &[&str], more: &[&str]) -> Result<Vec<String>, String> {
    dates("happened", cells, more)
}

fn dates(column: &str, cells: &[&str], more: &[&str]) -> Result<Vec<String>, String> {
    let sandbox = Sandbox::empty();
    let mut table = format!("text,title,source_kind,{column}\n");
    for (n, cell) in cells.iter().enumerate() {
        table += &format!("Text {n},Title {n},article,\"{cell}\"\n");
    }
    sandbox.write("t.csv", table);
    let run = sandbox.run(&[&["import", "t.csv"], more].concat());
    if run.code != 0 {
        return Err(run.err);
    }
    let rows = match column {
        "happened" => "select happened as d from claims order by id",
        _ => "select published as d from sources where key <> 'desk' order by id",
    };
    let found = sandbox.ask(&format!("select group_concat(d, ' ') from ({rows})"));
    let mut found: Vec<String> = found.trim_matches('"').split(' ').map(str::to_owned).collect();
    if run.err.contains("left out") {
        found.push("remarked".to_owned());
    }
    Ok(found)
}

#[test]
fn dates_of_many_styles_are_read() {
    for (cell, date) in [
        ("30 June 2022", "2022-06-30"),
        ("June 30, 2022", "2022-06-30"),
        ("october-7-2023", "2023-10-07"),
        ("7-oct-2023", "2023-10-07"),
        ("1er août 2021", "2021-08-01"),
        ("13 de octubre de 2020", "2020-10-13"),
        ("13. März 2020", "2020-03-13"),
        ("5 января 2020", "2020-01-05"),
        ("March 2020", "2020-03"),
        ("31.12.2020", "2020-12-31"),
        ("2020/12/31", "2020-12-31"),
        ("20201231", "2020-12-31"),
        ("2021-33", "2021-33"),
        ("2021-22~", "2021-22~"),
        ("2021-06-28T14:30", "2021-06-28T14:30"),
        ("2021-06-28 14:30:05", "2021-06-28T14:30:05"),
        ("2021-06-28T14:30:05+0430", "2021-06-28T14:30:05+04:30"),
        ("28 June 2021 at 2:30 pm", "2021-06-28T14:30"),
    ] {
        assert_eq!(happened(&[cell], &[]), Ok(vec![date.to_owned()]), "{cell}");
    }
    // What stands behind a date is a time, or all of it is no date.
    for cell in [
        "4 May 2020 - 6 May 2020",
        "4 May 2020 or 5 May 2020",
        "4 May 2020 BC",
        "4 May 2020 disputed",
        "2020-05-04 to 2020-06-04",
        "2020-05-04..2020-06-04",
        "2020-05-04/06",
        "2020-05-06/2020-05-04",
        "25/05/2020 - 27/05/2020",
        "2020-05-04 10:00-11:30",
        "4 May 2020, 10:00-11:00",
        "2020-05-04T10:00-23:00",
        "2020.10",
    ] {
        assert!(happened(&[cell], &[]).is_err(), "{cell}");
    }
    for cell in ["soon", "31 June 2022", "30 listopada 2020", "1624867200", "2021-37"] {
        assert!(happened(&[cell], &[]).is_err(), "{cell}");
    }
}

#[test]
fn what_a_date_cannot_hold_is_remarked() {
    let midnight = happened(&["2021-06-28 00:00:00"], &[]);
    assert_eq!(midnight, Ok(vec!["2021-06-28".to_owned(), "remarked".to_owned()]));
    let zone = happened(&["2021-06-28 14:30 EST"], &[]);
    assert_eq!(zone, Ok(vec!["2021-06-28".to_owned(), "remarked".to_owned()]));
    let published = |cell| dates("published", &[cell], &[]);
    for cell in ["2021-07-01 05:13:26", "2021-07-01T05:13:26Z"] {
        assert_eq!(published(cell), Ok(vec!["2021-07-01".to_owned(), "remarked".to_owned()]));
    }
}

#[test]
fn the_order_of_numbers_is_shown_by_the_column_or_named() {
    let both = happened(&["04/05/2020"], &[]).unwrap_err();
    for part in ["2020-05-04 (`--dates dmy`)", "2020-04-05 (`--dates mdy`)", "column happened"] {
        assert!(both.contains(part), "{both}");
    }
    let read = |cells: &[&str], more: &[&str]| happened(cells, more).map(|found| found.join(" "));
    assert_eq!(read(&["04/05/2020"], &["--dates", "dmy"]).as_deref(), Ok("2020-05-04"));
    assert_eq!(read(&["04/05/2020"], &["--dates", "mdy"]).as_deref(), Ok("2020-04-05"));
    assert_eq!(read(&["04/05/2020", "13/05/2020"], &[]).as_deref(), Ok("2020-05-04 2020-05-13"));
    assert_eq!(read(&["05/13/2020", "04/05/2020"], &[]).as_deref(), Ok("2020-05-13 2020-04-05"));
    // A column that shows both orders settles nothing, and one that is named is meant for all.
    assert!(read(&["05/13/2020", "13/05/2020", "04/05/2020"], &[]).is_err());
    assert!(read(&["05/13/2020"], &["--dates", "dmy"]).is_err());
    // A weekday decides by itself, and says nothing of the others.
    assert_eq!(read(&["Mon 04/05/2020"], &[]).as_deref(), Ok("2020-05-04"));
    assert!(read(&["Mon 04/05/2020", "04/05/2020"], &[]).is_err());
    // Nothing but the user says which century a short year is of.
    let century = ["--century", "20"];
    assert_eq!(read(&["13/01/2006", "4/11/16"], &century).as_deref(), Ok("2006-01-13 2016-11-04"));
    assert_eq!(
        read(&["21/06/28", "2022-01-01"], &["--dates", "ymd", "--century", "20"]).as_deref(),
        Ok("2021-06-28 2022-01-01")
    );
    for (cells, more) in [
        (&["4/11/16"][..], &["--dates", "dmy"][..]),
        (&["21/06/28", "2022-01-01"], &["--century", "20"]),
        (&["13/01/2006", "4/11/99"], &[]),
    ] {
        let why = read(cells, more).unwrap_err();
        assert!(why.contains("a year of two digits"), "{cells:?} {why}");
    }
}

#[test]
fn a_document_takes_clear_dates_and_no_time_that_would_be_lost() {
    let sandbox = Sandbox::empty();
    let document = |date: &str| {
        format!(
            "onrecord = 1\n[[claim]]\nkey = \"a\"\ntext = \"A\"\nkind = \"event\"\nhappened = {date}\n"
        )
    };
    for (date, held) in [
        ("\"30 June 2022\"", "2022-06-30"),
        ("2021-06-28T14:30:00Z", "2021-06-28T14:30:00Z"),
        ("2021-06-28T14:30:00", "2021-06-28T14:30:00"),
        ("\"2021-22\"", "2021-22"),
    ] {
        sandbox.import(&document(date)).done();
        assert_eq!(sandbox.ask("select happened from claims").trim_matches('"'), held);
    }
    let said = sandbox.import(&document("\"04/05/2020\"")).failed();
    assert!(said.contains("ambiguous: write 2020-05-04 or 2020-04-05"), "{said}");
    let source = "onrecord = 1\n[[source]]\nkind = \"post\"\ntitle = \"A\"\npublished = 2021-06-28T14:30:00Z\n";
    let said = sandbox.import(source).failed();
    assert!(said.contains("has a time of day; write 2021-06-28"), "{said}");
}
