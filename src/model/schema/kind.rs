//! The shape of records: what a table is, and what its fields may hold.

use crate::model::coordinates::Hemispheres;
use crate::model::value::Value;

/// The text in the first column of an example row. It can be no key, and the columns in which an
/// import looks for it hold keys.
pub const EXAMPLE_MARK: &str = "example: delete this row";

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A readable unique name: `a-z`, `0-9`, single hyphens.
    Key,
    /// Text, not empty.
    Text,
    /// A date as stated (EDTF).
    Date,
    /// A moment in UTC, to the second.
    Time,
    /// A SHA-256, as 64 hexadecimal digits.
    Hash,
    /// A number; a fraction may be written `"1/3"`.
    Number,
    /// A whole number.
    Integer,
    /// Yes or no; 1 or 0 in the file.
    Flag,
    /// Bytes; base64 in documents.
    Bytes,
    /// Whatever SQLite can hold.
    Any,
    /// A word of the code list in this table.
    Code(&'static str),
    /// A number of the code list in this table.
    CodeNumber(&'static str),
    /// The key of a row in this table.
    Ref(&'static str),
    /// The id of a row in this table, whose rows have no key.
    Id(&'static str),
    /// The key of a row in the table that another field names; the name of that field.
    RefIn(&'static str),
}

/// One field of a record: its name in documents and its column in the file.
#[derive(Debug)]
pub struct Field {
    /// Name in documents, on the command line and in NDJSON.
    pub name: &'static str,
    /// Column in the file.
    pub column: &'static str,
    /// Its type.
    pub ty: Type,
    /// True if a new record must have it.
    pub required: bool,
    /// True if the deed fills it in when nothing is given: a moment, the desk, a figure's key.
    pub filled_in: bool,
    /// The field that says whether this moment was stated or filled in by a load.
    pub stated_in: Option<&'static str>,
    /// True if it follows from other rows: it is written out, never taken in.
    pub derived: bool,
    /// True if it is derived, and the restoration of a whole export takes it in all the same.
    pub carried: bool,
    /// True if it is derived, and documents and tables state it all the same.
    pub told: bool,
    /// True if it is the desk of the archive when nothing is given.
    pub desk: bool,
    /// True if a row of a table may leave it unsaid although a new record needs it; it then holds
    /// this.
    pub in_tables: Option<&'static str>,
    /// `true` for a date that may have a time of day.
    pub timed: bool,
    /// True for the address of one page.
    pub is_address: bool,
    /// The hemispheres of a number in degrees, whose digits nobody groups; `None` for another number.
    pub degrees: Option<Hemispheres>,
    /// True if two archives may differ in it without a conflict: how a copy came, not what it
    /// holds.
    pub incidental: bool,
    /// True if it proves what was captured: no preference gives it up for another archive's.
    pub proof: bool,
    /// True if it stays as it is once the row is there, although the file would let it change: a
    /// figure never moves to another claim by way of an input.
    pub fixed: bool,
    /// The default of the column.
    pub default: Option<&'static str>,
    /// Its meaning, for people.
    pub about: &'static str,
}

impl Field {
    /// A field that may be left out.
    pub const fn new(
        name: &'static str,
        column: &'static str,
        ty: Type,
        about: &'static str,
    ) -> Self {
        Field {
            name,
            column,
            ty,
            required: false,
            filled_in: false,
            stated_in: None,
            derived: false,
            carried: false,
            told: false,
            desk: false,
            in_tables: None,
            timed: false,
            is_address: false,
            degrees: None,
            incidental: false,
            proof: false,
            fixed: false,
            default: None,
            about,
        }
    }

    /// A field named like its column.
    pub const fn plain(name: &'static str, ty: Type, about: &'static str) -> Self {
        Field::new(name, name, ty, about)
    }

    /// Returns true for the value that the file puts there when nothing is given.
    pub fn is_default(&self, value: &Value) -> bool {
        self.default.is_some_and(|default| value.to_string() == default)
    }

    /// The same field, required of a new record.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field, filled in by the deed when nothing is given.
    pub const fn filled_in(mut self) -> Self {
        self.filled_in = true;
        self
    }

    /// The same field, a moment of which another field says whether it was stated.
    pub const fn stated_in(mut self, field: &'static str) -> Self {
        self.stated_in = Some(field);
        self
    }

    /// The same field, filled in with the desk of the archive when nothing is given.
    pub const fn or_desk(mut self) -> Self {
        self.filled_in = true;
        self.desk = true;
        self
    }

    /// The same field, a date that may have a time of day.
    pub const fn timed(mut self) -> Self {
        self.timed = true;
        self
    }

    /// The same field, which a row of a table may leave unsaid: it then holds `value`.
    pub const fn in_tables(mut self, value: &'static str) -> Self {
        self.in_tables = Some(value);
        self
    }

    /// The same field, the address of one page.
    pub const fn address(mut self) -> Self {
        self.is_address = true;
        self
    }

    /// The same field, a number in degrees.
    pub const fn degrees(mut self, hemispheres: Hemispheres) -> Self {
        self.degrees = Some(hemispheres);
        self
    }

    /// The same field, in which two archives may differ without a conflict.
    pub const fn incidental(mut self) -> Self {
        self.incidental = true;
        self
    }

    /// The same field, which proves what was captured.
    pub const fn proof(mut self) -> Self {
        self.proof = true;
        self
    }

    /// The same field, which no input changes once the row is there.
    pub const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }

    /// The same field, with what the file puts there when nothing is given.
    pub const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// The same field, derived.
    pub const fn derived(mut self) -> Self {
        self.derived = true;
        self
    }

    /// The same field, derived, and carried from archive to archive.
    pub const fn carried(mut self) -> Self {
        self.derived = true;
        self.carried = true;
        self
    }

    /// The same field, derived and carried, and stated in documents and tables.
    pub const fn told(mut self) -> Self {
        self.told = true;
        self.carried()
    }
}

/// Records that a document writes inside another record.
#[derive(Debug)]
pub struct Nested {
    /// The word for them there.
    pub word: &'static str,
    /// Their kind.
    pub kind: &'static Kind,
    /// The field of theirs that names the record around them.
    pub parent: &'static str,
    /// The field that a bare string stands for, where a list of strings is allowed.
    pub shorthand: Option<&'static str>,
}

/// A set of columns that no two rows have alike.
#[derive(Debug)]
pub struct Unique {
    /// The columns; the first says most.
    pub columns: &'static [&'static str],
    /// The message of guards for a second row. Empty where the table itself has a UNIQUE set of
    /// these columns: guards then name them. A set with words of its own counts NULLs as equal.
    pub words: &'static str,
}

impl Unique {
    /// A UNIQUE set of the table.
    pub const fn of(columns: &'static [&'static str]) -> Self {
        Unique { columns, words: "" }
    }
}

/// One kind of record: one table of the file.
#[derive(Debug)]
pub struct Kind {
    /// The word for one, in documents and on the command line.
    pub word: &'static str,
    /// The table.
    pub table: &'static str,
    /// A description for people.
    pub about: &'static str,
    /// Its fields, in the order in which they are written out.
    pub fields: &'static [Field],
    /// The fields that tell one from another.
    pub identity: &'static [&'static str],
    /// The fields of the identity that a correction may change, where one row alone has the others.
    pub correctable: &'static [&'static str],
    /// The records that a document may nest in it.
    pub nested: &'static [Nested],
    /// True if people write it in documents; the rest travels by NDJSON alone.
    pub authored: bool,
    /// True if rows are only ever added.
    pub append_only: bool,
    /// The role of its rows in the archive.
    pub role: Role,
    /// The field that a key is made from where none is given: a title, a name, a sentence. `None`
    /// where a key is always given or made of `key_parts`.
    pub key_from: Option<&'static str>,
    /// The look-up of a row equal to a record without a key.
    pub found_by: FoundBy,
    /// The field of its address on the web. Two rows at one address are one, whatever they are
    /// called, unless their kind of source can speak: people and bodies may share a page.
    pub address: Option<&'static str>,
    /// The fields that tell two records of one `key_from` apart: two records are the same where
    /// every one of these that both state agrees.
    pub told_apart_by: &'static [&'static str],
    /// The fields whose values, joined by a hyphen, are the key where none is given.
    pub key_parts: &'static [&'static str],
    /// The field of a number that may be stated in words, which then also say what others hold: a range,
    /// a qualifier. Empty where there is none.
    pub amount: &'static str,
    /// Columns that no export or merge takes out of the file: ids, and values derived from other
    /// columns.
    pub local: &'static [Field],
    /// `true` where names are compared in one form of case, space and letter variants, which the column
    /// `folded` holds.
    pub folded: bool,
    /// The fields that name a row in `revisions.row_key`; empty where the identity does.
    pub history: &'static [&'static str],
    /// UNIQUE constraints other than those on id and key.
    pub uniques: &'static [Unique],
    /// Columns other than the id that never change. A key may change once `aliases` holds the old one.
    pub fixed: &'static [&'static str],
    /// The message with which guards refuse to change or delete a row of an append-only table, such as
    /// "retractions are append-only"; empty for other tables.
    pub append_only_words: &'static str,
    /// `true` where triggers keep the former values of a changed or deleted row in `revisions`.
    pub revised: bool,
    /// The columns that a verdict is about. A change of one, as well as a row that is added or removed,
    /// makes the verdicts on the claim stale.
    pub judged: &'static [&'static str],
    /// The columns whose words are in the search index of the table.
    pub searched: &'static [&'static str],
    /// The column that refers to the row with which words of this one are searched, and the column of
    /// these words.
    pub searched_in: Option<(&'static str, &'static str)>,
    /// References that prevent the deletion of a row with a message of their own: the table and the
    /// column that refer to the row, and the message.
    pub kept_by: &'static [(&'static str, &'static str, &'static str)],
    /// The table whose rows retract rows of this one, and its column that refers to them. A retracted
    /// row stays on record, and is left out of documents.
    pub retracted_in: Option<(&'static str, &'static str)>,
    /// The columns of its empty table for people to fill in, each with its cell of the example row. The
    /// first is of keys and holds the mark of examples. A cell is empty where the example states nothing.
    /// Empty where there is no such table.
    pub template: &'static [(&'static str, &'static str)],
    /// The kinds whose empty tables stand beside it in a workbook: what its rows name, and do not describe.
    pub template_with: &'static [&'static Kind],
    /// `true` where guards are generated from this description; those of few tables are written by hand.
    pub guarded: bool,
    /// `true` where a bulk load adds rows with the guards suspended.
    pub bulk: bool,
}

/// The look-up of a row equal to a record whose key is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// By the text of `key_from`.
    Text,
    /// By the key that would be proposed, and those with a number behind it: a table of many rows
    /// has no index on its text.
    Key,
    /// By the text of `key_from`, or by another name in a table of names.
    Names {
        /// The table of names.
        table: &'static str,
        /// Its column that names the row.
        owner: &'static str,
        /// Its column with the name.
        name: &'static str,
    },
}

/// The role of the rows of a kind. It decides how they travel between archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Statements of sources and judgements of people.
    Content,
    /// A part of another row, which it goes with: evidence of a verdict.
    Part,
    /// A code list, which each archive words as it likes.
    CodeList,
    /// The one row that says what the archive is.
    Archive,
    /// The description of a report, which goes with its view.
    Report,
    /// Former values of changed rows.
    History,
    /// Rows derived from other rows.
    Derived,
    /// A captured copy, told by its bytes.
    Copy,
}

impl Kind {
    /// A kind of which nothing is said yet; the kinds below fill in what is theirs.
    pub(super) const BASE: Kind = Kind {
        word: "",
        table: "",
        about: "",
        fields: &[],
        identity: &[],
        correctable: &[],
        nested: &[],
        authored: false,
        append_only: false,
        role: Role::Content,
        key_from: None,
        found_by: FoundBy::Text,
        address: None,
        told_apart_by: &[],
        key_parts: &[],
        amount: "",
        local: &[],
        folded: false,
        history: &[],
        uniques: &[],
        fixed: &[],
        append_only_words: "",
        revised: false,
        judged: &[],
        searched: &[],
        searched_in: None,
        kept_by: &[],
        retracted_in: None,
        template: &[],
        template_with: &[],
        guarded: true,
        bulk: false,
    };

    /// Returns true if a new record without this field is incomplete.
    pub fn asks_for(field: &Field) -> bool {
        field.required && !field.filled_in
    }

    /// Returns true if people have to state a field of a new record: it asks for the field, and
    /// does not make it from others.
    pub fn must_be_stated(&self, field: &Field) -> bool {
        Kind::asks_for(field) && !(field.name == "key" && self.makes_keys())
    }

    /// Returns true if a new record without a key gets one made from its other fields.
    pub fn makes_keys(&self) -> bool {
        self.key_from.is_some() || !self.key_parts.is_empty()
    }

    /// Returns true if a record of the kind can be referred to by what it is called, in place of its
    /// key.
    pub fn goes_by_name(&self) -> bool {
        self.key_from.is_some()
    }

    /// The position of a field.
    pub fn position(&self, name: &str) -> Option<usize> {
        // Asked many times a row: most names differ in their first letter.
        let first = name.as_bytes().first();
        let is_named = |field: &Field| field.name.as_bytes().first() == first && field.name == name;
        self.fields.iter().position(is_named)
    }

    /// What the file puts into a field when nothing is given; empty where that is nothing.
    pub fn default_of(&self, name: &str) -> &'static str {
        self.position(name).and_then(|n| self.fields[n].default).unwrap_or_default()
    }

    /// The fields of the identity that every row states; the others tell rows apart that are alike in these.
    pub fn stated_identity(&self) -> impl Iterator<Item = &'static Field> {
        let fields = self.identity.iter().filter_map(|name| self.position(name));
        let (all, stated) = (self.fields, |field: &&Field| field.required);
        fields.map(|n| &all[n]).filter(stated)
    }

    /// The fields that name a row in `revisions.row_key`: those that are stated, joined by " | ".
    pub fn history_name(&self) -> &'static [&'static str] {
        if self.history.is_empty() { self.identity } else { self.history }
    }

    /// The name of a row in the history, joined as the triggers join it.
    pub fn row_name(&self, row: &[Value]) -> String {
        let values = self.history_name().iter().filter_map(|name| self.position(name));
        let stated = values.map(|n| &row[n]).filter(|value| !value.is_null());
        stated.map(Value::to_string).collect::<Vec<_>>().join(" | ")
    }

    /// The column by which other rows and documents name a row of this kind.
    pub fn name_column(&self) -> &'static str {
        match self.identity {
            ["key"] => "key",
            ["code"] => "code",
            _ => "name",
        }
    }

    /// True for the kind of the rows of this table.
    pub fn is_of(&self, table: &str) -> bool {
        self.table == table
    }

    /// Returns true if it is the kind `other`.
    pub fn is(&self, other: &Kind) -> bool {
        std::ptr::eq(self, other)
    }

    /// Returns true if rows have a key.
    pub fn keyed(&self) -> bool {
        self.identity == ["key"]
    }

    /// Returns true if its rows are recorded as those of operations: what people put in, and not
    /// what the program says of the file itself.
    pub fn is_recorded(&self) -> bool {
        matches!(self.role, Role::Content | Role::Part | Role::Copy)
    }

    /// The field that refers to another row of the same table as a part to its whole: the place
    /// around a place, the denominator of a figure. That row has to be written first.
    pub fn whole(&self) -> Option<&'static Field> {
        let refers = |field: &&Field| field.ty == Type::Ref(self.table);
        self.fields.iter().find(refers).filter(|_| self.keyed())
    }
}
