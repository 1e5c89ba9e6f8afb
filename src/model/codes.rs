//! Code lists: the closed vocabularies of the file, with their definitions. Tables of the file, so
//! that any tool can show them and a desk can widen them; not enums, which would know only the
//! words of the day they were compiled.

use super::record::{Field, Kind, Type};

/// Verdicts on a claim.
pub static STATUS: Kind = Kind {
    word: "status",
    table: "statuses",
    about: "Verdicts on a claim",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("assignable", Type::Flag, "Whether an assessment may give it"),
        Field::plain("airwars", Type::Text, "Nearest Airwars grading"),
        Field::plain("meedan_check", Type::Text, "Nearest status of Check"),
        Field::plain("claimreview", Type::Text, "ClaimReview alternateName"),
        Field::plain("claimreview_rating", Type::Integer, "ClaimReview ratingValue, 1 to 5"),
        Field::plain(
            "admiralty",
            Type::CodeNumber("credibilities"),
            "Nearest Admiralty credibility",
        ),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// Admiralty reliability of a source.
pub static RELIABILITY: Kind = Kind {
    word: "reliability",
    table: "reliabilities",
    about: "Admiralty reliability of a source",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// Admiralty credibility of information.
pub static CREDIBILITY: Kind = Kind {
    word: "credibility",
    table: "credibilities",
    about: "Admiralty credibility of information",
    fields: &[
        Field::plain("code", Type::Integer, "The number that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How exact a figure is said to be.
pub static QUALIFIER: Kind = Kind {
    word: "qualifier",
    table: "qualifiers",
    about: "How exact a figure is said to be",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("below_factor", Type::Number, "Tolerance below, as a part of the value"),
        Field::plain("above_factor", Type::Number, "Tolerance above, as a part of the value"),
        Field::plain("below_absolute", Type::Number, "Tolerance below, in the unit"),
        Field::plain("above_absolute", Type::Number, "Tolerance above, in the unit"),
        Field::plain("least", Type::Number, "Lower bound of the word alone"),
        Field::plain("most", Type::Number, "Upper bound of the word alone"),
        Field::plain("excludes_low", Type::Flag, "Whether the lower bound itself is ruled out"),
        Field::plain("excludes_high", Type::Flag, "Whether the upper bound itself is ruled out"),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// What a source is.
pub static SOURCE_KIND: Kind = Kind {
    word: "source_kind",
    table: "source_kinds",
    about: "What a source is",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("is_party", Type::Flag, "Whether it can speak"),
        Field::plain("is_named", Type::Flag, "Whether it is known by name"),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How one source draws on another.
pub static ORIGIN_RELATION: Kind = Kind {
    word: "origin_relation",
    table: "origin_relations",
    about: "How one source draws on another",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("whole_text", Type::Flag, "Whether the whole text is taken over"),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// What sort of proposition a claim is.
pub static CLAIM_KIND: Kind = Kind {
    word: "claim_kind",
    table: "claim_kinds",
    about: "What sort of proposition a claim is",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// What a source does with a claim.
pub static STANCE: Kind = Kind {
    word: "stance",
    table: "stances",
    about: "What a source does with a claim",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("counts", Type::Flag, "Whether it counts towards the origins"),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How sure a source says it is.
pub static HEDGE: Kind = Kind {
    word: "hedge",
    table: "hedges",
    about: "How sure a source says it is",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How one claim bears on another.
pub static LINK_RELATION: Kind = Kind {
    word: "link_relation",
    table: "link_relations",
    about: "How one claim bears on another",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("symmetric", Type::Flag, "Whether it holds both ways"),
        Field::plain("conflict", Type::Flag, "Whether the two cannot both be taken as they stand"),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How a measured number may change with time.
pub static GROWTH: Kind = Kind {
    word: "growth",
    table: "growths",
    about: "How a measured number may change with time",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// What sort of thing a measure counts.
pub static DIMENSION: Kind = Kind {
    word: "dimension",
    table: "dimensions",
    about: "What sort of thing a measure counts",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// What sort of place a location is.
pub static LOCATION_KIND: Kind = Kind {
    word: "location_kind",
    table: "location_kinds",
    about: "What sort of place a location is",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How exactly coordinates say where.
pub static LOCATION_PRECISION: Kind = Kind {
    word: "location_precision",
    table: "location_precisions",
    about: "How exactly coordinates say where",
    fields: &[
        Field::plain("code", Type::Integer, "The number that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How exactly a data set dates an event.
pub static DATE_PRECISION: Kind = Kind {
    word: "date_precision",
    table: "date_precisions",
    about: "How exactly a data set dates an event",
    fields: &[
        Field::plain("code", Type::Integer, "The number that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};

/// How a claim lies to a place.
pub static PLACE_RELATION: Kind = Kind {
    word: "place_relation",
    table: "place_relations",
    about: "How a claim lies to a place",
    fields: &[
        Field::plain("code", Type::Text, "The word that rows hold").required(),
        Field::plain("label", Type::Text, "The word as people read it").required(),
        Field::plain("definition", Type::Text, "What it means").required(),
        Field::plain(
            "counts_upward",
            Type::Flag,
            "Whether it counts for the places that hold this one",
        ),
        Field::plain("rank", Type::Integer, "Place in lists").required(),
    ],
    identity: &["code"],
    nested: &[],
    authored: false,
    append_only: false,
};
