//! The head of a page: how much is claimed, what of it is not verified, where, by whom, and which
//! figures disagree.

use super::catalogue::Catalogue;
use super::parts::{Links, badge, class_of, count, shown, source, text};
use crate::model::book::{Book, Source, number};
use maud::{Markup, html};

/// Statuses that a reader should know of first: nobody stands behind these claims, or somebody
/// stands against them.
const DOUBTFUL: [&str; 6] =
    ["refuted", "misleading", "retracted", "disputed", "unverified", "unassessed"];

/// What a page says first. `most` lines of each list are shown.
pub(super) fn glance(book: &Book, links: Links, catalogue: &Catalogue, most: usize) -> Markup {
    let title = book.title.as_deref().unwrap_or("Claims on record");
    let documents = book.sources.all.iter().filter(|source| !source.party).count() as u64;
    html! {
        h1 { (text(title)) }
        p class="lead" {
            strong { (count(book.claims, "claim")) } " from " strong { (count(documents, "document")) }
            ", going back to " strong { (count(catalogue.origins(), "independent origin")) } ". "
            (count(catalogue.several(), "claim")) @if catalogue.several() == 1 { " has" } @else { " have" }
            " more than one origin."
            @if let Some(at) = &book.as_of { " Verdicts up to " (shown(at.get(..10).unwrap_or(at))) "." }
        }
        section aria-labelledby="glance" {
            h2 id="glance" { "At a glance" }
            div class="columns" {
                div {
                    h3 { "How well claims are borne out" }
                    (statuses(book, links))
                }
                div {
                    h3 { "Doubtful or unverified" }
                    (doubtful(book, links, catalogue, most))
                }
                div {
                    h3 { "Which figures disagree" }
                    (conflicts(book, links, most))
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

fn statuses(book: &Book, links: Links) -> Markup {
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
                        td class="number" { (number(*claims as f64)) }
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
        Links::Page => format!("#{field}={value}"),
        Links::Site(root) if field == "status" => format!("{root}status/{}.html", class_of(value)),
        Links::Site(_) => links.to(field, value),
    }
}

fn doubtful(book: &Book, links: Links, catalogue: &Catalogue, most: usize) -> Markup {
    let all: Vec<usize> = DOUBTFUL
        .iter()
        .filter_map(|status| catalogue.of_status.get(*status))
        .flatten()
        .copied()
        .collect();
    html! {
        @if all.is_empty() { p { "None." } }
        (catalogue.list(book, links, &all[..all.len().min(most)]))
        @if all.len() > most { p { "… and " (all.len() - most) " more: see the statuses." } }
    }
}

fn conflicts(book: &Book, links: Links, most: usize) -> Markup {
    html! {
        @if book.conflicts.is_empty() { p { "None that can be compared." } }
        ul class="against" {
            @for pair in book.conflicts.iter().take(most) {
                li class="conflict" {
                    strong { (shown(&pair.finding)) } ", " a href=(links.to("measure", &pair.measure.0)) { (text(&pair.measure.1)) } ": "
                    a href=(links.to("claim", &pair.one.claim)) { (text(&pair.one.words)) } " (" (badge(book, &pair.one.status)) ") against "
                    a href=(links.to("claim", &pair.other.claim)) { (text(&pair.other.words)) } " (" (badge(book, &pair.other.status)) ")"
                    @if let Some(gap) = pair.gap { ", apart by a factor of " (number((gap * 100.0).round() / 100.0)) }
                    "; " (text(&pair.why)) "."
                }
            }
        }
        @if book.conflicts.len() > most { p { "… and " (book.conflicts.len() - most) " more, at their measures." } }
    }
}

fn places(book: &Book, links: Links, most: usize) -> Markup {
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

fn speakers(book: &Book, links: Links, most: usize) -> Markup {
    let mut all: Vec<_> = book.sources.all.iter().filter(|s| s.party && stated(s) > 0).collect();
    all.sort_by_key(|source| std::cmp::Reverse(stated(source)));
    html! {
        ul { @for one in all.into_iter().take(most) {
            li { (source(book, links, &one.key)) " " (count(stated(one), "claim")) }
        } }
    }
}
