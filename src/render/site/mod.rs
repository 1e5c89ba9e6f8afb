//! The published page and the published site: HTML that reads without JavaScript, prints, and loads
//! nothing from other hosts. Text is escaped by maud, after control characters are made visible;
//! links lead only to web addresses. A content security policy admits only our own scripts, on the
//! single page by their hash.

mod assets;
mod chain;
mod claim;
mod components;
mod country_outlines;
mod figures;
mod index;
mod layout;
mod lists;
mod map;
mod overview;
mod pages;
mod search_index;
mod single_page;
mod timeline;

pub use assets::{PAGE_SCRIPT, SEARCH_SCRIPT, STYLE};
pub use components::code_slug;
pub use index::ClaimIndex;
pub use pages::{
    LINES_PER_PAGE, ListPage, dated_claims, list_links, render_claim_list, render_claim_page,
    render_former_page, render_front_page, render_link_list, render_map_page, render_measure_page,
    render_place_page, render_source_page, render_timeline_page,
};
pub use search_index::{SearchIndex, SearchSlice};
pub use single_page::{Download, render_single_page};
