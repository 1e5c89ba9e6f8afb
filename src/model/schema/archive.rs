//! The archive itself: its identity, stored reports, revision history and the days of its dates.

use super::kind::{Field, Kind, Role, Type};

/// The single row that identifies the archive.
pub static ARCHIVE: Kind = Kind {
    word: "archive",
    table: "archive",
    about: "What this archive is",
    fields: &[
        Field::plain("format", Type::Text, "Always 'onrecord'").derived(),
        Field::plain("version", Type::Integer, "Number of the newest migration").derived(),
        Field::plain("created", Type::Time, "When it was created (UTC)"),
        Field::plain("title", Type::Text, "What it is about"),
        Field::plain("desk", Type::Key, "Key of the source whose verdicts are the archive's own"),
        Field::plain("editor", Type::Text, "Who is writing now").derived(),
    ],
    identity: &[],
    authored: true,
    role: Role::Archive,
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
        Field::plain("columns", Type::Text, "What each column means, a line each"),
        Field::plain("chart", Type::Text, "The chart that suits it"),
        Field::plain("builtin", Type::Flag, "Whether the program keeps it"),
    ],
    identity: &["name"],
    role: Role::Report,
    ..Kind::BASE
};

/// A value that a row had before it was changed or deleted.
pub static REVISION: Kind = Kind {
    word: "revision",
    table: "revisions",
    about: "What a row was before it was changed",
    fields: &[
        Field::plain("at", Type::Time, "When it was changed (UTC)").required(),
        Field::plain("by", Type::Text, "Who changed it"),
        Field::plain("table_name", Type::Text, "The table of the row").required(),
        Field::plain("row_key", Type::Text, "The key of the row").required(),
        Field::plain("action", Type::Text, "update or delete").required(),
        Field::plain("column_name", Type::Text, "The column").required(),
        Field::plain("was", Type::Any, "The value before"),
    ],
    identity: &[],
    append_only: true,
    role: Role::History,
    ..Kind::BASE
};

/// The first and last day of each date that rows state.
pub static DATE: Kind = Kind {
    word: "date",
    table: "dates",
    about: "The days that a date stands for",
    fields: &[
        Field::plain("edtf", Type::Date, "The date as stated").required(),
        Field::plain("earliest", Type::Text, "Its earliest day").derived(),
        Field::plain("latest", Type::Text, "Its latest day").derived(),
        Field::plain("uncertain", Type::Flag, "Marked uncertain").derived(),
        Field::plain("approximate", Type::Flag, "Marked approximate").derived(),
    ],
    identity: &["edtf"],
    role: Role::Derived,
    ..Kind::BASE
};
