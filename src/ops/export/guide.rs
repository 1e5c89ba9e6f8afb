//! The explanation of the columns of a workbook, and the lists of its drop-downs: the codes of the
//! archive, its sources, places and measures.

use crate::error::Result;
use crate::model::{
    COLUMNS, Column, EXAMPLE_MARK, FoundBy, Kind, NOT_READ, Role, Type, Value, kind_of_table,
};
use crate::render::{SheetColumn, SheetList, Workbook};
use crate::store::{Handle, read_rows};
use std::collections::HashMap;

/// The largest number of words in a drop-down. Nobody finds anything in a longer one.
const MAX_LISTED: usize = 5_000;
/// The width that a column of sentences gets before anything is in it.
const SENTENCE: usize = 40;

/// The lists and explanations for the columns of a workbook.
pub(super) struct Guide {
    pub(super) columns: Vec<SheetColumn>,
    pub(super) lists: Vec<SheetList>,
    rows: Vec<Vec<String>>,
}

/// The rows that a drop-down may name.
pub(super) struct Listed<'a> {
    /// The kind that the table is for: its keys are new ones.
    pub(super) own: Option<&'a Kind>,
    /// True if rows are named as people call them, by keys where two have one name.
    pub(super) by_name: bool,
    /// Tells if a row may be named.
    pub(super) includes: &'a dyn Fn(&Kind, &[Value]) -> bool,
}

impl Guide {
    /// Reads the lists for these columns.
    pub(super) fn read(db: &Handle, columns: &[&Column], listed: &Listed<'_>) -> Result<Guide> {
        let mut guide = Guide { columns: Vec::new(), lists: Vec::new(), rows: Vec::new() };
        let mut read: HashMap<&str, Option<usize>> = HashMap::new();
        for column in columns {
            let kind = kind_of_list(column).filter(|kind| {
                column.field != "key" || listed.own.is_some_and(|own| !own.is(kind))
            });
            let mut words: Vec<(String, String)> = Vec::new();
            let mut list = None;
            if let Some(kind) = kind {
                if kind.role == Role::CodeList {
                    words = codes(db, kind)?;
                }
                list = match read.get(kind.table) {
                    Some(known) => *known,
                    None => {
                        let names = match kind.role {
                            Role::CodeList => words.iter().map(|(code, _)| code.clone()).collect(),
                            _ => names(db, kind, listed)?,
                        };
                        let at = (!names.is_empty()).then_some(guide.lists.len());
                        let heading = kind.table.replace('_', " ");
                        guide.lists.extend(at.map(|_| SheetList { heading, words: names }));
                        read.insert(kind.table, at);
                        at
                    }
                };
            }
            let meaning = explain(listed.own, column);
            let example = example(listed.own, column);
            guide.rows.push(vec![
                column.name.to_owned(),
                String::new(),
                meaning.clone(),
                example.to_owned(),
            ]);
            for (code, meaning) in words {
                guide.rows.push(vec![column.name.to_owned(), code, meaning, String::new()]);
            }
            let ty = column.definition().ty;
            let is_wide = matches!(ty, Type::Text | Type::Key | Type::Ref(_));
            guide.columns.push(SheetColumn {
                heading: column.name.to_owned(),
                width: if is_wide { SENTENCE.min(example.chars().count()) } else { 0 },
                is_text: ty == Type::Date,
                prompt: meaning,
                list,
            });
        }
        Ok(guide)
    }

    /// Adds the worksheets with the explanation and the lists.
    pub(super) fn write(&self, book: &mut Workbook) -> std::result::Result<(), String> {
        let header = ["column", "word", "meaning", "example"];
        book.add_guide("columns", NOT_READ, &header, &self.rows)?;
        if self.lists.is_empty() { Ok(()) } else { book.add_lists(NOT_READ, &self.lists) }
    }
}

/// Returns the kind of the rows that a column takes one of.
fn kind_of_list(column: &Column) -> Option<&'static Kind> {
    match column.definition().ty {
        Type::Code(table) | Type::CodeNumber(table) | Type::Ref(table) => kind_of_table(table),
        Type::Key => Some(column.part.kind()),
        _ => None,
    }
}

/// Reads the codes of a list with their definitions, in the order of the list, without those that nobody
/// assigns.
fn codes(db: &Handle, kind: &Kind) -> Result<Vec<(String, String)>> {
    let mut found: Vec<(i64, String, String)> = Vec::new();
    read_rows(db, kind, |_, row| {
        let field = |name: &str| kind.position(name).map_or(&Value::Null, |n| &row[n]);
        if *field("assignable") != Value::Int(0) {
            let rank = if let Value::Int(rank) = field("rank") { *rank } else { i64::MAX };
            found.push((rank, field("code").to_string(), field("definition").to_string()));
        }
        Ok(())
    })?;
    found.sort();
    Ok(found.into_iter().map(|(_, code, meaning)| (code, meaning)).collect())
}

/// Reads what rows are called; empty where they are too many for a drop-down.
fn names(db: &Handle, kind: &Kind, listed: &Listed<'_>) -> Result<Vec<String>> {
    let by_name = listed.by_name && kind.found_by != FoundBy::Key;
    let mut found: Vec<(String, String)> = Vec::new();
    read_rows(db, kind, |_, row| {
        if found.len() > MAX_LISTED || !(listed.includes)(kind, row) {
            return Ok(());
        }
        let text = |name: Option<&str>| {
            let n = name.and_then(|name| kind.position(name));
            n.and_then(|n| row[n].as_text()).unwrap_or_default().to_owned()
        };
        found.push((text(kind.key_from), text(Some("key"))));
        Ok(())
    })?;
    if found.len() > MAX_LISTED {
        return Ok(Vec::new());
    }
    let mut number: HashMap<&str, usize> = HashMap::new();
    found.iter().for_each(|(name, _)| *number.entry(name.as_str()).or_default() += 1);
    let is_name = |name: &str| by_name && !name.is_empty() && number.get(name) == Some(&1);
    let mut names: Vec<String> = found
        .iter()
        .map(|(name, key)| if is_name(name) { name.clone() } else { key.clone() })
        .collect();
    names.sort();
    Ok(names)
}

/// The example of a column in the empty table of a kind.
fn example(own: Option<&Kind>, column: &Column) -> &'static str {
    let cells = own.map_or(&[][..], |kind| kind.template);
    let cell = cells.iter().find(|(name, _)| *name == column.name);
    cell.map_or("", |(_, text)| text).trim_start_matches(EXAMPLE_MARK)
}

/// Explains a column: the record that it describes, its meaning, how it is written, and if it is needed.
fn explain(own: Option<&Kind>, column: &Column) -> String {
    let (kind, field) = (column.part.kind(), column.definition());
    let mut text = format!("{}: {}.", kind.word, field.about);
    if column.field == "key" {
        let is_own = own.is_some_and(|own| own.is(kind));
        text.push_str(match kind.goes_by_name() && kind.found_by != FoundBy::Key {
            _ if is_own => " Leave it empty, and one is made.",
            true => " Or what it is called; a new name makes a new one.",
            false => " The record of this key is in the archive, or in another row.",
        });
    } else if field.in_tables.is_some() {
        text.push_str(" May wait.");
    } else if kind.must_be_stated(field) {
        text.push_str(&format!(" A new {} needs it.", kind.word));
    }
    if field.ty == Type::Date {
        text.push_str(" Such as 2024, 2024-03, 2024-03-04 or 2024-03-04/2024-03-06.");
    }
    text
}

/// Returns the columns of the empty table of a kind.
pub(super) fn template_columns(kind: &Kind) -> Vec<&'static Column> {
    let column = |name: &str| COLUMNS.iter().find(|column| column.name == name);
    kind.template.iter().filter_map(|(name, _)| column(name)).collect()
}
