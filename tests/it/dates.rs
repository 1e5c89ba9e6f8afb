//! The two implementations of the rule for dates: in the file, as SQL, so that it holds in any tool,
//! and in the library, for messages with a line. They are compared on real dates and on texts that
//! look like dates.

use crate::fuzz_targets::dates::{ARCHIVE_OF_DATES, archive_of_dates, days_in_file};
use onrecord::model::check_date;
use proptest::prelude::*;

#[test]
fn check_says_what_is_wrong_with_a_date_that_passed_no_trigger() {
    let sandbox = crate::common::Sandbox::empty();
    let claims = "[[claim]]\nkey = \"a\"\ntext = \"a\"\nkind = \"event\"\n\
                  [[claim]]\nkey = \"b\"\ntext = \"b\"\nkind = \"event\"\nhappened = \"2021-06\"\n";
    let _ = sandbox.import(&format!("onrecord = 1\n{claims}")).done();
    let tool = sandbox.other_tool();
    let names: Vec<String> = tool
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('claims', 'dates')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    names.iter().for_each(|name| tool.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    tool.execute_batch(
        "UPDATE claims SET happened = '2021-05-05' WHERE key = 'a';
         UPDATE dates SET latest = '2021-07-01' WHERE edtf = '2021-06';",
    )
    .unwrap();
    let finding =
        |key: &str| sandbox.ask(&format!("select finding from check_dates where key = '{key}'"));
    let unread = "happened holds 2021-05-05, which no trigger has read";
    assert!(finding("a").contains(unread), "{}", finding("a"));
    let other = "happened holds 2021-06, which stands for other days than dates says";
    assert!(finding("b").contains(other), "{}", finding("b"));
    let marks = "has other marks of doubt than dates says";
    for (mark, other) in
        [("uncertain = 1", "uncertain = 0"), ("approximate = 1", "approximate = 0")]
    {
        tool.execute_batch(&format!(
            "UPDATE dates SET latest = '2021-06-30', {mark} WHERE edtf = '2021-06'"
        ))
        .unwrap();
        assert!(finding("b").contains(marks), "{mark}: {}", finding("b"));
        tool.execute_batch(&format!("UPDATE dates SET {other} WHERE edtf = '2021-06'")).unwrap();
        assert_eq!(finding("b"), "");
    }
}

#[test]
fn each_date_has_its_earliest_and_latest_day() {
    let conn = archive_of_dates();
    for (text, earliest, latest) in [
        ("2021", "2021-01-01", "2021-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2021-06", "2021-06-01", "2021-06-30"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2021-XX", "2021-01-01", "2021-12-31"),
        ("2021-06-XX", "2021-06-01", "2021-06-30"),
        ("2021-XX-XX~", "2021-01-01", "2021-12-31"),
        ("2021-06-28?", "2021-06-28", "2021-06-28"),
        ("2009-05/2019-12-31", "2009-05-01", "2019-12-31"),
        ("2021-06/2021-06", "2021-06-01", "2021-06-30"),
        ("../2021-09-11", "", "2021-09-11"),
        ("2021-06%/", "2021-06-01", ""),
        // A season stands for its year, a quarter for its months.
        ("2021-21", "2021-01-01", "2021-12-31"),
        ("2021-32~", "2021-01-01", "2021-12-31"),
        ("2021-33", "2021-01-01", "2021-03-31"),
        ("2020-34?", "2020-04-01", "2020-06-30"),
        ("2021-35", "2021-07-01", "2021-09-30"),
        ("2021-36", "2021-10-01", "2021-12-31"),
        ("2021-33/2021-34", "2021-01-01", "2021-06-30"),
        ("2021-06-28T14:30", "2021-06-28", "2021-06-28"),
        ("2021-06-28T00:00:59Z", "2021-06-28", "2021-06-28"),
        ("2021-06-28T23:59+04:30", "2021-06-28", "2021-06-28"),
        ("2021-06-28T23:59:00-11:00", "2021-06-28", "2021-06-28"),
    ] {
        let known = |day: &str| (!day.is_empty()).then(|| day.to_owned());
        assert_eq!(days_in_file(&conn, text), Some((known(earliest), known(latest))), "{text}");
        assert_eq!(check_date(text), Ok(()), "{text}");
    }
    for text in [
        "",
        "0000",
        "000X",
        "21",
        "20210",
        "2021-6",
        "2021-13",
        "2021-00",
        "2021-06-31",
        "2021-02-29",
        "2021-06-00",
        "2021-XX-12",
        "2XXX",
        "XXXX",
        "X021",
        "2021-06-28??",
        "?2021",
        "2021/2020",
        "/",
        "../..",
        "../",
        "..",
        "..?/2021",
        "2021/2022/2023",
        "2021-06-28T10",
        "2021-06-28T24:00",
        "2021-06-28T10:60",
        "2021-06-28T10:00:60",
        "2021-06-28T10:00?",
        "2021-06-28?T10:00",
        "2021-06-31T10:00",
        "2021-06-XXT10:00",
        "2021-06T10:00",
        "2021-06-28T10:00+4",
        "2021-06-28T10:00+24:00",
        "2021-06-28T10:00-15:00",
        "2021-06-28T10:00ZZ",
        "2021-06-28T10:00/2021-06-29",
        "2021-06-28 10:00",
        "2021-06-28T",
        "2021-20",
        "2021-37",
        "2021-21-01",
        "2021-33-XX",
        "2021-3X",
        "June 2021",
        " 2021",
        "2021 ",
        "2021-1X",
        "２０２１",
        "-2021",
        "2021-06-28/2021-06-27",
    ] {
        assert_eq!(days_in_file(&conn, text), None, "{text}");
        assert!(check_date(text).is_err(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_file_and_the_library_agree_on_every_text(text in "[0-9X]{0,4}(-[0-9X]{1,2}){0,3}[?~%]{0,2}(/[0-9X.]{0,4}(-[0-9X]{2}){0,2}[?~%]?)?") {
        prop_assert_eq!(ARCHIVE_OF_DATES.with(|conn| days_in_file(conn, &text)).is_some(), check_date(&text).is_ok(), "{}", text);
    }

    #[test]
    fn the_file_and_the_library_agree_on_times(text in "2021-0[16]-[0-3][0-9]T[0-3]?[0-9](:[0-6][0-9]){0,3}(Z|[+-][0-2][0-9](:[0-6][0-9])?|[?])?(/2022)?") {
        prop_assert_eq!(ARCHIVE_OF_DATES.with(|conn| days_in_file(conn, &text)).is_some(), check_date(&text).is_ok(), "{}", text);
    }

    #[test]
    fn the_file_and_the_library_agree_on_likely_dates(
        y in 0u32..10_000, m in 0u32..42, d in 0u32..33, y2 in 0u32..10_000, m2 in 0u32..42,
        shape in 0..5, mark in "[?~%]?",
    ) {
        let text = match shape {
            0 => format!("{y:04}-{m:02}-{d:02}{mark}"),
            1 => format!("{y:04}-{m:02}{mark}"),
            2 => format!("{y:04}-{m:02}-{d:02}/{y2:04}-{m2:02}{mark}"),
            3 => format!("{y:04}-{m:02}-XX/{y2:04}"),
            _ => format!("{y:04}-{m:02}/.."),
        };
        prop_assert_eq!(ARCHIVE_OF_DATES.with(|conn| days_in_file(conn, &text)).is_some(), check_date(&text).is_ok(), "{}", text);
    }
}
