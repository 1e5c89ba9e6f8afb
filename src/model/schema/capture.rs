//! Captured copies of sources.

use super::kind::{Field, Kind, Role, Type, Unique};

/// A captured copy in the SQLite Archive format.
pub static FILE: Kind = Kind {
    word: "file",
    table: "sqlar",
    about: "A captured copy in the SQLite Archive format",
    fields: &[
        Field::plain("name", Type::Text, "Path of the copy inside the archive").required(),
        Field::plain("mode", Type::Integer, "File permissions").incidental(),
        Field::plain(
            "mtime",
            Type::Integer,
            "When the file was last changed, in seconds since 1970",
        )
        .incidental(),
        Field::plain("sz", Type::Integer, "Size before compression, in bytes").incidental(),
        Field::plain("data", Type::Bytes, "The bytes, compressed with zlib when that is smaller")
            .proof(),
    ],
    identity: &["name"],
    role: Role::Copy,
    uniques: &[Unique::of(&["name"])],
    fixed: &["name"],
    ..Kind::BASE
};

/// The link between a captured copy and the source it is a copy of.
pub static CAPTURE: Kind = Kind {
    word: "capture",
    table: "captures",
    about: "The source of a captured copy, and its checksum",
    fields: &[
        Field::new("source", "source_id", Type::Ref("sources"), "The source").required().proof(),
        Field::new("file", "sqlar_id", Type::Ref("sqlar"), "The copy").required(),
        Field::plain("sha256", Type::Hash, "SHA-256 of the uncompressed bytes").proof(),
        Field::plain("media_type", Type::Text, "Media type of the bytes"),
        Field::plain("captured_at", Type::Time, "When it was made or attached (UTC)").incidental(),
        Field::plain("url", Type::Text, "The address it was made from"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["file"],
    role: Role::Copy,
    history: &["source", "file"],
    uniques: &[Unique::of(&["sqlar_id"])],
    fixed: &["sqlar_id"],
    revised: true,
    ..Kind::BASE
};

/// A part of a captured copy that is too large for one row, behind the first part.
pub static CAPTURE_PART: Kind = Kind {
    word: "capture_part",
    table: "capture_parts",
    about: "A part of a captured copy that is too large for one row",
    fields: &[
        Field::new("first", "first_id", Type::Ref("sqlar"), "The first part of the copy")
            .required()
            .proof(),
        Field::plain("part", Type::Integer, "The number of this part, from 2 on")
            .required()
            .proof(),
        Field::new("file", "sqlar_id", Type::Ref("sqlar"), "This part").required(),
    ],
    identity: &["file"],
    role: Role::Copy,
    uniques: &[Unique::of(&["sqlar_id"]), Unique::of(&["first_id", "part"])],
    fixed: &["first_id", "part", "sqlar_id"],
    ..Kind::BASE
};
