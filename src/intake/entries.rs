//! Inputs that are read as a whole and imported entry by entry: fact-checks and bibliographies.

use super::bibliography::{bibtex, csl, tagged, zotero_csv};
use super::claimreview;
use super::claimreview::fact_check_api;
use super::document::field::Codes;
use super::document::{json, tree};
use super::format::Format;
use super::text::encoding::{self, DecodingDoubt};
use super::text::html::{self, decode_page};
use super::text::lines;
use super::unit::{Raw, Unit};
use crate::model::SourcePos;

/// Reads the entries of an input in ClaimReview, HTML, CSL-JSON, BibTeX, RIS, NBIB or Zotero's CSV. Problems that concern no
/// single entry come as a unit of their own.
pub(super) fn read_entries(bytes: &[u8], format: Format, codes: &dyn Codes) -> Vec<Unit> {
    let text = match format {
        Format::Html => decode_page(bytes).into_owned(),
        _ => encoding::decode_text(bytes),
    };
    let text = text.trim_start_matches('\u{feff}');
    let lines = lines::LineIndex::new(text);
    let mut units = Vec::new();
    let doubt = encoding::find_decoding_doubt(bytes).filter(|_| format != Format::Html);
    let whole_input = |problems: Vec<tree::OffsetProblem>| {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.problems =
            problems.into_iter().map(|(o, what)| (lines::offset_pos(o), what)).collect();
        unit
    };
    if let Some(DecodingDoubt::Byte(at, byte)) = doubt {
        let what = format!("the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8");
        let mut unit = whole_input(vec![(at, what)]);
        unit.resolve_positions(&lines, 0);
        return vec![unit];
    }
    match format {
        Format::Html => {
            for (offset, script) in html::json_ld_scripts(text) {
                let (root, found) = json::parse_json_lenient(&script, offset);
                if found.is_empty() {
                    units.extend(claimreview::read_reviews(&root, codes));
                } else if script.contains("ClaimReview") {
                    units.push(whole_input(found));
                }
            }
            if units.is_empty() {
                let what = "there is no ClaimReview in this page; `onrecord add source FILE` takes \
                            the page itself as a source";
                units.push(whole_input(vec![(0, what.to_owned())]));
            }
        }
        Format::Bibtex => units = bibtex::read_entries(text),
        Format::Ris => units = tagged::read_entries(text, tagged::Dialect::Ris),
        Format::ZoteroCsv => units = zotero_csv::read_entries(text),
        Format::Nbib => units = tagged::read_entries(text, tagged::Dialect::Nbib),
        _ => {
            let (root, found) = json::parse_json_lenient(text, 0);
            if !found.is_empty() {
                units.push(whole_input(found));
            } else if format == Format::ClaimReview && claimreview::is_claimreview(&root) {
                units = claimreview::read_reviews(&root, codes);
            } else if format == Format::ClaimReview && fact_check_api::is_api_answer(&root) {
                let (reviews, remarks) = fact_check_api::to_reviews(&root);
                units = claimreview::read_reviews(&reviews, codes);
                let mut whole = whole_input(Vec::new());
                let remarks = remarks.into_iter();
                whole.remarks = remarks.map(|(at, what)| (lines::offset_pos(at), what)).collect();
                units.push(whole);
            } else if format == Format::CslJson && csl::is_csl_json(&root) {
                units = csl::read_items(&root, codes);
            } else {
                let what = match format {
                    Format::ClaimReview => "there is no ClaimReview in it",
                    _ => "this is not a list of sources in CSL-JSON",
                };
                units.push(whole_input(vec![(root.at, what.to_owned())]));
            }
        }
    }
    if let (Some(DecodingDoubt::Windows1252), Some(unit)) = (doubt, units.first_mut()) {
        unit.remarks.push((SourcePos::Whole, "not UTF-8; read as Windows-1252".to_owned()));
    }
    units.iter_mut().for_each(|unit| unit.resolve_positions(&lines, 0));
    units
}
