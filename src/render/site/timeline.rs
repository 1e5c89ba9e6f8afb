//! When things are said to have happened: a span for each dated claim, from the earliest to the
//! latest day that it can be.

use super::components::{Links, badge, cut, when};
use super::index::{Brief, Catalogue};
use crate::model::publication::Snapshot;
use jiff::civil::Date;
use maud::{Markup, html};

/// A span on one axis.
struct Span<'a> {
    brief: &'a Brief,
    from: Option<Date>,
    to: Option<Date>,
}

/// The dated claims, by year; what covers more than a year stands before.
pub(super) fn timeline(book: &Snapshot, links: Links, catalogue: &Catalogue) -> Markup {
    let mut groups: Vec<(String, Vec<Span<'_>>)> = Vec::new();
    for span in catalogue.briefs.iter().filter_map(Span::of) {
        let name = span.group();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, spans)) => spans.push(span),
            None => groups.push((name, vec![span])),
        }
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    let undated = catalogue.briefs.iter().filter(|brief| Span::of(brief).is_none()).count();
    html! {
        section aria-labelledby="timeline" {
            h2 id="timeline" { "Timeline" }
            p class="intro" {
                "Each bar covers every day that the stated date allows; a pale bar with a dashed edge is an uncertain one. "
                (undated) " of the claims have no stated date and are not drawn."
            }
            @for (name, spans) in &mut groups { (group(book, links, name, spans)) }
        }
    }
}

/// The dated claims of a site, a page at a time from the earliest on: their numbers in that order.
pub(super) fn dated(catalogue: &Catalogue) -> Vec<usize> {
    let spans =
        catalogue.briefs.iter().enumerate().filter_map(|(n, one)| Some((Span::of(one)?, n)));
    let mut dated: Vec<_> = spans.map(|(span, n)| (span.from, span.to, n)).collect();
    dated.sort();
    dated.into_iter().map(|(_, _, n)| n).collect()
}

/// Some of the dated claims on one axis.
pub(super) fn stretch(
    book: &Snapshot,
    links: Links,
    catalogue: &Catalogue,
    some: &[usize],
) -> Markup {
    let mut spans: Vec<_> =
        some.iter().filter_map(|n| catalogue.briefs.get(*n)).filter_map(Span::of).collect();
    html! { section class="timeline" { (group(book, links, "In order", &mut spans)) } }
}

fn group(book: &Snapshot, links: Links, name: &str, spans: &mut [Span<'_>]) -> Markup {
    spans.sort_by_key(|span| (span.from, span.to));
    let days = || spans.iter().flat_map(|span| [span.from, span.to]).flatten();
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return html! {} };
    let (first, last) = (first.first_of_month(), last.last_of_month());
    let all = length(first, last) + 1.0;
    let at = |day: Date| length(first, day) / all * 1000.0;
    html! {
        @match links {
            Links::Page => { h3 { (name.trim_start()) } }
            Links::Site(_) => { h2 { (name.trim_start()) } }
        }
        p class="caveats" { "Bars run from " (first.to_string()) " to " (last.to_string()) "." }
        ul class="spans" {
            @for span in spans.iter() {
                @let left = span.from.map_or(0.0, at).min(994.0);
                @let right = span.to.map_or(1000.0, |day| at(day) + 1000.0 / all);
                @let open = span.from.is_none() || span.to.is_none();
                @let class = if open { "range open" } else if span.uncertain() { "range assumed" } else { "range" };
                li {
                    span class="when" { (when(span.brief.happened.as_deref().unwrap_or_default())) }
                    a href=(links.to("claim", &span.brief.key)) dir="auto" { (cut(&span.brief.text, 110)) }
                    (badge(book, &span.brief.status))
                    svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
                        rect class=(class) x=(format!("{left:.1}")) y="1" width=(format!("{:.1}", (right - left).max(6.0))) height="12" {}
                    }
                }
            }
        }
    }
}

/// Days from one to the other.
fn length(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

impl Span<'_> {
    fn of(brief: &Brief) -> Option<Span<'_>> {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        let (from, to) = (day(&brief.days.0), day(&brief.days.1));
        (from.is_some() || to.is_some()).then_some(Span { brief, from, to })
    }

    /// The year, or what stands before all years: a space sorts first.
    fn group(&self) -> String {
        match (self.from, self.to) {
            (Some(a), Some(b)) if a.year() == b.year() => format!("{:04}", a.year()),
            _ => " Over more than one year, or open to one side".to_owned(),
        }
    }

    fn uncertain(&self) -> bool {
        self.brief.happened.as_deref().is_some_and(|said| said.contains(['?', '~', '%', 'X']))
    }
}
