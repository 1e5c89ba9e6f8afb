//! The published page and the published site: HTML that reads without JavaScript, prints, and asks
//! no other place for anything. Text goes in through maud, which escapes it, and through
//! [`visible`](super::visible), which shows control characters; links only where they lead to the
//! web. What runs is our own script, named by its hash in the page's content security policy.

mod chain;
mod claim;
mod components;
mod figures;
mod index;
mod layout;
mod lists;
mod map;
mod outlines;
mod overview;
mod pages;
mod search_index;
mod single_page;
mod timeline;

pub use index::Catalogue;
pub use pages::{
    PER_PAGE, Part, dated, entries, page_of_claim, page_of_index, page_of_links, page_of_list,
    page_of_map, page_of_measure, page_of_place, page_of_source, page_of_timeline,
};
pub use search_index::{SearchIndex, Slice};
pub use single_page::{Download, whole_page};

/// A code of a list as the name of a file.
pub fn file_of(code: &str) -> String {
    components::class_of(code)
}

/// The style sheet of a site, which a page carries inside.
pub const STYLE: &str = include_str!("page.css");
/// The script of the page.
pub const SCRIPT: &str = include_str!("page.js");
/// The script of a site that searches its slices.
pub const SEARCH: &str = include_str!("search.js");
