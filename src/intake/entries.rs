//! Inputs that are read whole and taken entry by entry: reviews, references.

use super::bibliography::{bibtex, csl};
use super::document::{json, tree};
use super::text::encoding;
use super::text::{html, lines};
use super::unit::{Raw, Unit};
use super::{Codes, Format, claimreview, page_text};
use crate::intake::text::encoding::Doubt;
use crate::model::SourcePos;

/// The entries of an input that is read whole and taken entry by entry.
pub(super) fn entries(bytes: &[u8], format: Format, codes: &dyn Codes) -> Vec<Unit> {
    let text = match format {
        Format::Html => page_text(bytes).into_owned(),
        _ => encoding::text(bytes),
    };
    let text = text.trim_start_matches('\u{feff}');
    let lines = lines::Lines::new(text);
    let mut units = Vec::new();
    let doubt = encoding::doubt(bytes).filter(|_| format != Format::Html);
    let whole = |problems: Vec<tree::Found>| {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.problems = problems.into_iter().map(|(o, what)| (lines::at(o), what)).collect();
        unit
    };
    if let Some(Doubt::Byte(at, byte)) = doubt {
        let what = format!("the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8");
        let mut unit = whole(vec![(at, what)]);
        unit.place(&lines, 0);
        return vec![unit];
    }
    match format {
        Format::Html => {
            for (offset, script) in html::scripts(text) {
                let (root, found) = json::loose(&script, offset);
                if found.is_empty() {
                    units.extend(claimreview::units(&root, codes));
                } else if script.contains("ClaimReview") {
                    units.push(whole(found));
                }
            }
            if units.is_empty() {
                let what = "there is no ClaimReview in this page; `onrecord add source FILE` takes \
                            the page itself as a source";
                units.push(whole(vec![(0, what.to_owned())]));
            }
        }
        Format::Bibtex => units = bibtex::units(text),
        _ => {
            let (root, found) = json::loose(text, 0);
            if !found.is_empty() {
                units.push(whole(found));
            } else if format == Format::ClaimReview && claimreview::is_claimreview(&root) {
                units = claimreview::units(&root, codes);
            } else if format == Format::CslJson && csl::is_csl(&root) {
                units = csl::units(&root, codes);
            } else {
                let what = match format {
                    Format::ClaimReview => "there is no ClaimReview in it",
                    _ => "this is no list of sources in CSL-JSON",
                };
                units.push(whole(vec![(root.at, what.to_owned())]));
            }
        }
    }
    if let (Some(Doubt::Windows1252), Some(unit)) = (doubt, units.first_mut()) {
        unit.remarks.push((SourcePos::Whole, "not UTF-8; read as Windows-1252".to_owned()));
    }
    units.iter_mut().for_each(|unit| unit.place(&lines, 0));
    units
}
