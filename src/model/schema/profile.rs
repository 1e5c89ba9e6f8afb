//! Profiles: the options by which tables of one kind are read.

use super::kind::{Field, Kind, Type};

/// The options by which tables with certain headings are read.
pub static PROFILE: Kind = Kind {
    word: "profile",
    table: "profiles",
    about: "How tables of one kind are imported",
    fields: &[
        Field::plain("key", Type::Key, "Readable name, unique among profiles").required(),
        Field::plain("title", Type::Text, "The tables that it reads, in a few words"),
        Field::plain(
            "headings",
            Type::Text,
            "The headings by which a table is recognised, one on each line",
        )
        .required(),
        Field::plain(
            "options",
            Type::Text,
            "The options of `import`, one on each line, without quotation marks",
        )
        .required(),
        Field::plain("note", Type::Text, "What it assumes, said whenever it is used"),
    ],
    identity: &["key"],
    authored: true,
    revised: true,
    ..Kind::BASE
};
