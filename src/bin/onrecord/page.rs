//! What a saved page, or an address, says of a source. This program stays offline: of an address it
//! takes the address alone.

use crate::terminal;
use onrecord::error::Result;
use onrecord::intake;
use std::path::Path;

/// Fills in what the flags leave open, and says what was filled in. Gives whether it was a file.
pub fn fill(page: &str, fields: &mut Vec<(String, String)>) -> Result<bool> {
    let lower = page.to_ascii_lowercase();
    let address = lower.starts_with("http://") || lower.starts_with("https://");
    let said = if address {
        vec![("url", page.to_owned())]
    } else {
        let bytes = crate::commands::read(Path::new(page))?;
        intake::read_page(&intake::decode_page(&bytes)).fields()
    };
    for (name, value) in said {
        if fields.iter().any(|(given, _)| given == name) {
            continue;
        }
        terminal::say(&format!("{name}: {value}"));
        fields.push((name.to_owned(), value));
    }
    Ok(!address)
}
