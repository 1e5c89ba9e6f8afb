//! The explanation of the columns of a workbook, and the lists of its drop-downs: the codes of the
//! archive, its sources, places and measures.

use crate::error::Result;
use crate::model::{
    COLUMNS, Column, EXAMPLE_MARK, Field, FoundBy, Kind, NOT_READ, Role, RowPart, Type, Value,
    Worksheet, kind_of_table,
};
use crate::render::{SheetColumn, SheetList, TypedRows, Workbook};
use crate::store::{Handle, read_rows};
use std::collections::{HashMap, HashSet};

/// The largest number of words in a drop-down. Nobody finds anything in a longer one.
const MAX_LISTED: usize = 5_000;
/// The width that a column of sentences gets before anything is in it.
const SENTENCE: usize = 40;

/// The forms of dates, as the explanation of a column shows them.
const HOW_DATES_ARE_WRITTEN: &str = " 2024, 2024-03 or 2024-03-04; uncertain 2024-03-04?, about \
    2024-03-04~, a period 2024-03/2024-04, since 2024-03/.., until ../2024. Empty: not stated.";

/// The lists and explanations for the columns of a workbook.
#[derive(Default)]
pub(super) struct Guide {
    lists: Vec<SheetList>,
    /// The position of the list of each table that was looked at, if it has one.
    known: HashMap<&'static str, Option<usize>>,
    /// The columns whose words are explained.
    explained: HashSet<&'static str>,
    rows: Vec<Vec<String>>,
}

/// The rows that a drop-down may name.
pub(super) struct Listed<'a> {
    /// The kind that the table is for: its keys are new ones.
    pub(super) own: &'static Kind,
    /// True for an empty table: rows are named as people call them, by keys where two have one name.
    pub(super) is_template: bool,
    /// Tells if a row may be named.
    pub(super) includes: &'a dyn Fn(&Kind, &[Value]) -> bool,
    /// The worksheets whose rows may be named.
    pub(super) offered: &'a [Offered],
}

/// A worksheet whose rows the drop-downs of other worksheets offer.
pub(super) struct Offered {
    kind: &'static Kind,
    typed: TypedRows,
}

impl Offered {
    /// The keys of a worksheet with this number of rows; `None` for too many, and where its rows have no key
    /// each.
    pub(super) fn keys_of(worksheet: &Worksheet, columns: &[&Column], rows: usize) -> Option<Self> {
        // A claim has a row for each source that states it.
        if rows > MAX_LISTED || worksheet.part == RowPart::Claim {
            return None;
        }
        Self::of(worksheet, columns, false)
    }

    /// The rows of a worksheet to fill in, by their keys, and where they have none by their names.
    pub(super) fn rows_of(worksheet: &Worksheet, columns: &[&Column]) -> Option<Self> {
        Self::of(worksheet, columns, true)
    }

    fn of(worksheet: &Worksheet, columns: &[&Column], by_name: bool) -> Option<Self> {
        let kind = worksheet.kind();
        let find = |field: &str| {
            columns.iter().position(|own| own.part == worksheet.part && own.field == field)
        };
        let key = find("key")?;
        let name = kind.key_from.filter(|_| by_name).and_then(find);
        let sheet = worksheet.name.to_owned();
        Some(Offered { kind, typed: TypedRows { sheet, key, name } })
    }
}

impl Guide {
    /// Adds the columns of a worksheet, and returns them with their lists.
    pub(super) fn add(
        &mut self,
        db: &Handle,
        worksheet: &str,
        columns: &[&'static Column],
        listed: &Listed<'_>,
    ) -> Result<Vec<SheetColumn>> {
        let mut made = Vec::new();
        for column in columns {
            let kind =
                kind_of_list(column).filter(|kind| column.field != "key" || !listed.own.is(kind));
            let list = kind.map(|kind| self.list_of(db, kind, listed)).transpose()?.flatten();
            let meaning = explain(listed, column);
            let example = example(listed, column);
            self.rows
                .push([worksheet, column.name, "", &meaning, example].map(str::to_owned).to_vec());
            let codes = kind.filter(|kind| kind.role == Role::CodeList);
            if let Some(kind) = codes.filter(|_| self.explained.insert(column.name)) {
                for (code, meaning) in codes_of(db, kind)? {
                    self.rows.push(
                        [worksheet, column.name, &code, &meaning, ""].map(str::to_owned).to_vec(),
                    );
                }
            }
            let ty = column.definition().ty;
            let is_wide = matches!(ty, Type::Text | Type::Key | Type::Ref(_));
            made.push(SheetColumn {
                heading: column.name.to_owned(),
                width: if is_wide { SENTENCE.min(example.chars().count()) } else { 0 },
                is_text: ty == Type::Date,
                prompt: meaning,
                list,
            });
        }
        Ok(made)
    }

    /// Returns the position of the list of a table, if it has one.
    fn list_of(
        &mut self,
        db: &Handle,
        kind: &'static Kind,
        listed: &Listed<'_>,
    ) -> Result<Option<usize>> {
        if let Some(known) = self.known.get(kind.table) {
            return Ok(*known);
        }
        let offered = listed.offered.iter().find(|offered| offered.kind.is(kind));
        let typed = offered.map(|offered| offered.typed.clone());
        let words = match kind.role {
            Role::CodeList => codes_of(db, kind)?.into_iter().map(|(code, _)| code).collect(),
            // The worksheet holds every row that may be named.
            _ if typed.is_some() && !listed.is_template => Vec::new(),
            _ => names(db, kind, listed)?,
        };
        let list = SheetList { heading: kind.table.replace('_', " "), words, typed };
        let at = (!list.is_empty()).then_some(self.lists.len());
        self.lists.extend(at.map(|_| list));
        self.known.insert(kind.table, at);
        Ok(at)
    }

    /// The lists of the drop-downs.
    pub(super) fn lists(&self) -> &[SheetList] {
        &self.lists
    }

    /// Adds the worksheets with the explanation and the lists.
    pub(super) fn write(&self, book: &mut Workbook) -> std::result::Result<(), String> {
        let header = ["worksheet", "column", "word", "meaning", "example"];
        book.add_guide("columns", NOT_READ, &header, &self.rows)?;
        book.add_lists(NOT_READ, &self.lists)
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
fn codes_of(db: &Handle, kind: &Kind) -> Result<Vec<(String, String)>> {
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
    let by_name = listed.is_template && kind.found_by != FoundBy::Key;
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
fn example(listed: &Listed<'_>, column: &Column) -> &'static str {
    let cells = if listed.is_template { listed.own.template } else { &[] };
    let cell = cells.iter().find(|(name, _)| *name == column.name);
    cell.map_or("", |(_, text)| text).trim_start_matches(EXAMPLE_MARK)
}

/// Explains a column: the record that it describes, its meaning, how it is written, and if it is needed.
fn explain(listed: &Listed<'_>, column: &Column) -> String {
    let (kind, field) = (column.part.kind(), column.definition());
    let about = match column.field == "key" && !listed.own.is(kind) {
        true => field_naming(listed.own, column).map_or(kind.about, |field| field.about),
        false => field.about,
    };
    let mut text = format!("{}: {about}.", kind.word);
    if column.field == "key" {
        let offered = listed.offered.iter().find(|offered| offered.kind.is(kind));
        let by_name = kind.goes_by_name() && kind.found_by != FoundBy::Key;
        let how = match offered.map(|offered| &offered.typed.sheet) {
            _ if listed.own.is(kind) && kind.makes_keys() => {
                "Leave it empty, and one is made.".to_owned()
            }
            _ if listed.own.is(kind) => "A new one needs it.".to_owned(),
            Some(sheet) if by_name => {
                format!(
                    "Its key, or what it is called. A new one has a row on the worksheet {sheet}."
                )
            }
            None if by_name => {
                "Its key, or what it is called; a new name makes a new one.".to_owned()
            }
            _ => "The record of this key is in the archive, or in another row.".to_owned(),
        };
        text.push_str(&format!(" {how}"));
    } else if field.in_tables.is_some() {
        text.push_str(" May wait.");
    } else if kind.must_be_stated(field) {
        text.push_str(&format!(" A new {} needs it.", kind.word));
    }
    if let Type::Ref(table) = field.ty
        && kind_of_table(table).is_some_and(Kind::goes_by_name)
    {
        text.push_str(" Its key, or what it is called.");
    }
    if field.ty == Type::Date {
        text.push_str(HOW_DATES_ARE_WRITTEN);
    }
    if field.ty == Type::Time && field.filled_in {
        text.push_str(" To the second: 2024-03-07T09:00:00Z.");
    }
    if field.name == kind.amount && !kind.amount.is_empty() {
        text.push_str(" Its unit may stand behind it: 2 m, 2 metres, 3 houses.");
    }
    text
}

/// Returns the field by which a row of a table, or of a part that stands in it, names the record of a key
/// column: who says it, where it happened.
fn field_naming(own: &'static Kind, column: &Column) -> Option<&'static Field> {
    let kinds = || std::iter::once(own).chain(own.nested.iter().map(|nested| nested.kind));
    let fields = || kinds().flat_map(|kind| kind.fields);
    let table = column.part.kind().table;
    let names = |field: &&Field| field.ty == Type::Ref(table);
    let called = fields().find(|field| names(field) && field.name == column.name);
    called.or_else(|| fields().find(names))
}

/// Returns the columns of the empty table of a kind.
pub(super) fn template_columns(kind: &Kind) -> Vec<&'static Column> {
    let column = |name: &str| COLUMNS.iter().find(|column| column.name == name);
    kind.template.iter().filter_map(|(name, _)| column(name)).collect()
}
