//! Names by which cells say that nothing is known: of two such cells nobody means one thing.

use super::cell::Cell;
use crate::model::{Column, RowPart, check_key, is_nothing_stated, quoted};

/// Words by which a cell of names says nothing, besides those of an amount, in lower case.
const NO_NAMES: [&str; 8] =
    ["none", "null", "nil", "#n/a", "untitled", "no title", "sans titre", "not available"];

/// The fields that are or hold names.
const NAMES: [&str; 6] = ["key", "title", "name", "outlet", "author", "publisher"];

/// Returns true for a column of names, or of the texts of claims.
pub(super) fn asks_for_name(column: &Column) -> bool {
    match column.part {
        RowPart::Claim => column.field == "text",
        RowPart::Source | RowPart::Speaker | RowPart::Location => NAMES.contains(&column.field),
        _ => false,
    }
}

/// Returns true if a text says for a name that nothing is known.
pub(super) fn names_nothing(text: &str) -> bool {
    is_nothing_stated(text) || NO_NAMES.contains(&text.trim().to_lowercase().as_str())
}

/// Returns why a cell is refused that says that nothing is known where a name or a statement is asked for. A source
/// that is of the kind of those without a name may be called so.
pub(super) fn describe_nothing(cell: &Cell<'_>, given: &[Cell<'_>]) -> Option<String> {
    let (text, column) = (cell.text.trim(), cell.column);
    let is_text = column.part == RowPart::Claim && column.field == "text";
    if !asks_for_name(column)
        || !names_nothing(text)
        || column.field == "key" && check_key(text).is_ok()
    {
        return None;
    }
    let of_part = |name: &str| {
        given.iter().find(|other| other.column.part == column.part && other.column.field == name)
    };
    let is_unnamed = of_part("kind").is_some_and(|kind| kind.text.trim() == "unnamed");
    // A key says which is meant, whatever it is called.
    let has_key = column.field != "key"
        && of_part("key").is_some_and(|key| check_key(key.text.trim()).is_ok());
    if is_unnamed || has_key {
        return None;
    }
    let (shown, skip) = (quoted(text), cell.notation.how_to_skip(text));
    Some(match is_text {
        true => format!("{shown} states nothing; {skip}"),
        false => format!("{shown} is no name; {skip}, and a key beside it keeps it as a name"),
    })
}
