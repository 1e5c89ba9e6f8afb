//! Records as read from a document, a table or flags, before they are written as rows.

use super::address::{canonical_address, canonical_identifier, is_home_page};
use super::amount::{Amount, Beside};
use super::fold::fold_name;
use super::key::is_stand_in;
use super::problem::SourcePos;
use super::schema::{BOOK, Field, Kind};
use super::value::Value;

/// A stated value and its position in the input.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The value; `Null` when a document states `null`, which clears the column.
    pub value: Value,
    /// The position of the value.
    pub pos: SourcePos,
    /// True when the stated value is not valid for the field. That is reported as a problem of its
    /// own, and `value` is `Null`.
    pub bad: bool,
}

/// An amount and the words that state it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedAmount {
    /// The amount.
    pub amount: Amount,
    /// Its words.
    pub text: String,
    /// What the words say beside the amount.
    pub beside: Beside,
    /// The problem of its two readings, where it has one reading only if its measure counts things one by
    /// one.
    pub unless_counted: Option<String>,
}

/// A record as read from an input: one future row.
#[derive(Clone, Debug)]
pub struct Record {
    /// The kind: its table and fields.
    pub kind: &'static Kind,
    /// The position at which it begins.
    pub pos: SourcePos,
    /// The stated value of each field of the kind, in the same order; `None` where nothing is
    /// stated.
    pub values: Vec<Option<FieldValue>>,
    /// The field that refers to the enclosing record, when there is one: it need not be stated.
    pub filled: Option<&'static str>,
    /// True when the key was generated from the record's own text. If an existing row with that key
    /// has the same identity, the record is that row; otherwise the record takes the next free key.
    pub proposed: bool,
    /// The amount from whose words its number was read. It may say more than the number: a range, how
    /// exact it is. The import settles it with the fields that are given.
    pub amount: Option<Box<StatedAmount>>,
    /// Records that belong to this one, which has no key they could refer to (evidence of a
    /// verdict).
    pub parts: Vec<Record>,
}

impl Record {
    /// A record with no field stated.
    pub fn new(kind: &'static Kind, pos: SourcePos) -> Self {
        Record {
            kind,
            pos,
            values: vec![None; kind.fields.len()],
            filled: None,
            proposed: false,
            amount: None,
            parts: Vec::new(),
        }
    }

    /// Returns the stated value of a field.
    pub fn given(&self, name: &str) -> Option<&FieldValue> {
        self.values[self.kind.position(name)?].as_ref()
    }

    /// The fields of the record and of its parts, each with its value.
    pub fn fields_and_parts_mut(
        &mut self,
    ) -> impl Iterator<Item = (&'static Field, &mut Option<FieldValue>)> {
        let parts = self.parts.iter_mut().flat_map(|part| {
            let kind = part.kind;
            kind.fields.iter().zip(&mut part.values)
        });
        self.kind.fields.iter().zip(&mut self.values).chain(parts)
    }

    /// Returns the stated text of a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.given(name)?.value.as_text()
    }

    /// Sets a field; a name that the kind does not have is ignored.
    pub fn set(&mut self, name: &str, value: Value, pos: SourcePos) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = Some(FieldValue { value, pos, bad: false });
        }
    }

    /// Sets the field of an amount; what else the amount says is settled when all fields are read.
    pub fn state_amount(&mut self, name: &str, stated: StatedAmount, pos: SourcePos) {
        let value = stated.amount.value.clone().unwrap_or(Value::Null);
        self.set(name, value, pos);
        self.amount = Some(Box::new(stated));
    }

    /// Marks a field as stated with an invalid value.
    pub fn set_bad(&mut self, name: &str, pos: SourcePos) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = Some(FieldValue { value: Value::Null, pos, bad: true });
        }
    }

    /// Sets the position of a field that is stated.
    pub fn place(&mut self, name: &str, pos: SourcePos) {
        let given = self.kind.position(name).and_then(|position| self.values[position].as_mut());
        if let Some(given) = given {
            given.pos = pos;
        }
    }

    /// The name of the record as it is compared with others; `None` where its kind has no name, or none is stated.
    pub fn compared_name(&self) -> Option<String> {
        let name = self.text(self.kind.key_from?)?;
        Some(if self.kind.folded { fold_name(name) } else { name.to_owned() })
    }

    /// The canonical forms of its address and identifier, by which it is known to be a work that is there
    /// already; at most two. A home page says
    /// nothing of which page is meant. Whether its kind can speak, and so shares its page with others, is not asked.
    pub fn works(&self) -> Vec<String> {
        let Some(address) = self.kind.address else { return Vec::new() };
        let whole_book = self.text("kind") == Some(BOOK);
        let identifier = self.text("identifier");
        let works = [
            self.text(address).and_then(canonical_address).filter(|work| !is_home_page(work)),
            identifier.and_then(|text| canonical_identifier(text, whole_book)),
        ];
        works.into_iter().flatten().collect()
    }

    /// Clears a field, as if it had not been stated.
    pub fn unset(&mut self, name: &str) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = None;
        }
    }

    /// Returns a name for messages: the word of its kind and its key, or the word alone.
    pub fn name(&self) -> String {
        match self.text("key") {
            Some(key) if self.kind.keyed() && !is_stand_in(key) => {
                format!("{} {key}", self.kind.word)
            }
            _ => self.kind.word.to_owned(),
        }
    }
}
