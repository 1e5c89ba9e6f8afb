//! The whole archive as one self-contained page.

use super::components::{Links, bidi_text, former_anchors, shown_text};
use super::index::{ClaimIndex, claim_places};
use super::layout::render_layout;
use super::{claim, lists, map, overview, timeline};
use crate::model::publication::{Claim, Snapshot};
use crate::render::control_chars::is_control;
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeSet;

/// The largest number of lines in each list of the overview.
const MAX_OVERVIEW_LINES: usize = 12;

/// A file offered for download; the single page embeds it.
#[derive(Clone, Debug)]
pub struct Download {
    /// The name of the file.
    pub name: &'static str,
    /// A description for people.
    pub about: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Renders the page of an archive.
pub fn render_single_page(
    snapshot: &Snapshot,
    claims: &[Claim],
    index: &ClaimIndex,
    downloads: &[Download],
) -> String {
    let links = Links::Page;
    let nav = html! {
        @for (id, word) in [("glance", "At a glance"), ("claims", "Claims"), ("map", "Map"), ("timeline", "Timeline"),
            ("figures", "Figures"), ("sources", "Sources"), ("places", "Places"), ("data", "Data")] {
            a href={ "#" (id) } { (word) } " "
        }
    };
    let body = html! {
        (overview::render_overview(snapshot, links, index, MAX_OVERVIEW_LINES))
        section aria-labelledby="claims" {
            h2 id="claims" { "Claims" }
            (render_filters(snapshot, index))
            @for (n, one) in claims.iter().enumerate() {
                // The target of a link to a status when no script filters the list.
                @if claims[..n].iter().all(|before| before.status != one.status) { span id={ "status=" (one.status) } {} }
                (render_article(snapshot, links, one))
            }
        }
        (map::render_map(snapshot, links))
        (timeline::render_timeline(snapshot, links, index))
        (lists::render_measures(snapshot, links))
        (lists::render_sources(snapshot, links, index))
        (lists::render_places(snapshot, links, index))
        section aria-labelledby="data" {
            h2 id="data" { "Data" }
            p { "Everything on this page, to work with:" }
            ul { @for file in downloads {
                li {
                    (PreEscaped(download_link(file))) " – " (file.about) ", " (file.bytes.len().div_ceil(1024)) " KB"
                }
            } }
        }
    };
    render_layout(snapshot.title.as_deref().unwrap_or("Claims on record"), links, &nav, &body)
}

/// Returns a link that saves a file. Its address stands between apostrophes, since the data are full of
/// quotation marks.
fn download_link(file: &Download) -> String {
    let (name, address) = (file.name, data_url(file));
    format!("<a download=\"{name}\" id=\"data-{name}\" href='{address}'>{name}</a>")
}

/// Returns the content of a file as a `data:` URL that escapes only what browsers require between
/// apostrophes: base64 would be a third larger.
fn data_url(file: &Download) -> String {
    let mut address = format!("data:{};charset=utf-8,", file.media_type);
    for c in String::from_utf8_lossy(&file.bytes).chars() {
        let plain = c == ' ' || !(is_control(c) || "\n\t%#'&<>\u{feff}".contains(c));
        if plain {
            address.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    // A browser trims spaces at the end of an address.
    let kept = address.trim_end_matches(' ').len();
    let blanks = address.len() - kept;
    address.truncate(kept);
    address + &"%20".repeat(blanks)
}

fn render_article(snapshot: &Snapshot, links: Links, one: &Claim) -> Markup {
    let places = claim_places(snapshot, one);
    let joined = |words: &mut dyn Iterator<Item = &str>| {
        let mut seen = BTreeSet::new();
        words.filter(|word| seen.insert(*word)).collect::<Vec<_>>().join(" ")
    };
    html! {
        article class="claim" id={ "claim/" (one.key) }
            data-status=(one.status)
            data-place=(joined(&mut places.iter().copied()))
            data-source=(joined(&mut one.mentions.iter().map(|mention| mention.source.as_str())))
            data-speaker=(joined(&mut one.mentions.iter().filter_map(|mention| mention.speaker.as_deref())))
            data-measure=(joined(&mut one.figures.iter().map(|figure| figure.measure.as_str())))
            data-from=[one.days.0.as_deref()] data-to=[one.days.1.as_deref()] {
            (former_anchors(snapshot, "claim", &one.key))
            h3 dir="auto" { a href={ "#claim/" (one.key) } { (shown_text(&one.text)) } }
            (claim::render_caveats(snapshot, links, one))
            details {
                summary { "Who, where, how many, and what was checked" }
                (claim::render_record(snapshot, links, one))
            }
        }
    }
}

/// Renders the filters of the list, hidden until the script enables them.
fn render_filters(snapshot: &Snapshot, index: &ClaimIndex) -> Markup {
    let select = |name: &str, word: &str, options: Vec<(&str, String)>| {
        html! {
            label { (word) select name=(name) {
                option value="" { "any" }
                @for (value, label) in options { option value=(value) { (label) } }
            } }
        }
    };
    let statuses = snapshot.statuses.iter().filter(|(_, claims)| *claims > 0);
    let statuses = statuses
        .map(|(word, n)| (word.code.as_str(), format!("{} ({n})", shown_text(&word.label))));
    let places = snapshot.places.all.iter().filter(|place| place.claims + place.near > 0);
    let places = places.map(|p| {
        let claims = index.by_place.get(&p.key).map_or(0, Vec::len);
        (p.key.as_str(), format!("{} ({claims})", shown_text(&p.name)))
    });
    let sources = |party: bool| {
        let all = snapshot.sources.all.iter().filter(move |source| source.party == party);
        all.filter_map(|source| {
            let claims = index.by_source.get(&source.key)?.len();
            Some((
                source.key.as_str(),
                format!("{} ({claims})", super::components::truncate(&source.title, 60)),
            ))
        })
    };
    let measures = snapshot.measures.all.iter();
    let measures =
        measures.map(|one| (one.key.as_str(), super::components::truncate(&one.title, 60)));
    html! {
        form id="filters" class="needs-script" role="search" aria-label="Claims" hidden {
            label class="words" { "Words " input type="search" name="q" autocomplete="off"; }
            (select("status", "Status", statuses.collect()))
            (select("place", "Place", places.collect()))
            (select("source", "Source", sources(false).collect()))
            (select("speaker", "Speaker", sources(true).collect()))
            (select("measure", "Measure", measures.collect()))
            label { "From " input type="date" name="from"; }
            label { "To " input type="date" name="to"; }
            button type="reset" { "Clear" }
            output id="found" aria-live="polite" { (bidi_text(&super::components::count_noun(snapshot.claims, "claim"))) }
        }
    }
}
