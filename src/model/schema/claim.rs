//! Claims (one checkable proposition each), their places, mentions and links.

use super::assessment::ASSESSMENT;
use super::figure::{FIGURE, MEASURE};
use super::kind::{EXAMPLE_MARK, Field, FoundBy, Kind, Nested, Type, Unique};
use super::location::LOCATION;
use super::source::SOURCE;

/// One checkable proposition, in the words of the archive.
pub static CLAIM: Kind = Kind {
    word: "claim",
    table: "claims",
    about: "One checkable proposition in your own words",
    fields: &[
        Field::plain("key", Type::Key, "Readable name, unique among claims").required(),
        Field::plain("text", Type::Text, "The proposition, in one sentence").required(),
        Field::plain(
            "kind",
            Type::Code("claim_kinds"),
            "event, state, quantity, forecast, intention or opinion",
        )
        .required()
        .in_tables("unsorted"),
        Field::plain("happened", Type::Date, "When it happened or held (EDTF)").timed(),
        Field::plain(
            "due",
            Type::Date,
            "By when a forecast or an intention should come true (EDTF)",
        ),
        Field::plain(
            "date_precision",
            Type::CodeNumber("date_precisions"),
            "Precision of the date in a data set (UCDP, 1 to 5)",
        ),
        Field::plain(
            "status",
            Type::Code("statuses"),
            "The current verdict; it follows from the assessments",
        )
        .derived(),
        Field::plain(
            "version",
            Type::Integer,
            "Version of what a verdict is about, from 1 on; triggers keep it",
        )
        .or("1")
        .carried(),
        Field::plain("withdrawn", Type::Text, "Why it was withdrawn; reports leave it out"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["key"],
    nested: &[
        Nested { word: "places", kind: &PLACE, parent: "claim", shorthand: Some("location") },
        Nested { word: "mention", kind: &MENTION, parent: "claim", shorthand: None },
        Nested { word: "figure", kind: &FIGURE, parent: "claim", shorthand: None },
        Nested { word: "assessment", kind: &ASSESSMENT, parent: "claim", shorthand: None },
    ],
    authored: true,
    key_from: Some("text"),
    found_by: FoundBy::Key,
    told_apart_by: &["happened"],
    revised: true,
    judged: &["text", "kind", "happened", "due", "date_precision"],
    searched: &["text", "note"],
    kept_by: &[(
        "assessments",
        "claim_id",
        "an assessed claim stays; UPDATE claims SET withdrawn = the reason, and reports leave it out",
    )],
    bulk: true,
    template: &[
        ("claim", EXAMPLE_MARK),
        ("text", "People left their homes in Exampleton"),
        ("kind", "event"),
        ("happened", "2024-03"),
        // What happened is not due.
        ("due", ""),
        ("source", "Flood shuts the bridge at Exampleton"),
        ("speaker", "Ada Example, mayor of Exampleton"),
        ("stance", "asserts"),
        ("locator", "¶2"),
        ("quote", "At least 140 people have left"),
        ("said_on", "2024-03-05"),
        ("place", "Exampleton"),
        ("measure", "People displaced in Exampleton"),
        ("value", "at least 140"),
        ("status", "reported"),
        ("because", "One newspaper, which names one official"),
        ("at", "2024-03-07T09:00:00Z"),
        ("evidence_source", "Situation report of Exampleton"),
    ],
    template_with: &[&SOURCE, &LOCATION, &MEASURE],
    ..Kind::BASE
};

/// A place where a claim happened or holds.
pub static PLACE: Kind = Kind {
    word: "place",
    table: "claim_locations",
    about: "A place where a claim happened or holds",
    fields: &[
        Field::new("claim", "claim_id", Type::Ref("claims"), "The claim").required(),
        Field::new("location", "location_id", Type::Ref("locations"), "The place").required(),
        Field::plain(
            "relation",
            Type::Code("place_relations"),
            "at (unless said), within, unnamed_within, near or toward",
        )
        .or("at"),
        Field::plain("words", Type::Text, "The words of the source for the place"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["claim", "location", "relation"],
    correctable: &["relation"],
    authored: true,
    history: &["claim", "relation", "location"],
    uniques: &[Unique::of(&["claim_id", "location_id", "relation"])],
    revised: true,
    judged: &["claim_id", "location_id", "relation"],
    bulk: true,
    ..Kind::BASE
};

/// A mention: a source states, or denies, a claim.
pub static MENTION: Kind = Kind {
    word: "mention",
    table: "mentions",
    about: "A source states, or denies, a claim",
    fields: &[
        Field::new("claim", "claim_id", Type::Ref("claims"), "The claim").required(),
        Field::new(
            "source",
            "source_id",
            Type::Ref("sources"),
            "The document or footage that carries it",
        )
        .required(),
        Field::new(
            "speaker",
            "speaker_id",
            Type::Ref("sources"),
            "Who says it there, if not the source itself",
        ),
        Field::plain(
            "stance",
            Type::Code("stances"),
            "asserts (unless said), supports, disputes, denies or retracts",
        )
        .or("asserts"),
        Field::plain(
            "hedge",
            Type::Code("hedges"),
            "none (unless said), reported, alleged, unconfirmed, estimated, possible or feared",
        )
        .or("none"),
        Field::plain("locator", Type::Text, "Where in the source: ¶8, p. 12, 00:41"),
        Field::plain("quote", Type::Text, "A short quotation in the source's language"),
        Field::plain("said_on", Type::Date, "When it was said (EDTF)").timed(),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["claim", "source", "speaker", "locator", "stance"],
    correctable: &["stance"],
    authored: true,
    history: &["claim", "source", "speaker", "locator"],
    uniques: &[Unique {
        columns: &["claim_id", "source_id", "speaker_id", "locator", "stance"],
        words: "this source, speaker, locator and stance are recorded for this claim already",
    }],
    revised: true,
    judged: &["claim_id", "stance"],
    searched_in: Some(("claim_id", "quote")),
    bulk: true,
    template: &[
        ("claim", EXAMPLE_MARK),
        ("source", "Flood shuts the bridge at Exampleton"),
        ("speaker", "Ada Example, mayor of Exampleton"),
        ("stance", "asserts"),
        ("hedge", "estimated"),
        ("locator", "p. 2"),
        ("quote", "At least 140 people have left"),
        ("said_on", "2024-03-05"),
    ],
    ..Kind::BASE
};

/// A link between two claims.
pub static LINK: Kind = Kind {
    word: "link",
    table: "claim_links",
    about: "A relation between two claims",
    fields: &[
        Field::new("from", "from_id", Type::Ref("claims"), "The claim that bears on the other")
            .required(),
        Field::plain(
            "relation",
            Type::Code("link_relations"),
            "contradicts, in_tension_with, supports, updates, corrects, duplicates, part_of or same_event",
        )
        .required(),
        Field::new("to", "to_id", Type::Ref("claims"), "The other claim").required(),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["from", "relation", "to"],
    correctable: &["relation"],
    authored: true,
    uniques: &[Unique::of(&["from_id", "relation", "to_id"])],
    revised: true,
    ..Kind::BASE
};

/// The links of a claim to others. A document writes them beside the claim.
pub static LINKS: Nested = Nested { word: "link", kind: &LINK, parent: "from", shorthand: None };
