//! The archive as one spreadsheet: the mapping of its columns to the fields of records.
//!
//! One row may describe several records: a claim, the source that states it, the place where it
//! happened, a figure in it, a verdict on it. The key columns (`claim`, `source`, `speaker`,
//! `place`, `measure`) identify a record and link the others to it. `export csv` writes these
//! columns and `import` reads them, so that neither has a column that the other lacks.

use super::assessment::{ASSESSMENT, EVIDENCE};
use super::claim::{CLAIM, LINK, MENTION, PLACE};
use super::figure::{EQUATION, FIGURE, MEASURE};
use super::kind::{Field, Kind};
use super::location::{LOCATION, NAME};
use super::source::{GRADE, ORIGIN, SOURCE};

/// The part of a row that a column belongs to; each part becomes one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum RowPart {
    Claim,
    Mention,
    Source,
    Speaker,
    Place,
    Location,
    Figure,
    Measure,
    Verdict,
    Evidence,
    Link,
    Origin,
    Grade,
    Name,
    Equation,
}

impl RowPart {
    /// Returns the kind of the record.
    pub fn kind(self) -> &'static Kind {
        match self {
            RowPart::Claim => &CLAIM,
            RowPart::Mention => &MENTION,
            RowPart::Source | RowPart::Speaker => &SOURCE,
            RowPart::Place => &PLACE,
            RowPart::Location => &LOCATION,
            RowPart::Figure => &FIGURE,
            RowPart::Measure => &MEASURE,
            RowPart::Verdict => &ASSESSMENT,
            RowPart::Evidence => &EVIDENCE,
            RowPart::Link => &LINK,
            RowPart::Origin => &ORIGIN,
            RowPart::Grade => &GRADE,
            RowPart::Name => &NAME,
            RowPart::Equation => &EQUATION,
        }
    }
}

/// A column of the spreadsheet.
#[derive(Debug)]
pub struct Column {
    /// The name in the header.
    pub name: &'static str,
    /// The part of the row it belongs to.
    pub part: RowPart,
    /// The name of the field in that record.
    pub field: &'static str,
}

impl Column {
    /// Returns the definition of the field.
    pub fn definition(&self) -> &'static Field {
        let kind = self.part.kind();
        let position = kind.position(self.field).unwrap_or_default();
        &kind.fields[position]
    }
}

macro_rules! columns {
    ($($part:ident: $($name:literal = $field:literal),* ;)*) => {
        &[$($(Column { name: $name, part: RowPart::$part, field: $field }),*),*]
    };
}

/// Every column, in the order of the header.
pub static COLUMNS: &[Column] = columns! {
    Claim: "claim" = "key", "text" = "text", "kind" = "kind", "happened" = "happened", "due" = "due",
        "date_precision" = "date_precision", "withdrawn" = "withdrawn", "claim_note" = "note";
    Verdict: "status" = "status", "credibility" = "credibility", "by" = "by", "at" = "at", "at_stated" = "at_stated",
        "because" = "because", "verdict" = "verdict", "claim_version" = "claim_version";
    Evidence: "evidence_source" = "source", "evidence_claim" = "claim", "evidence_figure" = "figure",
        "evidence_locator" = "locator", "evidence_note" = "note";
    Source: "source" = "key", "source_kind" = "kind", "title" = "title", "author" = "author",
        "outlet" = "outlet", "publisher" = "publisher", "url" = "url", "archived_url" = "archived_url",
        "identifier" = "identifier", "language" = "language", "published" = "published",
        "retrieved" = "retrieved", "rights" = "rights", "sha256" = "sha256", "source_note" = "note";
    Speaker: "speaker" = "key", "speaker_kind" = "kind", "speaker_title" = "title";
    Mention: "stance" = "stance", "hedge" = "hedge", "locator" = "locator", "quote" = "quote",
        "said_on" = "said_on", "mention_note" = "note";
    Location: "place" = "key", "place_name" = "name", "place_kind" = "kind", "within" = "within",
        "lat" = "lat", "lon" = "lon", "precision" = "precision", "geonames" = "geonames",
        "wikidata" = "wikidata", "iso_3166" = "iso_3166", "ocha_pcode" = "ocha_pcode",
        "location_note" = "note";
    Place: "place_relation" = "relation", "place_words" = "words", "place_note" = "note";
    Measure: "measure" = "key", "measure_title" = "title", "dimension" = "dimension",
        "scope" = "scope", "measure_unit" = "unit", "growth" = "growth", "starts" = "starts",
        "counted_by" = "counted_by", "measure_note" = "note";
    Figure: "figure" = "key", "value" = "value", "low" = "low", "high" = "high",
        "qualifier" = "qualifier", "unit" = "unit", "out_of" = "out_of", "as_of" = "as_of",
        "said" = "said", "figure_note" = "note";
    Link: "link_relation" = "relation", "linked_claim" = "to", "link_note" = "note";
    Origin: "origin_relation" = "relation", "origin" = "origin", "origin_note" = "note";
    Grade: "reliability" = "reliability", "graded_at" = "at", "graded_by" = "by",
        "graded_because" = "because";
    Name: "other_name" = "name", "other_name_language" = "language", "other_name_note" = "note";
    Equation: "equation" = "key", "expression" = "expression", "equation_title" = "title",
        "equation_note" = "note";
};

/// Alternative column names found in spreadsheets, each with the name of the column it stands for.
pub static COLUMN_ALIASES: &[(&str, &str)] = &[
    ("claim_key", "claim"),
    ("claim_id", "claim"),
    ("claim_text", "text"),
    ("statement", "text"),
    ("claim_kind", "kind"),
    ("date", "happened"),
    ("event_date", "happened"),
    ("note", "claim_note"),
    ("notes", "claim_note"),
    ("source_key", "source"),
    ("source_id", "source"),
    ("source_title", "title"),
    ("headline", "title"),
    ("source_type", "source_kind"),
    ("link", "url"),
    ("source_url", "url"),
    ("publication", "outlet"),
    ("published_on", "published"),
    ("publication_date", "published"),
    ("lang", "language"),
    ("speaker_name", "speaker_title"),
    ("said_by", "speaker"),
    ("attributed_to", "speaker"),
    ("page", "locator"),
    ("paragraph", "locator"),
    ("quotation", "quote"),
    ("location", "place"),
    ("place_key", "place"),
    ("location_name", "place_name"),
    ("location_kind", "place_kind"),
    ("latitude", "lat"),
    ("longitude", "lon"),
    ("lng", "lon"),
    ("long", "lon"),
    ("relation", "place_relation"),
    ("measure_key", "measure"),
    ("number", "value"),
    ("figure_value", "value"),
    ("lower", "low"),
    ("minimum", "low"),
    ("min", "low"),
    ("upper", "high"),
    ("maximum", "high"),
    ("max", "high"),
    ("as_of_or_period", "as_of"),
    ("verification_status", "status"),
    ("assessor", "by"),
    ("assessed_by", "by"),
    ("assessed_at", "at"),
    ("rating", "verdict"),
];

/// Finds the column for a header cell. Case, surrounding blanks and punctuation do not matter.
pub fn find_column(header: &str) -> Option<&'static Column> {
    let word: String = header
        .trim()
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect();
    let alias = COLUMN_ALIASES.iter().find(|(alias, _)| *alias == word).map(|(_, name)| *name);
    let name = COLUMNS.iter().find(|column| column.name == word);
    name.or_else(|| COLUMNS.iter().find(|column| Some(column.name) == alias))
}

/// Returns true when a spreadsheet program would evaluate the text as a formula.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Puts an apostrophe before a text that a spreadsheet program would evaluate as a formula
/// (CWE-1236; OWASP ASVS 5, 1.2.10).
pub fn escape_formula(text: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// Removes the apostrophe that [`escape_formula`] adds.
pub fn unescape_formula(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMN_ALIASES, COLUMNS, escape_formula, find_column, unescape_formula};

    #[test]
    fn every_column_is_a_field() {
        for column in COLUMNS {
            assert!(column.part.kind().position(column.field).is_some(), "{}", column.name);
            assert!(find_column(column.name).is_some_and(|c| c.name == column.name));
        }
        for (alias, name) in COLUMN_ALIASES {
            assert!(find_column(alias).is_some_and(|c| c.name == *name), "{alias}");
        }
        assert!(find_column(" Place Name ").is_some_and(|c| c.name == "place_name"));
    }

    #[test]
    fn formulas_come_back() {
        for text in ["=cmd()", "'=x", "''=x", "'hello", "plain", "-", "+1", "@x", "＝x", "'", "\tx"]
        {
            assert_eq!(unescape_formula(&escape_formula(text)), text);
        }
        assert_eq!(escape_formula("=1+1"), "'=1+1");
        assert_eq!(escape_formula("it's"), "it's");
    }
}
