//! Rows as the nested records of a document.

use crate::error::{Error, Result};
use crate::model::{ASSESSMENT, DocumentTree, Kind, NEVER_HERE, Nested, NestedPart, Type, Value};
use crate::store::{Children, Handle, claim_version};

/// Reads the records of one kind that are nested in those of another, with what is nested in them.
#[derive(Debug)]
pub(in crate::ops) struct PartReader {
    nested: &'static Nested,
    children: Children,
    deeper: Vec<PartReader>,
}

impl PartReader {
    /// Returns a reader for each kind of record that is nested in one of `kind`, in their order.
    pub fn all_of(kind: &'static Kind) -> Vec<PartReader> {
        kind.nested.iter().map(|nested| PartReader::new(kind, nested)).collect()
    }

    /// Returns the reader of what `nested` describes.
    pub fn new(kind: &Kind, nested: &'static Nested) -> Self {
        let children = match nested.kind.position(nested.parent) {
            Some(position) => Children::new(nested.kind, nested.kind.fields[position].column),
            None => Children::new(nested.kind, &format!("{}_id", kind.word)),
        };
        PartReader { nested, children, deeper: PartReader::all_of(nested.kind) }
    }

    /// Reads the records nested in the row with this id, with the word they stand under.
    pub fn read(&self, db: &Handle, id: i64) -> Result<(&'static str, Vec<NestedPart>)> {
        let kind = self.nested.kind;
        let mut parts = Vec::new();
        for (child, row) in self.children.of(db, id)? {
            let mut tree = authored_fields(kind, &row, Some(self.nested.parent));
            if kind.is(&ASSESSMENT) && is_stale(db, &row)? {
                tree.fields.push(("claim_version", Value::Int(NEVER_HERE)));
            }
            for deeper in &self.deeper {
                tree.parts.push(deeper.read(db, child)?);
            }
            let stated: Vec<_> = tree.fields.iter().filter(|(_, value)| !value.is_null()).collect();
            parts.push(match (stated.as_slice(), self.nested.shorthand) {
                ([(name, Value::Text(text))], Some(short)) if *name == short => {
                    NestedPart::Shorthand(text.clone())
                }
                _ => NestedPart::Record(tree),
            });
        }
        Ok((self.nested.word, parts))
    }
}

/// Returns true if the claim of a verdict changed since the verdict. Its version says so in this archive
/// alone; documents and tables say that the verdict is about [`NEVER_HERE`].
pub(super) fn is_stale(db: &Handle, verdict: &[Value]) -> Result<bool> {
    let value =
        |name| ASSESSMENT.position(name).map_or(&Value::Null, |position| &verdict[position]);
    let Some(claim) = value("claim").as_text() else { return Ok(false) };
    let present = claim_version(db, claim)?.map(|(_, version)| Value::Int(version));
    Ok(present.is_some_and(|present| !present.is_equal(value("claim_version"))))
}

/// Returns the fields that a document states: without the reference to the enclosing record,
/// derived fields, and fields that hold their default.
pub(in crate::ops) fn authored_fields(
    kind: &Kind,
    row: &[Value],
    parent: Option<&str>,
) -> DocumentTree {
    let fields = kind.fields.iter().zip(row).filter(|(field, value)| {
        Some(field.name) != parent && !field.derived && !field.is_default(value)
    });
    let flags = kind.fields.iter().filter(|field| field.ty == Type::Flag);
    DocumentTree {
        flags: flags.map(|field| field.name).collect(),
        fields: fields.map(|(field, value)| (field.name, value.clone())).collect(),
        parts: Vec::new(),
    }
}

/// Builds the error for a record that the format cannot express.
pub(in crate::ops) fn unwritable(why: String) -> Error {
    Error::Sqlite { path: None, doing: "write a record out".to_owned(), why }
}
