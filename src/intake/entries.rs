//! Inputs that are read as a whole and imported entry by entry: fact-checks and bibliographies.

use super::bibliography::{bibtex, csl, tagged, zotero_csv};
use super::claimreview;
use super::claimreview::fact_check_api;
use super::claimreview::page::read_page_reviews;
use super::document::field::Codes;
use super::document::{json, tree};
use super::format::Format;
use super::saved_page::open_page;
use super::text::encoding::{self, DecodingDoubt};
use super::text::lines;
use super::unit::{Raw, Unit};
use crate::model::SourcePos;

/// Reads the entries of an input in ClaimReview, HTML, CSL-JSON, BibTeX, RIS, NBIB or Zotero's CSV. `stated` is
/// its encoding, if the user names it. Problems that concern no single entry come as a unit of their own.
pub(super) fn read_entries(
    bytes: &[u8],
    format: Format,
    stated: Option<&'static encoding_rs::Encoding>,
    codes: &dyn Codes,
) -> Vec<Unit> {
    if format == Format::Html {
        return read_page(bytes, codes);
    }
    let text = match stated {
        Some(stated) => stated.decode(bytes).0.into_owned(),
        None => encoding::decode_text(bytes),
    };
    let text = text.trim_start_matches('\u{feff}');
    let lines = lines::LineIndex::new(text);
    let mut units = Vec::new();
    let doubt = match stated {
        Some(stated) => {
            let has_stray = stated.decode(bytes).2;
            has_stray.then(|| DecodingDoubt::Several(encoding::describe_stray_bytes(stated)))
        }
        None => encoding::find_decoding_doubt(bytes),
    };
    if let Some(DecodingDoubt::Byte(at, byte)) = doubt {
        let what = format!("the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8");
        let mut unit = whole_input(vec![(at, what)], Vec::new());
        unit.resolve_positions(&lines, 0);
        return vec![unit];
    }
    if let Some(DecodingDoubt::Several(what)) = doubt {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.add_problem(&SourcePos::Whole, what);
        return vec![unit];
    }
    match format {
        Format::Bibtex => units = bibtex::read_entries(text),
        Format::Ris => units = tagged::read_entries(text, tagged::Dialect::Ris),
        Format::ZoteroCsv => units = zotero_csv::read_entries(text),
        Format::Nbib => units = tagged::read_entries(text, tagged::Dialect::Nbib),
        _ => {
            let (root, found) = json::parse_json_lenient(text, 0);
            if !found.is_empty() {
                units.push(whole_input(found, Vec::new()));
            } else if format == Format::ClaimReview && claimreview::is_claimreview(&root) {
                units = claimreview::read_reviews(&root, codes);
            } else if format == Format::ClaimReview && fact_check_api::is_api_answer(&root) {
                let (reviews, remarks) = fact_check_api::to_reviews(&root);
                units = claimreview::read_reviews(&reviews, codes);
                units.push(whole_input(Vec::new(), remarks));
            } else if format == Format::CslJson && csl::is_csl_json(&root) {
                units = csl::read_items(&root, codes);
            } else {
                let what = match format {
                    Format::ClaimReview => "there is no ClaimReview in it",
                    _ => "this is not a list of sources in CSL-JSON",
                };
                units.push(whole_input(vec![(root.at, what.to_owned())], Vec::new()));
            }
        }
    }
    if let (Some(DecodingDoubt::Guessed(remark)), Some(unit)) = (doubt, units.first_mut()) {
        unit.remarks.push((SourcePos::Whole, remark));
    }
    units.iter_mut().for_each(|unit| unit.resolve_positions(&lines, 0));
    units
}

/// Reads the reviews of a saved page.
fn read_page(bytes: &[u8], codes: &dyn Codes) -> Vec<Unit> {
    let page = match open_page(bytes) {
        Ok(page) => page,
        Err(why) => {
            let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
            unit.add_problem(&SourcePos::Whole, why);
            return vec![unit];
        }
    };
    let html = page.html.trim_start_matches('\u{feff}');
    let mut found = read_page_reviews(html, page.url.as_deref(), codes);
    if page.frames.iter().any(|frame| frame.contains("ClaimReview")) {
        let what = "a frame of this page has a ClaimReview, which is not read; save the page of the frame itself";
        found.remarks.push((0, what.to_owned()));
    }
    if found.units.is_empty() && found.problems.is_empty() {
        let what = "there is no ClaimReview in this page; `onrecord add source FILE` takes the page itself \
                    as a source";
        found.problems.push((0, what.to_owned()));
    }
    let mut units = found.units;
    if !found.problems.is_empty() || !found.remarks.is_empty() {
        units.push(whole_input(found.problems, found.remarks));
    }
    let lines = lines::LineIndex::new(html);
    units.iter_mut().for_each(|unit| unit.resolve_positions(&lines, 0));
    if page.is_packed() {
        units.iter_mut().for_each(name_lines_of_page);
    }
    units
}

/// Puts the lines of the page inside a file into the messages: the file itself has other lines.
fn name_lines_of_page(unit: &mut Unit) {
    for (pos, what) in unit.problems.iter_mut().chain(&mut unit.remarks) {
        if let SourcePos::Line(line, _) = *pos {
            *what = format!("{what} (line {line} of the page in this file)");
            *pos = SourcePos::Whole;
        }
    }
}

/// A unit for messages that concern no single entry.
fn whole_input(problems: Vec<tree::OffsetProblem>, remarks: Vec<tree::OffsetProblem>) -> Unit {
    let placed = |messages: Vec<tree::OffsetProblem>| {
        messages.into_iter().map(|(at, what)| (lines::offset_pos(at), what)).collect()
    };
    let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
    (unit.problems, unit.remarks) = (placed(problems), placed(remarks));
    unit
}
