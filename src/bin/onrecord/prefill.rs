//! Prefills the fields of a source from a saved page or a URL. The program stays offline: a URL
//! fills in nothing but itself.

use crate::{input, terminal};
use onrecord::error::{Error, Result};
use onrecord::intake;
use std::path::Path;

/// Appends the fields that the flags leave open and the page states, and reports each. Returns
/// the media type of a saved page, and `None` for a URL.
pub fn prefill(page: &str, fields: &mut Vec<(String, String)>) -> Result<Option<&'static str>> {
    let lower = page.to_ascii_lowercase();
    let is_url = lower.starts_with("http://") || lower.starts_with("https://");
    let (stated, media_type) = if is_url {
        (vec![("url", page.to_owned())], None)
    } else {
        let saved =
            intake::open_page(&input::read(Path::new(page))?).map_err(|why| Error::Refused {
                what: format!("cannot read {page}: {why}"),
                hint: "save the page again, or give its fields by flags".to_owned(),
            })?;
        let read = intake::read_page(&saved);
        for remark in &read.remarks {
            terminal::print_status(&format!("{page}: {remark}"));
        }
        (read.fields(), Some(saved.media_type))
    };
    for (name, value) in stated {
        if fields.iter().any(|(given, _)| given == name) {
            continue;
        }
        terminal::print_status(&format!("{name}: {value}"));
        fields.push((name.to_owned(), value));
    }
    Ok(media_type)
}
