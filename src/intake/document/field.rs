//! Parsing and validation of a value against the type of its field.

use super::everyday_words::codes_for_word;
use super::tree::Tree;
use crate::intake::claimreview::ratings::{RatingMatch, side_of, status_for_words};
use crate::intake::text::amounts::Notation;
use crate::intake::text::dates::{
    DateFault, DateNotation, ParsedDate, describe_wrong_weekday, is_midnight, read_date,
};
use crate::model::{
    DateOrder, Field, Kind, Record, SourcePos, Type, Value, check_date, check_key, did_you_mean,
    is_nothing_stated, is_stand_in, kind_of_table, parse_number, quoted, timestamp,
};
use base64::Engine;

/// Access to the code lists of the archive, for the caller to implement.
pub trait Codes {
    /// Returns the codes of the list in `table`; empty for an unknown table.
    fn of(&self, table: &str) -> Vec<String>;

    /// Returns true when the list in `table` has `code`.
    fn has(&self, table: &str, code: &str) -> bool {
        self.of(table).iter().any(|known| known == code)
    }
}

/// Converts a value of a document to a value of the field. The error message completes a sentence
/// that begins with the name of the field.
pub(in crate::intake) fn read_value(
    field: &Field,
    tree: Tree,
    codes: &dyn Codes,
) -> Result<Value, String> {
    let wants = |noun: &str, tree: &Tree| Err(format!("it holds {noun}; this is {}", tree.noun()));
    match (field.ty, tree) {
        (_, Tree::Null) if field.required => Err("this cannot be empty".to_owned()),
        (_, Tree::Null) => Ok(Value::Null),
        (Type::Any, Tree::Number(text)) => parse_toml_number(&text),
        (Type::Any, Tree::Text(text)) => Ok(Value::Text(text)),
        (Type::Any, Tree::Table(entries)) => match entries.as_slice() {
            [entry] if entry.name == "base64" => match &entry.node.tree {
                Tree::Text(text) => parse_base64(text),
                other => wants("base64", other),
            },
            _ => Err("bytes are written {\"base64\": \"…\"}".to_owned()),
        },
        (Type::Number, Tree::Number(text)) => parse_toml_number(&text),
        (
            Type::Number | Type::Integer | Type::Id(_) | Type::CodeNumber(_) | Type::Flag,
            Tree::Text(text),
        ) => parse_field_text(field, &text, codes),
        (Type::Integer | Type::Id(_), Tree::Number(text)) => parse_integer(&text),
        (Type::CodeNumber(table), Tree::Number(text)) => parse_code_number(table, &text, codes),
        (Type::Flag, Tree::Bool(flag)) => Ok(Value::Int(i64::from(flag))),
        (Type::Flag, Tree::Number(text)) => parse_boolean(&text),
        (Type::Number | Type::Integer | Type::Id(_) | Type::CodeNumber(_), other) => {
            wants("a number", &other)
        }
        (Type::Flag, other) => wants("true or false", &other),
        (Type::Date | Type::Time, Tree::Moment(text)) => parse_field_text(field, &text, codes),
        (Type::Date, Tree::Number(text)) if text.len() == 4 => {
            parse_field_text(field, &text, codes)
        }
        (_, Tree::Text(text)) => parse_field_text(field, &text, codes),
        (_, other) => wants("text", &other),
    }
}

/// Sets a field to what a text states: a string of a document, an option of the command line or a cell
/// of a table. An amount may state other fields of its record as well.
///
/// # Errors
/// Fails when the text is not valid for the type of the field, and marks the field as given badly; the
/// message completes a sentence that begins with the name of the field.
pub fn read_text_into(
    record: &mut Record,
    field: &Field,
    text: &str,
    pos: SourcePos,
    codes: &dyn Codes,
) -> Result<(), String> {
    read_noted_text_into(record, field, text, pos, codes, Notation::default())
}

/// Sets a field to what a text states, like [`read_text_into`], with numbers in this notation.
pub(in crate::intake) fn read_noted_text_into(
    record: &mut Record,
    field: &Field,
    text: &str,
    pos: SourcePos,
    codes: &dyn Codes,
    notation: Notation,
) -> Result<(), String> {
    let read = if record.kind.amount == field.name {
        let stated = notation.amount(text);
        stated.map(|stated| record.state_amount(field.name, stated, pos.clone()))
    } else {
        parse_noted_text(field, text, codes, notation)
            .map(|value| record.set(field.name, value, pos.clone()))
    };
    read.inspect_err(|_| record.set_bad(field.name, pos))
}

/// Parses a value stated as plain text, outside a table.
fn parse_field_text(field: &Field, text: &str, codes: &dyn Codes) -> Result<Value, String> {
    parse_noted_text(field, text, codes, Notation::default())
}

/// Parses a value stated as plain text, with numbers in this notation.
///
/// # Errors
/// Fails when the text is not valid for the type of the field; the message completes a sentence
/// that begins with the name of the field.
pub(in crate::intake) fn parse_noted_text(
    field: &Field,
    text: &str,
    codes: &dyn Codes,
    notation: Notation,
) -> Result<Value, String> {
    match field.ty {
        Type::Number => notation.number(text, field.degrees),
        Type::Integer | Type::Id(_) => parse_integer(text),
        Type::Flag => parse_boolean(text),
        Type::Bytes => parse_base64(text),
        Type::CodeNumber(table) => parse_code_number(table, text, codes),
        Type::Code(table) => parse_code(table, text, codes),
        Type::Key => check_key(text).map(|()| Value::from(text)),
        Type::Ref("sqlar" | "statuses") | Type::Any => Ok(Value::from(text)),
        Type::Ref(table) if kind_of_table(table).is_some_and(Kind::goes_by_name) => {
            reference(trim_ends(text))
        }
        Type::Ref(_) | Type::RefIn(_) => check_key(text).map(|()| Value::from(text)),
        Type::Date => parse_day(field, text, notation),
        Type::Time => timestamp(text).map(Value::Text),
        Type::Hash => {
            let lower = text.trim().to_ascii_lowercase();
            // Archivers name the algorithm before it.
            let named = ["sha-256", "sha256"].iter().find_map(|name| lower.strip_prefix(name));
            let lower = match named.map(|rest| rest.trim_start_matches([':', ' ', '-', '='])) {
                Some(rest) => rest.to_owned(),
                None => lower,
            };
            let valid = lower.len() == 64 && lower.bytes().all(|b| b.is_ascii_hexdigit());
            valid.then_some(Value::Text(lower)).ok_or_else(|| {
                format!("{} is not a SHA-256; it has 64 hexadecimal digits", quoted(text))
            })
        }
        Type::Text if field.is_address => check_address(trim_ends(text), notation),
        Type::Text => check_text(trim_ends(text)),
    }
}

/// Checks what names another record: its key, or what it is called. Which record has that name is asked
/// when the archive is at hand.
fn reference(text: &str) -> Result<Value, String> {
    match check_key(text) {
        Ok(()) => Ok(Value::from(text)),
        // A name cannot be taken for a key that is still to be made up.
        Err(why) if is_stand_in(text) || text.is_empty() => Err(why),
        Err(_) => check_text(text),
    }
}

/// Takes blanks off both ends of a text, those without a width too: they come from spreadsheets and from
/// copying, and make two names of one.
fn trim_ends(text: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}');
    text.trim_matches(blank)
}

/// Checks an address: it says something, and holds one address. Whether a page is there is not asked.
fn check_address(text: &str, notation: Notation) -> Result<Value, String> {
    if is_nothing_stated(text) {
        return Err(match notation.in_table {
            true => format!("{} is not an address; {}", quoted(text), notation.how_to_skip(text)),
            false => {
                format!("{} is not an address; leave it out when none is stated", quoted(text))
            }
        });
    }
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|'));
    if parts.filter(|part| part.starts_with("http://") || part.starts_with("https://")).count() > 1
    {
        return Err(format!("{} holds several addresses; a source has one", quoted(text)));
    }
    check_text(text)
}

/// Parses a text of an export, which is taken over as it is.
pub(in crate::intake) fn read_exported_text(text: &str) -> Result<Value, String> {
    check_text(text)
}

/// Checks a text: not blank, and without NUL, at which other programs would cut it. Other control
/// characters are kept; the renderers show them as symbols.
fn check_text(text: &str) -> Result<Value, String> {
    if text.trim_matches(' ').is_empty() {
        Err("this is empty; leave the field out when nothing is stated".to_owned())
    } else if text.contains('\0') {
        Err("it contains the character U+0000".to_owned())
    } else {
        Ok(Value::from(text))
    }
}

fn parse_toml_number(text: &str) -> Result<Value, String> {
    // TOML allows 1_000 for people; nothing else needs the underscore.
    parse_number(&text.replace('_', ""))
}

fn parse_integer(text: &str) -> Result<Value, String> {
    text.trim()
        .parse()
        .map(Value::Int)
        .map_err(|_| format!("{} is not a whole number", quoted(text)))
}

fn parse_boolean(text: &str) -> Result<Value, String> {
    match text {
        "1" | "true" | "yes" => Ok(Value::Int(1)),
        "0" | "false" | "no" => Ok(Value::Int(0)),
        _ => Err(format!("{} is neither true nor false", quoted(text))),
    }
}

/// Parses a date: one in EDTF as it stands, another as people write it. Where the field takes no time of
/// day, that of a table is left out: [`left_out_of_date`] says so.
fn parse_day(field: &Field, text: &str, notation: Notation) -> Result<Value, String> {
    let text = text.trim();
    let has_time = |text: &str| text.contains('T');
    let edtf = match check_date(text) {
        Ok(()) if field.timed || !has_time(text) => {
            let years =
                years_or_season(text).filter(|_| notation.in_table && !is_iso(notation.dates));
            return match years {
                None => Ok(Value::from(text)),
                Some(years) => Err(format!(
                    "{} is ambiguous: it may be a season, in EDTF (`--dates ymd`), or the years {years}; write \
                     {years} for those",
                    quoted(text)
                )),
            };
        }
        Ok(()) => format!("{} has a time of day, and this field none", quoted(text)),
        Err(why) => why,
    };
    // A count of seconds may be anything.
    if text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(edtf);
    }
    match read_date(text, notation.dates) {
        Ok(read) if read.time.is_some() && field.timed => Ok(Value::Text(read.with_time_of_day())),
        Ok(read) if !read.has_time() || notation.in_table => Ok(Value::Text(read.date)),
        Ok(read) => Err(format!("{} has a time of day; write {}", quoted(text), read.date)),
        Err(DateFault::NotUnderstood) => Err(edtf),
        Err(fault) => Err(describe_date_fault(text, &fault, notation.in_table)),
    }
}

/// Returns true where dates are known to be those of ISO 8601.
fn is_iso(dates: DateNotation) -> bool {
    dates.is_iso || dates.order == Some(DateOrder::YearFirst)
}

/// The two years, in EDTF, that a season of ISO 8601-2 may be for people: `2019/2021` of `2019-21`.
fn years_or_season(text: &str) -> Option<String> {
    let (year, part) = text.split_once('-')?;
    let is_short =
        |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    // Quarters and other parts of a year are written by nobody who means two years.
    let is_season = is_short(year, 4) && matches!(part, "21" | "22" | "23" | "24");
    let is_season = is_season && &year[2..] < part;
    is_season.then(|| format!("{year}/{}{part}", &year[..2]))
}

fn describe_date_fault(text: &str, fault: &DateFault, in_table: bool) -> String {
    let shown = quoted(text);
    match fault {
        DateFault::Ambiguous(one, other) if in_table => format!(
            "{shown} is ambiguous: it may be {one} (`--dates dmy`) or {other} (`--dates mdy`)"
        ),
        DateFault::Ambiguous(one, other) => {
            format!("{shown} is ambiguous: write {one} or {other}")
        }
        DateFault::WrongWeekday(day, weekday) => describe_wrong_weekday(text, day, weekday),
        _ if in_table => format!(
            "{shown} has a year of two digits; `--century 20` reads it as one of 2000 to 2099"
        ),
        _ => format!("{shown} has a year of two digits; write it with four"),
    }
}

/// The part of a date in a table that its field does not take: a time of day, for a remark.
pub(in crate::intake) fn left_out_of_date(
    field: &Field,
    text: &str,
    notation: Notation,
) -> Option<String> {
    // No day alone is longer.
    if field.ty != Type::Date
        || text.trim().len() <= 10
        || check_date(text.trim()).is_ok() && field.timed
    {
        return None;
    }
    let read = read_date(text, notation.dates).ok().filter(ParsedDate::has_time)?;
    let kept = field.timed && read.time.as_deref().is_some_and(|time| !is_midnight(time));
    (!kept).then(|| format!("the time of day of {} is left out", quoted(text.trim())))
}

/// Parses a code word in any case, with blanks or hyphens for its underscores.
fn parse_code(table: &str, text: &str, codes: &dyn Codes) -> Result<Value, String> {
    if codes.has(table, text) {
        return Ok(Value::from(text));
    }
    let plain = |code: &str| code.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    let known = codes.of(table);
    let mut meant = known.iter().filter(|code| plain(code) == plain(text));
    if let (Some(code), None) = (meant.next(), meant.next()) {
        return Ok(Value::from(code.as_str()));
    }
    let codes = meant_codes(table, text, &known);
    let near = match (statuses_of(table, text).as_slice(), codes.as_slice()) {
        ([], []) => did_you_mean(text, known.iter().map(String::as_str)),
        ([], [all @ .., last]) => {
            let before = if all.is_empty() { String::new() } else { all.join(", ") + " or " };
            format!("; {} is {before}{last}", with_article(text.trim()))
        }
        (statuses, _) => format!("; as a verdict it means {}", statuses.join(" or ")),
    };
    let all = if known.len() <= 20 { format!(" ({})", known.join(", ")) } else { String::new() };
    Err(format!("{} is not one of the {}{near}{all}", quoted(text), table.replace('_', " ")))
}

/// The codes that an everyday word may stand for, as the archive has them.
fn meant_codes(table: &str, word: &str, known: &[String]) -> Vec<String> {
    let is_known = |code: &&'static str| known.iter().any(|own| own == code);
    codes_for_word(table, word).into_iter().filter(is_known).map(quoted).collect()
}

/// A word behind its article.
fn with_article(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// The statuses that a word of fact-checkers may stand for: "true" says nothing of who checked it.
fn statuses_of(table: &str, word: &str) -> Vec<&'static str> {
    match status_for_words(word) {
        RatingMatch::Known(status) if table == "statuses" => match side_of(status) {
            Some(true) => vec!["corroborated", "confirmed"],
            _ => vec![status],
        },
        _ => Vec::new(),
    }
}

fn parse_code_number(table: &str, text: &str, codes: &dyn Codes) -> Result<Value, String> {
    match text.trim().parse::<i64>() {
        Ok(number) if codes.has(table, &number.to_string()) => Ok(Value::Int(number)),
        _ => Err(format!(
            "{} is not one of the {} ({})",
            quoted(text),
            table.replace('_', " "),
            codes.of(table).join(", ")
        )),
    }
}

fn parse_base64(text: &str) -> Result<Value, String> {
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .map(Value::Bytes)
        .map_err(|_| "this is not base64".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Codes, parse_code_number};
    use crate::model::Value;

    struct OneToThree;

    impl Codes for OneToThree {
        fn of(&self, _: &str) -> Vec<String> {
            ["1", "2", "3"].map(str::to_owned).to_vec()
        }
    }

    #[test]
    fn a_number_that_is_no_code_is_refused_with_the_list() {
        let read = |text| parse_code_number("date_precisions", text, &OneToThree);
        assert_eq!(read(" 2 "), Ok(Value::Int(2)));
        for wrong in ["4", "x", ""] {
            let why = read(wrong).unwrap_err();
            assert_eq!(why, format!("{wrong:?} is not one of the date precisions (1, 2, 3)"));
        }
    }
}
