//! The words of a chart: what a mark says, and how far that can be trusted.

use super::Mark;
use crate::model::{ChartKind, Value};
use crate::render::visible;
use jiff::civil::Date;
use jiff::{Span, Unit};

/// Columns whose text says by itself what it is.
const CLEAR: [&str; 9] =
    ["status", "number", "words", "said", "qualifier", "happened", "verdict", "finding", "named"];

/// The mark of the values that are drawn, and their words.
pub(super) fn mark(kind: ChartKind, stated: &[&Value], absent: &str) -> (Mark, String) {
    let read = |value: &Value| match kind {
        ChartKind::Spans => value.as_text().and_then(day),
        ChartKind::Bars | ChartKind::Intervals => value.as_number().filter(|n| n.is_finite()),
    };
    match stated {
        [value] => match read(value) {
            Some(number) => (Mark::Bar(number), plain(value)),
            None => (Mark::Unknown, said(value, absent)),
        },
        [Value::Null, Value::Null] => (Mark::Unknown, absent.to_owned()),
        [from, Value::Null] => match read(from) {
            Some(least) => {
                (Mark::Range(Some(least), None), format!("{} {}", at_least(kind), plain(from)))
            }
            None => (Mark::Unknown, plain(from)),
        },
        [Value::Null, to] => match read(to) {
            Some(most) => {
                (Mark::Range(None, Some(most)), format!("{} {}", at_most(kind), plain(to)))
            }
            None => (Mark::Unknown, plain(to)),
        },
        [from, to] => {
            let words = match plain(from) == plain(to) {
                true => plain(from),
                false => format!("{} to {}", plain(from), plain(to)),
            };
            match (read(from), read(to)) {
                (Some(a), Some(b)) => (Mark::Range(Some(a.min(b)), Some(a.max(b))), words),
                _ => (Mark::Unknown, words),
            }
        }
        _ => (Mark::Unknown, absent.to_owned()),
    }
}

fn at_least(kind: ChartKind) -> &'static str {
    if kind == ChartKind::Spans { "from" } else { "at least" }
}

fn at_most(kind: ChartKind) -> &'static str {
    if kind == ChartKind::Spans { "until" } else { "at most" }
}

/// What a column says beside a mark; `None` where it has nothing to say.
pub(super) fn caveat(column: &str, value: &Value, absent: &str) -> Option<String> {
    let name = visible(column).replace('_', " ");
    Some(match value {
        // 1 where a tolerance that no source states made a bound.
        Value::Int(assumed) if column == "assumed" => match assumed {
            0 => return None,
            _ => "a tolerance is assumed".to_owned(),
        },
        // That nobody was quoted is no doubt about a number.
        Value::Null if column == "said" => return None,
        Value::Null => format!("{name}: {absent}"),
        Value::Int(1) => format!("1 {}", name.strip_suffix('s').unwrap_or(&name)),
        Value::Int(_) => format!("{} {name}", plain(value)),
        Value::Text(code) if column == "qualifier" => visible(code).replace('_', " "),
        Value::Text(_) if CLEAR.contains(&column) => plain(value),
        _ => format!("{name} {}", plain(value)),
    })
}

/// Everything that is said beside a mark: what is drawn, then how far it can be trusted.
pub(super) fn all(kind: ChartKind, drawn: String, caveats: &[String]) -> String {
    let Some(first) = caveats.first() else { return drawn };
    // Not "142; 142, 2021-06-28?": the report's own words say the same, and more.
    let same = kind != ChartKind::Bars
        && first.strip_prefix(&drawn).is_some_and(|more| {
            more.chars().next().is_none_or(|next| [' ', ',', '?', '~', '%'].contains(&next))
        });
    match same {
        true => caveats.join(", "),
        false => format!("{drawn}; {}", caveats.join(", ")),
    }
}

fn said(value: &Value, absent: &str) -> String {
    if value.is_null() { absent.to_owned() } else { plain(value) }
}

/// A value on one line.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Real(number) => short(*number),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        other => visible(&other.to_string()).replace(['\n', '\t'], " "),
    }
}

/// A third is not 0.3333333333333333 to a reader, and whole numbers have no point, however large.
fn short(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    if number.is_finite() && (1e-3..1e9).contains(&number.abs()) {
        let text = format!("{number:.6}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    Value::Real(number).to_string()
}

/// A value of an axis.
pub(super) fn end(kind: ChartKind, value: f64) -> String {
    match kind {
        ChartKind::Spans => date(value).map_or_else(String::new, |date| date.to_string()),
        ChartKind::Bars | ChartKind::Intervals => short(value),
    }
}

/// The number of a day, `YYYY-MM-DD` at the beginning of a text.
fn day(text: &str) -> Option<f64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let since = date.since((Unit::Day, Date::new(1970, 1, 1).ok()?)).ok()?;
    Some(f64::from(since.get_days()))
}

fn date(day: f64) -> Option<Date> {
    #[expect(clippy::cast_possible_truncation, reason = "it was a day before")]
    let days = Span::new().try_days(day as i64).ok()?;
    Date::new(1970, 1, 1).ok()?.checked_add(days).ok()
}
