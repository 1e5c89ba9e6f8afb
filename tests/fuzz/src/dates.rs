//! Dates and moments. The rule for dates stands in the file too, as SQL: both readings agree.

use onrecord::model::{check_date, days_of, is_time_of_day, timestamp};
use onrecord::shipped::MIGRATIONS;
use rusqlite::{Connection, OptionalExtension};

/// The first migration, one view and the triggers on one table hold all that is known of dates.
pub fn archive_of_dates() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(MIGRATIONS[0].1).unwrap();
    conn.execute_batch(include_str!("../../../src/store/schema/derived/dates_parsed.sql")).unwrap();
    conn.execute_batch(include_str!("../../../src/store/schema/triggers/dates.sql")).unwrap();
    conn
}

thread_local! {
    pub static ARCHIVE_OF_DATES: Connection = archive_of_dates();
}

/// The earliest and the latest day of a date.
pub type Days = (Option<String>, Option<String>);

/// The days that a date stands for, or `None` when the file refuses it.
pub fn days_in_file(conn: &Connection, text: &str) -> Option<Days> {
    conn.execute_batch("BEGIN").unwrap();
    let taken = conn.execute("INSERT INTO dates (edtf) VALUES (?1)", [text]).is_ok();
    let days = conn
        .query_row("SELECT earliest, latest FROM dates WHERE edtf = ?1", [text], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .unwrap();
    conn.execute_batch("ROLLBACK").unwrap();
    assert_eq!(taken, days.is_some(), "{text:?}");
    days
}

/// Reads a text as a date by the library and by the file, and as a moment.
pub fn compare_readings(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let days = days_of(text).ok();
    assert_eq!(check_date(text).is_ok(), days.is_some(), "{text:?}");
    let in_file = ARCHIVE_OF_DATES.with(|conn| days_in_file(conn, text));
    assert_eq!(days, in_file, "{text:?}: the library and the file read other days");
    if let Some((Some(first), Some(last))) = &days {
        assert!(first <= last, "{text:?}: {first} to {last}");
    }
    for day in days.iter().flat_map(|(first, last)| [first, last]).flatten() {
        assert_eq!(days_of(day), Ok((Some(day.clone()), Some(day.clone()))), "{text:?}");
    }
    if is_time_of_day(text) {
        assert!(check_date(&format!("2021-06-28T{text}")).is_ok(), "{text:?}");
    }
    if let Ok(moment) = timestamp(text) {
        assert_eq!(moment.len(), 20, "{text:?}: {moment}");
        assert_eq!(timestamp(&moment).as_deref(), Ok(&*moment), "{text:?}");
        assert!(check_date(&moment[..10]).is_ok(), "{text:?}: {moment}");
    }
}
