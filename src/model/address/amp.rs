//! The AMP form of a page, as its path tells it.

use super::parts::Parts;

/// The segment that marks the AMP form of an article: behind it, as the AMP plugin of WordPress puts
/// it (`/2021/06/bridge-is-closed/amp`), or before all others (`/amp/news/2021/bridge-is-closed`);
/// known from use.
const AMP: &str = "amp";

/// Sites where people name their own pages, which may be called `amp`, and resolvers of identifiers,
/// in which it may be a part.
const OWN_NAMES: [&str; 9] = [
    "arxiv.org",
    "bitbucket.org",
    "codeberg.org",
    "doi.org",
    "github.com",
    "gitlab.com",
    "hdl.handle.net",
    "npmjs.com",
    "x.com",
];

/// Returns true for a segment that names an article: with a file extension, with three words or
/// more, or with a number of five digits or more. `/guitars/amp` is no AMP form of `/guitars`.
fn names_article(segment: &str) -> bool {
    let extension = segment.rsplit_once('.').map_or("", |(_, extension)| extension);
    let words = segment.split(['-', '_']).filter(|word| !word.is_empty()).count();
    let numbers = segment.split(|c: char| !c.is_ascii_digit());
    ["htm", "html", "php", "asp", "aspx", "shtml"].contains(&extension)
        || words > 2
        || numbers.map(str::len).max().is_some_and(|longest| longest > 4)
}

/// Rewrites the path of an AMP form to that of the article.
pub(super) fn drop_amp(parts: &mut Parts) {
    if OWN_NAMES.contains(&parts.host.as_str()) {
        return;
    }
    let segments = parts.segments();
    let mut kept = segments.as_slice();
    while let [article @ .., last] = kept
        && last == AMP
        && article.last().is_some_and(|name| names_article(name))
    {
        kept = article;
    }
    while let [first, article @ ..] = kept
        && first == AMP
        && article.last().is_some_and(|name| names_article(name))
    {
        kept = article;
    }
    if kept.len() < segments.len() {
        parts.path = format!("/{}", kept.join("/"));
    }
}
