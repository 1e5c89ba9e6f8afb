//! The whole archive as one page that needs nothing but itself.

use super::components::{Links, shown, text};
use super::index::{Catalogue, places_of};
use super::layout::frame;
use super::{claim, lists, map, overview, timeline};
use crate::model::publication::{Claim, Snapshot};
use crate::render::control_chars::commands;
use maud::{Markup, html};

/// Lines of each list at the head of a page.
const MOST: usize = 12;

/// A file that a page carries inside, to be saved.
#[derive(Clone, Debug)]
pub struct Download {
    /// The name it is saved under.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The page of an archive.
pub fn whole_page(
    book: &Snapshot,
    claims: &[Claim],
    catalogue: &Catalogue,
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
        (overview::glance(book, links, catalogue, MOST))
        section aria-labelledby="claims" {
            h2 id="claims" { "Claims" }
            (filters(book, catalogue))
            @for (n, one) in claims.iter().enumerate() {
                // Where the links of a status lead when no script narrows the list.
                @if claims[..n].iter().all(|before| before.status != one.status) { span id={ "status=" (one.status) } {} }
                (article(book, links, one))
            }
        }
        (map::map(book, links))
        (timeline::timeline(book, links, catalogue))
        (lists::measures(book, links))
        (lists::sources(book, links, catalogue))
        (lists::places(book, links, catalogue))
        section aria-labelledby="data" {
            h2 id="data" { "Data" }
            p { "Everything on this page, to work with:" }
            ul { @for file in downloads {
                li {
                    a download=(file.name) id={ "data-" (file.name) } href=(data(file)) { (file.name) }
                    " – " (file.about) ", " (file.bytes.len().div_ceil(1024)) " KB"
                }
            } }
        }
    };
    frame(book.title.as_deref().unwrap_or("Claims on record"), links, &nav, &body)
}

/// The bytes of a file as an address, with as little escaped as browsers ask for: base64 would make
/// a page a third larger.
fn data(file: &Download) -> String {
    let mut address = format!("data:{};charset=utf-8,", file.media_type);
    for c in String::from_utf8_lossy(&file.bytes).chars() {
        let plain = c == ' ' || !(commands(c) || "\n\t%#\"&<>\u{feff}".contains(c));
        if plain {
            address.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    // A browser takes blanks off the end of an address.
    let kept = address.trim_end_matches(' ').len();
    let blanks = address.len() - kept;
    address.truncate(kept);
    address + &"%20".repeat(blanks)
}

fn article(book: &Snapshot, links: Links, one: &Claim) -> Markup {
    let places = places_of(book, one);
    let joined = |words: &mut dyn Iterator<Item = &str>| words.collect::<Vec<_>>().join(" ");
    html! {
        article class="claim" id={ "claim/" (one.key) }
            data-status=(one.status)
            data-place=(joined(&mut places.iter().copied()))
            data-source=(joined(&mut one.mentions.iter().map(|said| said.source.as_str())))
            data-speaker=(joined(&mut one.mentions.iter().filter_map(|said| said.speaker.as_deref())))
            data-measure=(joined(&mut one.figures.iter().map(|figure| figure.measure.as_str())))
            data-from=[one.days.0.as_deref()] data-to=[one.days.1.as_deref()] {
            h3 dir="auto" { a href={ "#claim/" (one.key) } { (shown(&one.text)) } }
            (claim::caveats(book, links, one))
            details {
                summary { "Who, where, how many, and what was checked" }
                (claim::record(book, links, one))
            }
        }
    }
}

/// What narrows the list; it is shown when the script is there to do it.
fn filters(book: &Snapshot, catalogue: &Catalogue) -> Markup {
    let select = |name: &str, word: &str, options: Vec<(&str, String)>| {
        html! {
            label { (word) select name=(name) {
                option value="" { "any" }
                @for (value, said) in options { option value=(value) { (said) } }
            } }
        }
    };
    let statuses = book.statuses.iter().filter(|(_, claims)| *claims > 0);
    let statuses =
        statuses.map(|(word, n)| (word.code.as_str(), format!("{} ({n})", shown(&word.label))));
    let places = book.places.all.iter().filter(|place| place.claims + place.near > 0);
    let places = places.map(|p| {
        let claims = catalogue.of_place.get(&p.key).map_or(0, Vec::len);
        (p.key.as_str(), format!("{} ({claims})", shown(&p.name)))
    });
    let sources = |party: bool| {
        let all = book.sources.all.iter().filter(move |source| source.party == party);
        all.filter_map(|source| {
            let claims = catalogue.of_source.get(&source.key)?.len();
            Some((
                source.key.as_str(),
                format!("{} ({claims})", super::components::cut(&source.title, 60)),
            ))
        })
    };
    let measures = book.measures.all.iter();
    let measures = measures.map(|one| (one.key.as_str(), super::components::cut(&one.title, 60)));
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
            output id="found" aria-live="polite" { (text(&super::components::count(book.claims, "claim"))) }
        }
    }
}
