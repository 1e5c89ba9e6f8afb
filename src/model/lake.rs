//! The tables of a lake, the folder of Parquet files that an export writes for engines and an import reads: the
//! columns of each table of the file, with the keys behind references and the days behind dates.

use super::schema::{CLAIM, FIGURE, FILE, Field, Kind, LOCAL_KINDS, MENTION, REVISION, Role, Type};

/// The table of the operations as they travel, a line of NDJSON each.
pub const CARRIED_OPERATIONS: &str = "carried_operations";
/// The table of the bytes of files, in blocks.
pub const FILE_BYTES: &str = "file_bytes";
/// The table of reports that people made: the name of each view and its statement.
pub const OWN_VIEWS: &str = "own_views";
/// The table of the ids of the rows that are there, in runs, of a lake that holds what changed.
pub const LIVE_ROWS: &str = "live_rows";

/// The type of a column of a lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LakeType {
    /// A whole number of 64 bits; flags are 1 and 0, as in the file.
    Integer,
    /// A number of 64 bits with a binary fraction.
    Number,
    /// Text in UTF-8.
    Text,
    /// A value of any type of SQLite, as JSON: bytes as `{"base64": …}`.
    Json,
    /// Bytes.
    Bytes,
    /// A day of the Gregorian calendar.
    Day,
    /// A moment in UTC, to the millisecond.
    Moment,
}

impl LakeType {
    /// The name of the type in the manifest.
    pub fn word(self) -> &'static str {
        match self {
            LakeType::Integer => "integer",
            LakeType::Number => "double",
            LakeType::Text => "string",
            LakeType::Json => "json",
            LakeType::Bytes => "binary",
            LakeType::Day => "date",
            LakeType::Moment => "timestamp",
        }
    }
}

/// The content of a column of a lake, told by the row of a table.
#[derive(Clone, Copy, Debug)]
pub enum LakeValue {
    /// The id of the row.
    Id,
    /// The value of a column of the file.
    Own(&'static Field),
    /// The key of the row that a reference names.
    Key(&'static Field),
    /// The digits of a whole number that a binary fraction would round; NULL for another.
    Digits(&'static Field),
    /// The earliest day of a date.
    Earliest(&'static Field),
    /// The latest day of a date.
    Latest(&'static Field),
    /// A moment that the file holds as text.
    Moment(&'static Field),
}

/// A column of a table of a lake.
#[derive(Clone, Debug)]
pub struct LakeColumn {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: LakeType,
    /// Its content.
    pub value: LakeValue,
}

impl LakeColumn {
    /// Its meaning, for people.
    pub fn about(&self) -> String {
        match self.value {
            LakeValue::Id => "The id of the row in the file".to_owned(),
            LakeValue::Own(field) => match field.ty {
                Type::Ref(table) => format!("{}: the id of a row of {table}", field.about),
                _ => field.about.to_owned(),
            },
            LakeValue::Key(field) => format!("{}, by its key", field.about),
            LakeValue::Digits(field) => {
                format!("All digits of {}, where a double has too few", field.name)
            }
            LakeValue::Earliest(field) => format!("The earliest day of {}", field.name),
            LakeValue::Latest(field) => format!("The latest day of {}", field.name),
            LakeValue::Moment(field) => format!("{} as a moment", field.name),
        }
    }
}

/// The kinds whose rows a lake holds: all that an export carries, and of what stays with the file the operations,
/// which reports name.
pub fn lake_kinds() -> impl Iterator<Item = &'static Kind> {
    let local = LOCAL_KINDS.iter().copied().filter(|kind| {
        // Bytes that were removed travel in the line of their operation, and meanings stand in the manifest.
        kind.role == Role::History && !kind.fields.iter().any(|f| f.ty == Type::Bytes && f.required)
    });
    local.chain(super::schema::KINDS.iter().copied())
}

/// The columns of a kind in a lake, in their order.
pub fn lake_columns(kind: &'static Kind) -> Vec<LakeColumn> {
    let mut columns =
        vec![LakeColumn { name: "id".to_owned(), ty: LakeType::Integer, value: LakeValue::Id }];
    for field in kind.local.iter().chain(kind.fields) {
        // Bytes of files have a table of their own, and those of operations travel in their lines. Names are
        // compared by the program alone.
        let is_form = is_local(kind, field) && field.ty == Type::Text;
        if field.ty == Type::Bytes || is_form {
            continue;
        }
        let mut add = |name: String, ty, value| columns.push(LakeColumn { name, ty, value });
        add(field.column.to_owned(), type_of(field.ty), LakeValue::Own(field));
        match field.ty {
            Type::Ref(_) | Type::RefIn(_)
                if field.name != field.column && !is_local(kind, field) =>
            {
                add(field.name.to_owned(), LakeType::Text, LakeValue::Key(field));
            }
            Type::Number => {
                add(format!("{}_digits", field.name), LakeType::Text, LakeValue::Digits(field));
            }
            Type::Date => {
                let day = |end: &str| format!("{}_{end}", field.name);
                add(day("earliest"), LakeType::Day, LakeValue::Earliest(field));
                add(day("latest"), LakeType::Day, LakeValue::Latest(field));
            }
            Type::Time => {
                add(format!("{}_time", field.name), LakeType::Moment, LakeValue::Moment(field));
            }
            _ => {}
        }
    }
    columns
}

fn is_local(kind: &Kind, field: &Field) -> bool {
    kind.local.iter().any(|local| std::ptr::eq(local, field))
}

fn type_of(ty: Type) -> LakeType {
    match ty {
        Type::Integer
        | Type::Flag
        | Type::Id(_)
        | Type::Ref(_)
        | Type::RefIn(_)
        | Type::CodeNumber(_) => LakeType::Integer,
        Type::Number => LakeType::Number,
        Type::Any => LakeType::Json,
        Type::Bytes => LakeType::Bytes,
        Type::Key | Type::Text | Type::Date | Type::Time | Type::Hash | Type::Code(_) => {
            LakeType::Text
        }
    }
}

/// Returns true for the kinds of which there are most rows: they are divided by the year of their claim.
pub fn is_divided_by_year(kind: &Kind) -> bool {
    [&CLAIM, &MENTION, &FIGURE].iter().any(|divided| kind.is(divided))
}

/// Returns true for the kind whose bytes are in the table [`FILE_BYTES`].
pub fn has_file_bytes(kind: &Kind) -> bool {
    kind.is(&FILE)
}

/// Returns true for the kind whose rows name an operation by the number that it has in its export.
pub fn names_operations(kind: &Kind) -> bool {
    kind.is(&REVISION)
}

#[cfg(test)]
mod tests {
    use super::{lake_columns, lake_kinds};
    use std::collections::BTreeSet;

    #[test]
    fn no_two_columns_of_a_table_have_one_name() {
        for kind in lake_kinds() {
            let columns = lake_columns(kind);
            let names: BTreeSet<String> = columns.iter().map(|c| c.name.to_lowercase()).collect();
            assert_eq!(names.len(), columns.len(), "{}: {columns:?}", kind.table);
            assert!(!names.contains("year"), "{}", kind.table);
        }
    }
}
