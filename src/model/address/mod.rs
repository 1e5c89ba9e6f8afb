//! Canonical forms of web addresses and of identifiers, by which two records are known to be of one
//! source.
//!
//! A canonical form is compared and never shown. Two addresses get the same form only where a rule
//! says that they address one page. Each table names the source of its rules; "known from use"
//! stands where the site documents none. In doubt two addresses stay two.

mod amp;
mod characters;
mod host;
mod identifier;
mod parameters;
mod parts;
mod site;
mod wrapper;

use characters::trim;
use parts::{Parts, split_authority};

pub use identifier::Identifier;

/// The number of addresses inside one another that are looked through: a copy in an archive of a
/// page behind a redirector has two.
const MAX_DEPTH: usize = 8;

/// A copy of a page in a web archive, as its address tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The address of the page, as it stands in that of the copy; one without a scheme gets
    /// `http://`.
    pub address: String,
    /// The address of the copy, as written.
    pub archived: String,
}

/// Returns the form by which the address of a page is compared. `None` where the text is not a
/// single http or https address.
///
/// The form is the address without its scheme (`example.com/a?b=1`), or the canonical identifier
/// for the address of a resolver (`doi:10.1000/abc.1`, see [`Identifier::canonical`]). A copy in
/// an archive, the AMP form of a page and a redirector count as the page itself.
///
/// Not changed are the order of a query's parameters, `+` in it, the case of a path, file names
/// such as `index.html`, the name of a user before the host, and the translations of
/// `translate.goog`, which are other texts.
pub fn canonical_address(text: &str) -> Option<String> {
    canonical_at_depth(text, 0)
}

/// The canonical form of an address that stands inside as many others.
fn canonical_at_depth(text: &str, depth: usize) -> Option<String> {
    let mut parts = Parts::parse(text)?;
    if depth < MAX_DEPTH
        && let Some(inner) = wrapper::wrapped(&parts)
        && let Some(canonical) = canonical_at_depth(&inner, depth + 1)
    {
        return Some(canonical);
    }
    if let Some(canonical) = identifier::of_address(&parts).and_then(|found| found.canonical(false))
    {
        return Some(canonical);
    }
    parameters::drop_tracking(&mut parts);
    amp::drop_amp(&mut parts);
    site::rewrite(&mut parts);
    Some(parts.into_text())
}

/// Returns the form by which the identifier of a work is compared, `None` where the text is not an
/// identifier of a work. `whole_book` is true for a record of a whole book: for it alone an ISBN
/// counts.
pub fn canonical_identifier(text: &str, whole_book: bool) -> Option<String> {
    Identifier::parse(text)?.canonical(whole_book)
}

/// Returns the page and the copy when a text is the address of a copy in a web archive that tells
/// the address of the page. `None` for any other text, for a list of captures, and for a copy in
/// Google's cache, which is none any more.
pub fn snapshot(text: &str) -> Option<Snapshot> {
    let archived = trim(text);
    let mut address = archived_address(archived)?;
    for _ in 0..MAX_DEPTH {
        match archived_address(&address) {
            Some(inner) => address = inner,
            None => break,
        }
    }
    Parts::parse(&address)?;
    Some(Snapshot { address, archived: archived.to_owned() })
}

/// The address of the page of which an archive holds a copy, as written.
fn archived_address(text: &str) -> Option<String> {
    let parts = Parts::parse(text).filter(Parts::is_plain_host)?;
    let (_, rest) = split_authority(text)?;
    wrapper::archived(&parts.host, rest)
}

/// Returns true if a canonical address is that of a site's home page, which says nothing about
/// which of its pages is meant: neither a path nor a query follows the host.
pub fn is_home_page(canonical: &str) -> bool {
    let scheme = canonical.split_once(':').map_or("", |(scheme, _)| scheme);
    let identifier = ["arxiv", "doi", "hdl", "isbn"].contains(&scheme);
    !canonical.is_empty() && !identifier && !canonical.contains(['/', '?', '#'])
}

#[cfg(test)]
mod tests;
