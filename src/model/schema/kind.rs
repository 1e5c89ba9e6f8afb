//! The shape of records: what a table is, and what its fields may hold.

/// What a field may hold.
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
}

/// One field of a record: its name in documents and its column in the file.
#[derive(Debug)]
pub struct Field {
    /// Name in documents, on the command line and in NDJSON.
    pub name: &'static str,
    /// Column in the file.
    pub column: &'static str,
    /// What it may hold.
    pub ty: Type,
    /// Whether a new record must have it.
    pub required: bool,
    /// Whether the deed fills it in when nothing is given: a moment, the desk, a figure's key.
    pub filled_in: bool,
    /// Whether it follows from other rows: it is written out, never taken in.
    pub derived: bool,
    /// What the file puts there when nothing is given.
    pub default: Option<&'static str>,
    /// What it means, for people.
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
            derived: false,
            default: None,
            about,
        }
    }

    /// A field named like its column.
    pub const fn plain(name: &'static str, ty: Type, about: &'static str) -> Self {
        Field::new(name, name, ty, about)
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

/// One kind of record: one table of the file.
#[derive(Debug)]
pub struct Kind {
    /// The word for one, in documents and on the command line.
    pub word: &'static str,
    /// The table.
    pub table: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// Its fields, in the order in which they are written out.
    pub fields: &'static [Field],
    /// The fields that tell one from another.
    pub identity: &'static [&'static str],
    /// What a document may write inside it.
    pub nested: &'static [Nested],
    /// Whether people write it in documents; the rest travels by NDJSON alone.
    pub authored: bool,
    /// Whether rows are only ever added.
    pub append_only: bool,
}

impl Kind {
    /// A kind of which nothing is said yet; the kinds below fill in what is theirs.
    pub(super) const BASE: Kind = Kind {
        word: "",
        table: "",
        about: "",
        fields: &[],
        identity: &[],
        nested: &[],
        authored: false,
        append_only: false,
    };

    /// Whether people have to give a field to a new record.
    pub fn asks_for(field: &Field) -> bool {
        field.required && !field.filled_in
    }

    /// The position of a field.
    pub fn position(&self, name: &str) -> Option<usize> {
        // Asked many times a row: most names differ in their first letter.
        let first = name.as_bytes().first();
        let fits = |field: &Field| field.name.as_bytes().first() == first && field.name == name;
        self.fields.iter().position(fits)
    }

    /// The fields that name a row in `revisions.row_key`: those that are stated, joined by " | ". As the
    /// triggers in migrations/ write it.
    pub fn history_name(&self) -> &'static [&'static str] {
        match self.table {
            "claim_locations" => &["claim", "relation", "location"],
            "mentions" => &["claim", "source", "speaker", "locator"],
            "captures" => &["source", "file"],
            _ => self.identity,
        }
    }

    /// Whether rows have a key.
    pub fn keyed(&self) -> bool {
        self.identity == ["key"]
    }
}
