//! One value for one field: is it what the field may hold?

use super::tree::Tree;
use crate::model::{
    Field, Type, Value, check_date, check_key, did_you_mean, parse_number, quoted, timestamp,
};
use base64::Engine;

/// Knows the words of the code lists.
pub trait Codes {
    /// The codes of one list.
    fn of(&self, table: &str) -> Vec<String>;

    /// Whether a code is in a list.
    fn has(&self, table: &str, code: &str) -> bool {
        self.of(table).iter().any(|known| known == code)
    }
}

/// Reads a value that a document gives for a field.
pub(in crate::intake) fn read(
    field: &Field,
    tree: Tree,
    codes: &dyn Codes,
) -> Result<Value, String> {
    let wants = |noun: &str, tree: &Tree| Err(format!("it holds {noun}; this is {}", tree.noun()));
    match (field.ty, tree) {
        (_, Tree::Null) if field.required => Err("this cannot be empty".to_owned()),
        (_, Tree::Null) => Ok(Value::Null),
        (Type::Any, Tree::Number(text)) => number(&text),
        (Type::Any, Tree::Text(text)) => Ok(Value::Text(text)),
        (Type::Any, Tree::Table(entries)) => match entries.as_slice() {
            [entry] if entry.name == "base64" => match &entry.node.tree {
                Tree::Text(text) => bytes(text),
                other => wants("base64", other),
            },
            _ => Err("bytes are written {\"base64\": \"…\"}".to_owned()),
        },
        (Type::Number, Tree::Number(text)) => number(&text),
        (Type::Number | Type::Integer | Type::CodeNumber(_) | Type::Flag, Tree::Text(text)) => {
            read_flag(field, &text, codes)
        }
        (Type::Integer, Tree::Number(text)) => whole(&text),
        (Type::CodeNumber(table), Tree::Number(text)) => code_number(table, &text, codes),
        (Type::Flag, Tree::Bool(flag)) => Ok(Value::Int(i64::from(flag))),
        (Type::Flag, Tree::Number(text)) => flag(&text),
        (Type::Number | Type::Integer | Type::CodeNumber(_), other) => wants("a number", &other),
        (Type::Flag, other) => wants("true or false", &other),
        (Type::Date | Type::Time, Tree::Moment(text)) => read_flag(field, &text, codes),
        (Type::Date, Tree::Number(text)) if text.len() == 4 => read_flag(field, &text, codes),
        (_, Tree::Text(text)) => read_flag(field, &text, codes),
        (_, other) => wants("text", &other),
    }
}

/// Reads a value given as plain text: a flag of the command line, a cell of a table.
///
/// # Errors
/// What is wrong with it, fit to follow the name of the field.
pub fn read_flag(field: &Field, text: &str, codes: &dyn Codes) -> Result<Value, String> {
    match field.ty {
        Type::Number => parse_number(text),
        Type::Integer => whole(text),
        Type::Flag => flag(text),
        Type::Bytes => bytes(text),
        Type::CodeNumber(table) => code_number(table, text, codes),
        Type::Code(table) => {
            if codes.has(table, text) {
                return Ok(Value::from(text));
            }
            let known = codes.of(table);
            let near = did_you_mean(text, known.iter().map(String::as_str));
            let all =
                if known.len() <= 20 { format!(" ({})", known.join(", ")) } else { String::new() };
            Err(format!(
                "{} is not one of the {}{near}{all}",
                quoted(text),
                table.replace('_', " ")
            ))
        }
        Type::Key => check_key(text).map(|()| Value::from(text)),
        Type::Ref("sqlar" | "statuses") | Type::Any => Ok(Value::from(text)),
        Type::Ref(_) => check_key(text).map(|()| Value::from(text)),
        Type::Date => check_date(text).map(|()| Value::from(text)),
        Type::Time => timestamp(text).map(Value::Text),
        Type::Hash => {
            let lower = text.to_ascii_lowercase();
            let fine = lower.len() == 64 && lower.bytes().all(|b| b.is_ascii_hexdigit());
            fine.then_some(Value::Text(lower)).ok_or_else(|| {
                format!("{} is not a SHA-256; it has 64 hexadecimal digits", quoted(text))
            })
        }
        Type::Text => words(text),
    }
}

/// Text as the file takes it: not blank, and without the NUL at which other programs would cut it.
/// Other control characters stay, and are shown as symbols wherever people read.
fn words(text: &str) -> Result<Value, String> {
    if text.trim_matches(' ').is_empty() {
        Err("this is empty; leave the field out when nothing is stated".to_owned())
    } else if text.contains('\0') {
        Err("the character U+0000 is in it".to_owned())
    } else {
        Ok(Value::from(text))
    }
}

fn number(text: &str) -> Result<Value, String> {
    // TOML allows 1_000 for people; nothing else needs the underscore.
    parse_number(&text.replace('_', ""))
}

fn whole(text: &str) -> Result<Value, String> {
    text.trim()
        .parse()
        .map(Value::Int)
        .map_err(|_| format!("{} is not a whole number", quoted(text)))
}

fn flag(text: &str) -> Result<Value, String> {
    match text {
        "1" | "true" | "yes" => Ok(Value::Int(1)),
        "0" | "false" | "no" => Ok(Value::Int(0)),
        _ => Err(format!("{} is neither true nor false", quoted(text))),
    }
}

fn code_number(table: &str, text: &str, codes: &dyn Codes) -> Result<Value, String> {
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

fn bytes(text: &str) -> Result<Value, String> {
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .map(Value::Bytes)
        .map_err(|_| "this is not base64".to_owned())
}
