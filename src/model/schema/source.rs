//! Sources: anything that says or shows something.

use super::kind::{EXAMPLE_MARK, Field, Kind, Nested, Type, Unique};

/// The kind of source that is a whole book: for it alone an ISBN tells which.
pub const BOOK: &str = "book";

/// A document, footage, a person, a body or an unnamed party that says or shows something.
pub static SOURCE: Kind = Kind {
    word: "source",
    table: "sources",
    about: "A document, footage, a person, a body or an unnamed party that says or shows something",
    fields: &[
        Field::plain("key", Type::Key, "Readable name, unique among sources").required(),
        Field::plain(
            "kind",
            Type::Code("source_kinds"),
            "What it is: article, report, person, organisation, unnamed, …",
        )
        .required(),
        Field::plain(
            "title",
            Type::Text,
            "Title of a document; name and role of a person; description of an unnamed party",
        )
        .required(),
        Field::plain("author", Type::Text, "Who wrote or made it, as named there"),
        Field::plain("outlet", Type::Text, "The publication, channel or account that carried it"),
        Field::plain("publisher", Type::Text, "The body behind the outlet"),
        Field::plain("url", Type::Text, "Where it was found").address(),
        Field::plain("archived_url", Type::Text, "Where an independent archive holds it").address(),
        Field::plain("identifier", Type::Text, "DOI, ISBN or document number"),
        Field::plain("language", Type::Text, "Its language, as a BCP 47 tag such as fr"),
        Field::plain("published", Type::Date, "When it was published (EDTF)"),
        Field::plain("retrieved", Type::Date, "When it was retrieved (EDTF)"),
        Field::plain("rights", Type::Text, "Licence or terms"),
        Field::plain("sha256", Type::Hash, "SHA-256 of its bytes, by which a copy is verified"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["key"],
    nested: &[
        Nested { word: "origin", kind: &ORIGIN, parent: "source", shorthand: None },
        Nested { word: "grade", kind: &GRADE, parent: "source", shorthand: None },
    ],
    authored: true,
    key_from: Some("title"),
    address: Some("url"),
    told_apart_by: &["kind", "outlet", "published", "url"],
    local: &[
        Field::plain("canonical", Type::Text, "Canonical form of its address"),
        Field::plain("canonical_identifier", Type::Text, "Canonical form of its identifier"),
        Field::plain("folded", Type::Text, "Its title as titles are compared"),
    ],
    folded: true,
    revised: true,
    searched: &["title", "author", "outlet", "note"],
    bulk: true,
    template: &[
        ("source", EXAMPLE_MARK),
        ("title", "Flood shuts the bridge at Exampleton"),
        ("source_kind", "article"),
        ("author", "Ben Example"),
        ("outlet", "The Exampleton Courier"),
        ("publisher", "Example Press"),
        ("url", "https://example.org/flood"),
        ("published", "2024-03-06"),
        ("language", "en"),
        ("origin_relation", "cites"),
        ("origin", "Situation report of Exampleton"),
    ],
    ..Kind::BASE
};

/// An edge from a source to the source it draws on.
pub static ORIGIN: Kind = Kind {
    word: "origin",
    table: "source_origins",
    about: "An edge from a source to the source it draws on",
    fields: &[
        Field::new("source", "source_id", Type::Ref("sources"), "The source that draws on another")
            .required(),
        Field::plain(
            "relation",
            Type::Code("origin_relations"),
            "How: translates, syndicates, copies, quotes, cites, revises, speaks_for",
        )
        .required(),
        Field::new("origin", "origin_id", Type::Ref("sources"), "The source it draws on")
            .required(),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["source", "relation", "origin"],
    authored: true,
    uniques: &[Unique::of(&["source_id", "relation", "origin_id"])],
    revised: true,
    bulk: true,
    ..Kind::BASE
};

/// A judgement of how reliable a source is.
pub static GRADE: Kind = Kind {
    word: "grade",
    table: "source_grades",
    about: "A judgement of how reliable a source is",
    fields: &[
        Field::new("source", "source_id", Type::Ref("sources"), "The source graded").required(),
        Field::plain("reliability", Type::Code("reliabilities"), "Admiralty reliability, A to F")
            .required(),
        Field::plain("at", Type::Time, "When it was graded (UTC); now unless given")
            .required()
            .filled_in(),
        Field::new(
            "by",
            "grader_id",
            Type::Ref("sources"),
            "The source that graded it; the desk of the archive unless given",
        )
        .required()
        .or_desk(),
        Field::plain("because", Type::Text, "The reason").required(),
    ],
    identity: &["source", "by", "at", "reliability", "because"],
    authored: true,
    append_only: true,
    append_only_words: "grades are append-only; add a newer one",
    uniques: &[Unique::of(&["source_id", "grader_id", "at"])],
    ..Kind::BASE
};
