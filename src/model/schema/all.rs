//! All kinds, in the order in which rows can be written: what is referred to comes first.

use super::archive::{
    ALIAS, ARCHIVE, COLUMN_MEANING, DATE, OPERATION, OPERATION_INPUT, OPERATION_RANGE,
    REMOVED_BYTES, REPORT, REVISION,
};
use super::assessment::{ASSESSMENT, EVIDENCE, RETRACTION};
use super::capture::{CAPTURE, CAPTURE_PART, FILE};
use super::claim::{CLAIM, LINK, MENTION, PLACE};
use super::code_lists::{
    CLAIM_KIND, CREDIBILITY, DATE_PRECISION, DIMENSION, GROWTH, HEDGE, LINK_RELATION,
    LOCATION_KIND, LOCATION_PRECISION, ORIGIN_RELATION, PLACE_RELATION, QUALIFIER, RELIABILITY,
    SOURCE_KIND, STANCE, STATUS,
};
use super::doubt::ACCEPTED_DOUBT;
use super::figure::{EQUATION, FIGURE, MEASURE};
use super::kind::{Kind, Type};
use super::location::{LOCATION, NAME};
use super::profile::PROFILE;
use super::source::{GRADE, ORIGIN, SOURCE};

/// Every kind, in the order of writing.
pub static KINDS: &[&Kind] = &[
    &CREDIBILITY,
    &RELIABILITY,
    &STATUS,
    &SOURCE_KIND,
    &ORIGIN_RELATION,
    &CLAIM_KIND,
    &STANCE,
    &HEDGE,
    &LINK_RELATION,
    &QUALIFIER,
    &GROWTH,
    &DIMENSION,
    &LOCATION_KIND,
    &LOCATION_PRECISION,
    &DATE_PRECISION,
    &PLACE_RELATION,
    &SOURCE,
    &ARCHIVE,
    &ORIGIN,
    &GRADE,
    &LOCATION,
    &NAME,
    &MEASURE,
    &CLAIM,
    &PLACE,
    &MENTION,
    &LINK,
    &FIGURE,
    &EQUATION,
    &ALIAS,
    &ASSESSMENT,
    &EVIDENCE,
    &RETRACTION,
    &FILE,
    &CAPTURE,
    &CAPTURE_PART,
    &REPORT,
    &REVISION,
    &ACCEPTED_DOUBT,
    &PROFILE,
    &DATE,
];

/// The kinds whose rows stay in the file: what the program did to it, in ids of this file, and what
/// it says of its own columns.
pub static LOCAL_KINDS: &[&Kind] =
    &[&OPERATION, &OPERATION_INPUT, &OPERATION_RANGE, &REMOVED_BYTES, &COLUMN_MEANING];

/// The kinds of all tables, those first whose rows stay in the file.
pub fn all_kinds() -> impl Iterator<Item = &'static Kind> {
    LOCAL_KINDS.iter().chain(KINDS).copied()
}

/// The kinds that people write in documents.
pub fn document_kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().filter(|kind| kind.authored)
}

/// The kind of the rows of a table.
pub fn kind_of_table(table: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.table == table)
}

/// The kinds of record that a verdict may rest on.
pub fn evidence_kinds() -> impl Iterator<Item = &'static Kind> {
    EVIDENCE.fields.iter().filter_map(|field| match field.ty {
        Type::Ref(table) => kind_of_table(table),
        _ => None,
    })
}

/// The kind for a word of documents.
pub fn kind_of_word(word: &str) -> Option<&'static Kind> {
    document_kinds().find(|kind| kind.word == word)
}
