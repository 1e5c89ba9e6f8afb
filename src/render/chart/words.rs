//! The words beside a mark: its value, and the caveats that say how reliable it is.

use super::mark::Mark;
use crate::model::{ChartKind, Value};
use crate::render::control_chars::show_control_chars;
use jiff::civil::Date;
use jiff::{Span, Unit};

/// Columns whose values are clear without the name of the column.
const UNLABELLED_COLUMNS: [&str; 9] =
    ["status", "number", "words", "said", "qualifier", "happened", "verdict", "finding", "named"];

/// Reads the mark of a row from the values of the drawn columns; returns it with its words.
pub(super) fn read_mark(kind: ChartKind, stated: &[&Value], absent: &str) -> (Mark, String) {
    let read = |value: &Value| match kind {
        ChartKind::Spans => value.as_text().and_then(parse_day),
        ChartKind::Bars | ChartKind::Intervals => value.as_number().filter(|n| n.is_finite()),
    };
    match stated {
        [value] => match read(value) {
            Some(number) => (Mark::Bar(number), format_value(value)),
            None => (Mark::Unknown, format_optional(value, absent)),
        },
        [Value::Null, Value::Null] => (Mark::Unknown, absent.to_owned()),
        [from, Value::Null] => match read(from) {
            Some(least) => (
                Mark::Range(Some(least), None),
                format!("{} {}", lower_prefix(kind), format_value(from)),
            ),
            None => (Mark::Unknown, format_value(from)),
        },
        [Value::Null, to] => match read(to) {
            Some(most) => (
                Mark::Range(None, Some(most)),
                format!("{} {}", upper_prefix(kind), format_value(to)),
            ),
            None => (Mark::Unknown, format_value(to)),
        },
        [from, to] => {
            let words = match format_value(from) == format_value(to) {
                true => format_value(from),
                false => format!("{} to {}", format_value(from), format_value(to)),
            };
            match (read(from), read(to)) {
                (Some(a), Some(b)) => (Mark::Range(Some(a.min(b)), Some(a.max(b))), words),
                _ => (Mark::Unknown, words),
            }
        }
        _ => (Mark::Unknown, absent.to_owned()),
    }
}

/// The words before the stated lower end of a range whose upper end is open.
fn lower_prefix(kind: ChartKind) -> &'static str {
    if kind == ChartKind::Spans { "from" } else { "at least" }
}

/// The words before the stated upper end of a range whose lower end is open.
fn upper_prefix(kind: ChartKind) -> &'static str {
    if kind == ChartKind::Spans { "until" } else { "at most" }
}

/// Formats the value of a column that is shown beside a mark; `None` if there is nothing to add.
pub(super) fn format_caveat(column: &str, value: &Value, absent: &str) -> Option<String> {
    let name = show_control_chars(column).replace('_', " ");
    Some(match value {
        // 1 if a bound comes from a tolerance that no source states.
        Value::Int(assumed) if column == "assumed" => match assumed {
            0 => return None,
            _ => "a tolerance is assumed".to_owned(),
        },
        // A missing quote is no caveat.
        Value::Null if column == "said" => return None,
        Value::Null => format!("{name}: {absent}"),
        Value::Int(1) => format!("1 {}", name.strip_suffix('s').unwrap_or(&name)),
        Value::Int(_) => format!("{} {name}", format_value(value)),
        Value::Text(code) if column == "qualifier" => show_control_chars(code).replace('_', " "),
        Value::Text(_) if UNLABELLED_COLUMNS.contains(&column) => format_value(value),
        _ => format!("{name} {}", format_value(value)),
    })
}

/// Joins the words of a mark with its caveats.
pub(super) fn join_words(kind: ChartKind, drawn: String, caveats: &[String]) -> String {
    let Some(first) = caveats.first() else { return drawn };
    // Not "142; 142, 2021-06-28?": the first caveat may repeat the value.
    let repeats = kind != ChartKind::Bars
        && first.strip_prefix(&drawn).is_some_and(|more| {
            more.chars().next().is_none_or(|next| [' ', ',', '?', '~', '%'].contains(&next))
        });
    match repeats {
        true => caveats.join(", "),
        false => format!("{drawn}; {}", caveats.join(", ")),
    }
}

fn format_optional(value: &Value, absent: &str) -> String {
    if value.is_null() { absent.to_owned() } else { format_value(value) }
}

/// Formats a value on one line.
pub(super) fn format_value(value: &Value) -> String {
    match value {
        Value::Real(number) => format_number(*number),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        other => show_control_chars(&other.to_string()).replace(['\n', '\t'], " "),
    }
}

/// Formats a number with at most six decimals; whole numbers have no decimal point, however large.
fn format_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    if number.is_finite() && (1e-3..1e9).contains(&number.abs()) {
        let text = format!("{number:.6}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    Value::Real(number).to_string()
}

/// Formats a value at the end of an axis.
pub(super) fn format_end(kind: ChartKind, value: f64) -> String {
    match kind {
        ChartKind::Spans => date_of_day(value).map_or_else(String::new, |date| date.to_string()),
        ChartKind::Bars | ChartKind::Intervals => format_number(value),
    }
}

/// Parses `YYYY-MM-DD` at the beginning of a text into a number of days since 1970.
fn parse_day(text: &str) -> Option<f64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let since = date.since((Unit::Day, Date::new(1970, 1, 1).ok()?)).ok()?;
    Some(f64::from(since.get_days()))
}

fn date_of_day(day: f64) -> Option<Date> {
    #[expect(clippy::cast_possible_truncation, reason = "it was a day before")]
    let days = Span::new().try_days(day as i64).ok()?;
    Date::new(1970, 1, 1).ok()?.checked_add(days).ok()
}
