//! The head of a page: how much is claimed, what of it is not verified, where, by whom, and which
//! figures disagree.

use super::components::{Links, badge, class_of, count, cut, figure_words, shown, source, text};
use super::index::Catalogue;
use crate::model::publication::{ConflictSide, Snapshot, Source, format_number};
use maud::{Markup, html};

/// Statuses that a reader should know of first: nobody stands behind these claims, or somebody
/// stands against them.
const DOUBTFUL: [&str; 6] =
    ["unverified", "refuted", "misleading", "retracted", "disputed", "unassessed"];

/// What a page says first. `most` lines of each list are shown.
pub(super) fn glance(book: &Snapshot, links: Links, catalogue: &Catalogue, most: usize) -> Markup {
    let title = book.title.as_deref().unwrap_or("Claims on record");
    let documents = book.sources.all.iter().filter(|source| !source.party).count() as u64;
    html! {
        h1 { (text(title)) }
        p class="lead" {
            strong { (count(book.claims, "claim")) } " from " strong { (count(documents, "document")) }
            ", going back to " strong { (count(catalogue.origins(), "independent origin")) } ". "
            (count(catalogue.several(), "claim")) @if catalogue.several() == 1 { " has" } @else { " have" }
            " more than one origin."
            @if let Some(at) = &book.as_of { " Verdicts up to " time { (shown(at.get(..10).unwrap_or(at))) } "." }
        }
        section aria-labelledby="glance" {
            h2 id="glance" { "At a glance" }
            div class="columns" {
                div {
                    h3 { "How well claims are borne out" }
                    (statuses(book, links))
                }
                div {
                    h3 { "Unverified, doubtful or not assessed" }
                    (doubtful(book, links, catalogue, most))
                }
                div {
                    h3 { "Which figures disagree" }
                    (conflicts(book, links, catalogue, most))
                }
                div {
                    h3 { "Where" }
                    (places(book, links, most))
                    h3 { "Who says it" }
                    (speakers(book, links, most))
                }
            }
        }
    }
}

fn statuses(book: &Snapshot, links: Links) -> Markup {
    let most = book.statuses.iter().map(|(_, claims)| *claims).max().unwrap_or(0).max(1);
    html! {
        table class="counts" {
            thead { tr { th scope="col" { "Status" } th scope="col" { "Claims" } th scope="col" class="wide" { span class="hidden" { "Share" } } } }
            tbody {
                @for (word, claims) in book.statuses.iter().filter(|(_, claims)| *claims > 0) {
                    tr {
                        th scope="row" {
                            a href=(filtered(links, "status", &word.code)) title=(shown(&word.definition)) { (shown(&word.label)) }
                        }
                        td class="number" { (format_number(*claims as f64)) }
                        td {
                            svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
                                rect class={ "s-" (class_of(&word.code)) } x="0" y="1" height="12" width=(((*claims * 1000) / most).max(6)) {}
                            }
                        }
                    }
                }
            }
        }
        details {
            summary { "What the words mean" }
            dl { @for (word, _) in &book.statuses { dt { (badge(book, &word.code)) } dd { (shown(&word.definition)) } } }
        }
    }
}

/// Where the claims of a status or a place are listed.
pub(super) fn filtered(links: Links, field: &str, value: &str) -> String {
    match links {
        Links::Page => format!("#{field}={}", encoded(value)),
        Links::Site(root) if field == "status" => format!("{root}status/{}.html", class_of(value)),
        Links::Site(_) => links.to(field, value),
    }
}

/// A value inside an address.
fn encoded(value: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let one =
        |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(one).collect()
}

fn doubtful(book: &Snapshot, links: Links, catalogue: &Catalogue, most: usize) -> Markup {
    let groups: Vec<(&str, &Vec<usize>)> = DOUBTFUL
        .into_iter()
        .filter_map(|status| Some((status, catalogue.of_status.get(status)?)))
        .collect();
    let all: Vec<usize> = groups.iter().flat_map(|(_, claims)| claims.iter()).copied().collect();
    html! {
        @if all.is_empty() { p { "None." } }
        (catalogue.list(book, links, &all[..all.len().min(most)]))
        @if all.len() > most {
            p { "All of them: " @for (n, (status, claims)) in groups.iter().enumerate() {
                @if n > 0 { ", " }
                a href=(filtered(links, "status", status)) { (shown(book.status_label(status))) } " (" (claims.len()) ")"
            } }
        }
    }
}

/// One side of what disagrees: what it says, its status, its first source.
fn side(book: &Snapshot, links: Links, side: &ConflictSide) -> Markup {
    let mut sources = side.sources.split(", ");
    let first = sources.next().map(|key| cut(book.source_title(key), 42));
    let more = sources.count();
    html! {
        a href=(links.to("claim", &side.claim)) { (figure_words(&side.words)) } " (" (badge(book, &side.status))
        @if let Some(first) = first { "; " (text(&first)) }
        @if more > 0 { " and " (more) " more" }
        ")"
    }
}

fn conflicts(book: &Snapshot, links: Links, catalogue: &Catalogue, most: usize) -> Markup {
    // Claims said to contradict one another, unless their figures tell it already.
    let known = |a: &str, b: &str| {
        book.conflicts_for_claim(a).iter().any(|pair| pair.one.claim == b || pair.other.claim == b)
    };
    let said = catalogue.against.iter().filter(|(one, _, other)| !known(&one.key, &other.key));
    html! {
        @if book.conflicts.is_empty() && catalogue.against.is_empty() { p { "Nothing that can be compared." } }
        ul class="against" {
            @for pair in book.conflicts.iter().take(most) {
                li class="conflict" {
                    strong { (shown(&pair.finding)) } ", " a href=(links.to("measure", &pair.measure.0)) { (text(&pair.measure.1)) } ": "
                    (side(book, links, &pair.one)) " against " (side(book, links, &pair.other))
                    @if let Some(gap) = pair.gap { ", apart by a factor of at least " (format_number((gap * 100.0).round() / 100.0)) }
                    "; " (text(&pair.why)) "."
                }
            }
        }
        @if book.conflicts.len() > most { p { "… and " (book.conflicts.len() - most) " more, at their measures." } }
        @if said.clone().next().is_some() {
            h4 { "Claims that do not go together" }
            ul class="against" {
                @for (one, relation, other) in said.take(most) {
                    li {
                        (badge(book, &one.status)) " " a href=(links.to("claim", &one.key)) { (text(&cut(&one.text, 120))) }
                        " " em { (shown(relation)) } " "
                        (badge(book, &other.status)) " " a href=(links.to("claim", &other.key)) { (text(&cut(&other.text, 120))) }
                    }
                }
            }
        }
    }
}

fn places(book: &Snapshot, links: Links, most: usize) -> Markup {
    let mut all: Vec<_> = book.places.all.iter().filter(|place| place.claims > 0).collect();
    all.sort_by_key(|place| std::cmp::Reverse(place.claims));
    html! {
        ul { @for place in all.into_iter().take(most) {
            li { a href=(links.to("place", &place.key)) { (text(&place.name)) } " " (count(place.claims, "claim")) }
        } }
    }
}

/// Claims that a source states.
pub(super) fn stated(source: &Source) -> u64 {
    source.record.iter().map(|(_, claims)| claims).sum()
}

fn speakers(book: &Snapshot, links: Links, most: usize) -> Markup {
    let mut all: Vec<_> = book.sources.all.iter().filter(|s| s.party && stated(s) > 0).collect();
    all.sort_by_key(|source| std::cmp::Reverse(stated(source)));
    html! {
        ul { @for one in all.into_iter().take(most) {
            li { (source(book, links, &one.key)) " " (count(stated(one), "claim")) }
        } }
    }
}
