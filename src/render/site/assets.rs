//! The style sheet and the scripts of published pages.

/// The style sheet, embedded in the single page.
pub const STYLE: &str = include_str!("page.css");
/// The script of every page: words of a search, theme, filters, map.
pub const PAGE_SCRIPT: &str = concat!(include_str!("words.js"), include_str!("page.js"));
/// The script that searches the index of a site.
pub const SEARCH_SCRIPT: &str = include_str!("search.js");
