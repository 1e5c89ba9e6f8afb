//! The SQL that this program writes into every archive: the numbered migrations, the triggers and
//! the derived views, with the numbers of their formats.

/// A migration: its file's name without the ending, and its SQL.
pub type Migration = (&'static str, &'static str);

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $name, ".sql")))),*]
    };
}

/// All migrations, in order. A test fails if a file is missing from this list.
pub const MIGRATIONS: &[Migration] = migrations![
    "V1__archive",
    "V2__codes",
    "V3__sources",
    "V4__locations",
    "V5__claims",
    "V6__figures",
    "V7__assessments",
    "V8__captures",
    "V9__search",
    "V10__reports",
    "V11__dimensions",
    "V12__identity",
    "V13__places",
    "V14__events",
    "V15__doubts",
    "V16__verdict_moments",
    "V17__counted_by",
    "V18__profiles",
    "V19__checked_statuses",
    "V20__words",
    "V21__weights",
    "V22__kept_figures",
    "V23__withdrawn_claims",
    "V24__stated_speakers",
    "V25__capture_parts",
    "V26__claims_of_places",
    "V27__figures_in_order",
    "V28__figures_by_themselves",
];

/// The number of the newest migration, which is the version of the files that this program writes.
#[allow(clippy::cast_possible_wrap)]
pub const LATEST: i64 = MIGRATIONS.len() as i64;

/// The number of the installed text. Raise it whenever the text changes: a file with a lower number gets
/// the new text when it is next opened for writing, and a program with a lower number only reads it.
pub const INSTALLED: i64 = 19;

/// The triggers: those generated from the kinds, and those written by hand, by subject.
pub(in crate::store) const TRIGGERS: &[&str] = &[
    include_str!("guards.sql"),
    include_str!("triggers/dates.sql"),
    include_str!("triggers/archive.sql"),
    include_str!("triggers/identity.sql"),
    include_str!("triggers/doubts.sql"),
    include_str!("triggers/claims.sql"),
    include_str!("triggers/versions.sql"),
    include_str!("triggers/files.sql"),
    include_str!("triggers/weights.sql"),
    include_str!("triggers/kept_figures.sql"),
];

macro_rules! derived {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("derived/", $name, ".sql")))),*]
    };
}

/// The derived views, a file each. A view reads only tables and the views above it.
pub(in crate::store) const DERIVED: &[(&str, &str)] = derived![
    "dates_parsed",
    "current_assessments",
    "assessor_verdicts",
    "map_claims",
    "deep_places",
    "claimed_places_inside",
    "source_works",
    "same_works",
    "source_circles",
    "claim_voices",
    "claim_ends",
    "claim_counts",
    "outdated_weights",
    "outdated_voices",
    "outdated_ends",
    "outdated_counts",
    "claim_weights",
    "claim_origins",
    "claim_origin_counts",
    "claim_origin_keys",
    "figure_bounds",
    "figure_words",
    "claim_events",
    "same_event_figures",
    "computed_figures",
    "comparable_figures",
    "figure_windows",
    "claim_single_voices",
    "conflicting_figures",
    "figure_conflicts",
    "figure_conflict_reasons",
    "outside_rows",
    "operation_places",
    "next_versions",
    "stale_claims",
    "changes",
];

/// The triggers and views that an older program installed and this one does not; an upgrade drops them.
pub(in crate::store) const RETIRED: &[&str] =
    &["whole_text_roots", "same_events", "near_claims", "figure_neighbours"];

/// All text that the store installs, in one piece, for the test that ties the number to the text.
pub fn installed_text() -> String {
    let derived = DERIVED.iter().map(|(_, text)| *text);
    derived.chain(TRIGGERS.iter().copied()).collect::<Vec<_>>().join("\n")
}
