//! Doubts that a person set aside.

use super::kind::{Field, Kind, Type};

/// A doubt of a check that a person looked at and set aside.
pub static ACCEPTED_DOUBT: Kind = Kind {
    word: "accepted_doubt",
    table: "accepted_doubts",
    about: "A doubt of a check that a person looked at and set aside",
    fields: &[
        Field::plain("check_name", Type::Text, "The check that raised it").required(),
        Field::plain("table_name", Type::Text, "The table of the row in doubt").required(),
        Field::plain("row_key", Type::Text, "The key of that row").required(),
        Field::plain("finding", Type::Text, "What the doubt said").required(),
        Field::plain("at", Type::Time, "When it was set aside (UTC)").required().filled_in(),
        Field::plain("by", Type::Text, "Who set it aside"),
        Field::plain("because", Type::Text, "The reason").required(),
    ],
    identity: &["check_name", "table_name", "row_key", "finding", "at"],
    local: &[Field::plain(
        "revision_id",
        Type::Integer,
        "The last revision of the file when it was set aside",
    )],
    revised: true,
    ..Kind::BASE
};
