//! Prefills the fields of a source from a saved page or a URL. The program stays offline: a URL
//! fills in nothing but itself.

use crate::{input, terminal};
use onrecord::error::Result;
use onrecord::intake;
use std::path::Path;

/// Appends the fields that the flags leave open and the page states, and reports each. Returns
/// `true` for a saved page and `false` for a URL.
pub fn prefill(page: &str, fields: &mut Vec<(String, String)>) -> Result<bool> {
    let lower = page.to_ascii_lowercase();
    let is_url = lower.starts_with("http://") || lower.starts_with("https://");
    let stated = if is_url {
        vec![("url", page.to_owned())]
    } else {
        let bytes = input::read(Path::new(page))?;
        intake::read_page(&intake::decode_page(&bytes)).fields()
    };
    for (name, value) in stated {
        if fields.iter().any(|(given, _)| given == name) {
            continue;
        }
        terminal::print_status(&format!("{name}: {value}"));
        fields.push((name.to_owned(), value));
    }
    Ok(!is_url)
}
