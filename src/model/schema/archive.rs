//! The archive itself: its identity, stored reports, revision history and the days of its dates.

use super::kind::{Field, Kind, Role, Type, Unique};

/// The single row that identifies the archive.
pub static ARCHIVE: Kind = Kind {
    word: "archive",
    table: "archive",
    about: "The identity of this archive",
    fields: &[
        Field::plain("format", Type::Text, "Always 'onrecord'").derived(),
        Field::plain("version", Type::Integer, "Number of the newest migration").derived(),
        Field::plain("created", Type::Time, "When it was created (UTC)"),
        Field::plain("title", Type::Text, "What it is about"),
        Field::plain("desk", Type::Key, "Key of the source whose verdicts are the archive's own"),
        Field::plain("editor", Type::Text, "The person who is writing").derived(),
    ],
    identity: &[],
    authored: true,
    role: Role::Archive,
    local: &[
        Field::plain("installed", Type::Integer, "Number of the installed text").required(),
        Field::new(
            "operation",
            "operation",
            Type::Id("operations"),
            "The operation that is writing",
        ),
        Field::plain("last_claim", Type::Integer, "The last claim that was there before it"),
    ],
    guarded: false,
    ..Kind::BASE
};

/// A report stored in the file.
pub static REPORT: Kind = Kind {
    word: "report",
    table: "reports",
    about: "A report stored in the file",
    fields: &[
        Field::plain("name", Type::Text, "Name of the report").required(),
        Field::plain("title", Type::Text, "Title in a few words").required(),
        Field::plain("question", Type::Text, "The question it answers"),
        Field::plain("columns", Type::Text, "Meaning of each column, a line each"),
        Field::plain("chart", Type::Text, "The chart that it declares"),
        Field::plain(
            "builtin",
            Type::Flag,
            "1 when the program keeps it up to date, 0 for your own",
        ),
    ],
    identity: &["name"],
    role: Role::Report,
    uniques: &[Unique::of(&["name"])],
    fixed: &["name"],
    ..Kind::BASE
};

/// A value that a row had before it was changed or deleted.
pub static REVISION: Kind = Kind {
    word: "revision",
    table: "revisions",
    about: "An earlier value of a row that was changed or deleted",
    fields: &[
        Field::plain("at", Type::Time, "When it was changed (UTC)").required(),
        Field::plain("by", Type::Text, "Who changed it"),
        Field::plain("table_name", Type::Text, "The table of the row").required(),
        Field::plain("row_key", Type::Text, "The key of the row").required(),
        Field::plain("action", Type::Text, "update or delete").required(),
        Field::plain("column_name", Type::Text, "The column").required(),
        Field::plain("was", Type::Any, "The value before"),
        Field::new(
            "operation",
            "operation_id",
            Type::Id("operations"),
            "The operation that made the change",
        ),
    ],
    identity: &[],
    append_only: true,
    role: Role::History,
    local: &[Field::plain("row_id", Type::Integer, "The id of the row")],
    append_only_words: "revisions are append-only",
    ..Kind::BASE
};

/// The first and last day of each date that rows state.
pub static DATE: Kind = Kind {
    word: "date",
    table: "dates",
    about: "The earliest and latest day of a date",
    fields: &[
        Field::plain("edtf", Type::Date, "The date as stated").timed().required(),
        Field::plain("earliest", Type::Text, "Its earliest day").derived(),
        Field::plain("latest", Type::Text, "Its latest day").derived(),
        Field::plain("uncertain", Type::Flag, "1 when marked uncertain").derived(),
        Field::plain("approximate", Type::Flag, "1 when marked approximate").derived(),
    ],
    identity: &["edtf"],
    role: Role::Derived,
    guarded: false,
    ..Kind::BASE
};

/// An operation of the program on the file.
pub static OPERATION: Kind = Kind {
    word: "operation",
    table: "operations",
    about: "An operation of the program on the file",
    fields: &[
        Field::plain("at", Type::Time, "When it began (UTC)").required(),
        Field::plain("by", Type::Text, "Who ran it"),
        Field::plain("command", Type::Text, "The command").required(),
        Field::plain("summary", Type::Text, "Its result, in a few words"),
        Field::plain("because", Type::Text, "The reason given"),
        Field::plain("undoes", Type::Id("operations"), "The operation that it undoes"),
        Field::plain("added", Type::Integer, "The number of rows that it added in another file"),
        Field::plain("document", Type::Bytes, "The rows it removed, as compressed NDJSON"),
        Field::plain("document_rows", Type::Integer, "The number of rows in document"),
        Field::plain("last_assessment", Type::Integer, "The last verdict at its end"),
    ],
    append_only: true,
    append_only_words: "operations are append-only",
    role: Role::History,
    ..Kind::BASE
};

/// An input that an operation read.
pub static OPERATION_INPUT: Kind = Kind {
    word: "operation_input",
    table: "operation_inputs",
    about: "An input of an operation",
    fields: &[
        Field::new("operation", "operation_id", Type::Id("operations"), "The operation").required(),
        Field::plain("name", Type::Text, "The name of the input").required(),
        Field::plain("sha256", Type::Hash, "SHA-256 of its bytes"),
        Field::plain("bytes", Type::Integer, "Its size in bytes"),
    ],
    append_only: true,
    append_only_words: "what an operation read is append-only",
    role: Role::History,
    ..Kind::BASE
};

/// A range of rows that an operation added.
pub static OPERATION_RANGE: Kind = Kind {
    word: "operation_range",
    table: "operation_ranges",
    about: "A range of rows that an operation added",
    fields: &[
        Field::new("operation", "operation_id", Type::Id("operations"), "The operation").required(),
        Field::plain("table_name", Type::Text, "The table of the rows").required(),
        Field::plain("first_id", Type::Integer, "The id of the first row").required(),
        Field::plain("last_id", Type::Integer, "The id of the last row").required(),
    ],
    append_only: true,
    append_only_words: "what an operation added is append-only",
    role: Role::History,
    ..Kind::BASE
};

/// Bytes of a removed row that are too many for the document of the operation that removed it.
pub static REMOVED_BYTES: Kind = Kind {
    word: "removed_bytes",
    table: "removed_bytes",
    about: "Bytes that an operation removed, too many for its document",
    fields: &[
        Field::new("operation", "operation_id", Type::Id("operations"), "The operation").required(),
        Field::plain("data", Type::Bytes, "The bytes").required(),
    ],
    append_only: true,
    append_only_words: "what an operation removed is append-only",
    role: Role::History,
    ..Kind::BASE
};

/// A key that a row had before.
pub static ALIAS: Kind = Kind {
    word: "alias",
    table: "aliases",
    about: "A former key of a row",
    fields: &[
        Field::plain("table_name", Type::Text, "The table of the row").required(),
        Field::plain("alias", Type::Key, "The former key").required(),
        Field::new("key", "row_id", Type::RefIn("table_name"), "The key of the row")
            .required()
            .fixed(),
    ],
    identity: &["table_name", "alias"],
    uniques: &[Unique::of(&["table_name", "alias"])],
    fixed: &["table_name", "alias"],
    authored: true,
    revised: true,
    ..Kind::BASE
};

/// The meaning of a table or column.
pub static COLUMN_MEANING: Kind = Kind {
    word: "column",
    table: "columns",
    about: "The meaning of a table or column",
    fields: &[
        Field::plain("table_name", Type::Text, "The table or view").required(),
        Field::plain("column_name", Type::Text, "Its column; empty for the table itself")
            .required(),
        Field::plain("meaning", Type::Text, "Its meaning").required(),
    ],
    identity: &["table_name", "column_name"],
    uniques: &[Unique::of(&["table_name", "column_name"])],
    fixed: &["table_name", "column_name"],
    role: Role::Derived,
    ..Kind::BASE
};
