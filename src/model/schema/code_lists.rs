//! Code lists: the closed vocabularies of the archive, with definitions. They are tables rather
//! than enums, so that any tool can show them and an archive can extend them without a new program.

use super::kind::{Field, Kind, Role, Type, Unique};

/// Defines a code list: columns `code`, `label`, `definition` and `rank` around its own columns.
macro_rules! code_list {
    (
        $(#[$doc:meta])*
        $name:ident: $word:literal in $table:literal, $code:ident, $about:literal, [$($field:expr),* $(,)?]
        $(, fixed $($fixed:literal),+)?
    ) => {
        $(#[$doc])*
        pub static $name: Kind = Kind {
            word: $word,
            table: $table,
            about: $about,
            fields: &[
                Field::plain("code", Type::$code, "The code that rows hold").required(),
                Field::plain("label", Type::Text, "The label that people read").required(),
                Field::plain("definition", Type::Text, "Its definition").required(),
                $($field,)*
                Field::plain("rank", Type::Integer, "Position in lists, lowest first").required(),
            ],
            identity: &["code"],
            role: Role::CodeList,
            uniques: &[Unique::of(&["code"])],
            fixed: &["code" $($(, $fixed)+)?],
            revised: true,
            ..Kind::BASE
        };
    };
}

code_list! {
    /// Statuses: verdicts on a claim.
    STATUS: "status" in "statuses", Text, "Statuses of a claim", [
        Field::plain("assignable", Type::Flag, "1 when an assessment may give it"),
        Field::plain("airwars", Type::Text, "Nearest Airwars grading"),
        Field::plain("meedan_check", Type::Text, "Nearest status of Check"),
        Field::plain("claimreview", Type::Text, "ClaimReview alternateName"),
        Field::plain("claimreview_rating", Type::Integer, "ClaimReview ratingValue, 1 to 5"),
        Field::plain("admiralty", Type::CodeNumber("credibilities"), "Nearest Admiralty credibility"),
        Field::plain("is_check", Type::Flag, "1 when it is the result of a check").or("0"),
    ], fixed "assignable"
}

code_list! {
    /// Reliabilities of a source, on the Admiralty scale (A to F).
    RELIABILITY: "reliability" in "reliabilities", Text, "Admiralty reliability of a source", []
}

code_list! {
    /// Credibilities of information, on the Admiralty scale (1 to 6).
    CREDIBILITY: "credibility" in "credibilities", Integer, "Admiralty credibility of information", []
}

code_list! {
    /// Qualifiers of a figure ("about", "at least"), with the tolerances they imply.
    QUALIFIER: "qualifier" in "qualifiers", Text, "Stated exactness of a figure", [
        Field::plain("below_factor", Type::Number, "Tolerance below, as a part of the value"),
        Field::plain("above_factor", Type::Number, "Tolerance above, as a part of the value"),
        Field::plain("below_absolute", Type::Number, "Tolerance below, in the unit"),
        Field::plain("above_absolute", Type::Number, "Tolerance above, in the unit"),
        Field::plain("least", Type::Number, "Lower bound of the word alone"),
        Field::plain("most", Type::Number, "Upper bound of the word alone"),
        Field::plain("excludes_low", Type::Flag, "1 when the lower bound itself is excluded"),
        Field::plain("excludes_high", Type::Flag, "1 when the upper bound itself is excluded"),
    ]
}

code_list! {
    /// Kinds of source.
    SOURCE_KIND: "source_kind" in "source_kinds", Text, "Kinds of source", [
        Field::plain("is_party", Type::Flag, "1 when it can speak"),
        Field::plain("is_named", Type::Flag, "1 when it is known by name"),
    ]
}

code_list! {
    /// Relations by which one source draws on another.
    ORIGIN_RELATION: "origin_relation" in "origin_relations", Text, "Ways in which one source draws on another", [
        Field::plain("whole_text", Type::Flag, "1 when the whole text is repeated"),
    ]
}

code_list! {
    /// Kinds of claim.
    CLAIM_KIND: "claim_kind" in "claim_kinds", Text, "Kinds of claim", []
}

code_list! {
    /// Stances of a source towards a claim.
    STANCE: "stance" in "stances", Text, "Stances of a source towards a claim", [
        Field::plain("counts", Type::Flag, "1 when it counts towards the origins"),
    ]
}

code_list! {
    /// Hedges: degrees of certainty that a source expresses.
    HEDGE: "hedge" in "hedges", Text, "How far a source distances itself from a statement", []
}

code_list! {
    /// Relations between two claims.
    LINK_RELATION: "link_relation" in "link_relations", Text, "Relations between two claims", [
        Field::plain("symmetric", Type::Flag, "1 when it holds in both directions"),
        Field::plain("conflict", Type::Flag, "1 when the two claims conflict as they stand"),
    ]
}

code_list! {
    /// Growths: ways in which the number of a measure may change with time.
    GROWTH: "growth" in "growths", Text, "Ways in which a measured number changes with time", []
}

code_list! {
    /// Dimensions: sorts of quantity that a measure counts.
    DIMENSION: "dimension" in "dimensions", Text, "Kinds of thing that measures count", [
        Field::plain("counts_wholes", Type::Flag, "1 when a part of one is doubtful").or("0"),
        Field::plain("may_be_negative", Type::Flag, "1 when a figure may be below zero").or("1"),
        Field::plain("takes_percent", Type::Flag, "1 when 25 % is 0.25").or("0"),
    ]
}

code_list! {
    /// Kinds of place.
    LOCATION_KIND: "location_kind" in "location_kinds", Text, "Kinds of place", [
        Field::plain("event_scale", Type::Flag, "1 when what happens there on one day is likely one event")
            .or("0"),
    ]
}

code_list! {
    /// Precisions of coordinates (UCDP `where_prec`, 1 to 7).
    LOCATION_PRECISION: "location_precision" in "location_precisions", Integer, "Precision of coordinates", []
}

code_list! {
    /// Precisions of the date of an event (UCDP `date_prec`, 1 to 5).
    DATE_PRECISION: "date_precision" in "date_precisions", Integer, "Precision of the date of an event in a data set", []
}

code_list! {
    /// Relations between a claim and a place.
    PLACE_RELATION: "place_relation" in "place_relations", Text, "Relations of a claim to a place", [
        Field::plain("counts_upward", Type::Flag, "1 when it counts for the places that hold this one"),
    ]
}
