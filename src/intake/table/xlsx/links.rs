//! Links behind cells: hyperlinks and formulas that make one.

use super::converted::Converted;
use crate::model::{Column, quoted};
use std::borrow::Cow;

/// The link behind a cell.
pub(super) enum Link<'a> {
    To(Cow<'a, str>),
    /// A formula calculates its address.
    Unknown,
}

/// Returns the link that a formula makes: `HYPERLINK("https://example.org","the text")`.
pub(super) fn parse_link(formula: &str) -> Option<Link<'_>> {
    const NAME: &str = "HYPERLINK(";
    let (name, arguments) = formula.split_at_checked(NAME.len())?;
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    let Some(mut rest) = arguments.trim_start().strip_prefix('"') else {
        return Some(Link::Unknown);
    };
    let mut target = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        target.push_str(part);
        match after.strip_prefix('"') {
            // A quotation mark in the text is written twice.
            Some(more) => {
                target.push('"');
                rest = more;
            }
            None if after.trim_start().starts_with([',', ';', ')']) => break,
            None => return Some(Link::Unknown),
        }
    }
    // A place in the workbook.
    (!target.starts_with('#')).then_some(Link::To(target.into()))
}

/// Takes the address behind a cell for a field that holds an address, and notes it otherwise.
pub(super) fn follow_link(column: &Column, link: Link<'_>, done: &mut Converted) {
    let takes_address = matches!(column.name, "url" | "archived_url");
    let shown = done.text.trim();
    let shows_address = shown.contains("://");
    match link {
        Link::Unknown if takes_address && !shows_address => {
            done.refuse("a formula makes the address behind this cell; enter the address itself");
        }
        Link::Unknown if takes_address => {}
        Link::Unknown => done.remarks.push("the link behind this cell is not kept".to_owned()),
        Link::To(target)
            if is_same_address(shown, &target) && (shows_address || !takes_address) => {}
        Link::To(target) if takes_address => {
            if shows_address && !is_same_address(shown, &target) {
                done.remarks.push(format!(
                    "the cell shows {} and links to {}; the link was taken",
                    quoted(shown),
                    quoted(&target)
                ));
            }
            done.text = target.into_owned();
            done.number = false;
        }
        Link::To(target) => done.lost_link = Some(target.into_owned()),
    }
}

/// Returns true if a text shows the address of its link. A text may leave out the scheme, and a link
/// gets a slash at its end.
fn is_same_address(shown: &str, target: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches('/').to_lowercase();
    let mut schemes = ["mailto:", "tel:", "https://", "http://"].into_iter();
    let rest = schemes.find_map(|scheme| target.strip_prefix(scheme)).unwrap_or(target);
    !shown.is_empty() && (bare(shown) == bare(target) || bare(shown) == bare(rest))
}
