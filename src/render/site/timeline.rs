//! The timeline: a bar for each dated claim, from the earliest to the latest day that its date can
//! mean.

use super::components::{Links, claim_badge, date_in_words, truncate};
use super::index::{ClaimIndex, ClaimLine};
use crate::model::publication::Snapshot;
use jiff::civil::Date;
use maud::{Markup, html};

/// A dated claim on the axis.
struct Span<'a> {
    line: &'a ClaimLine,
    from: Option<Date>,
    to: Option<Date>,
}

/// Renders the dated claims by year, after those that cover more than a year.
pub(super) fn render_timeline(snapshot: &Snapshot, links: Links, index: &ClaimIndex) -> Markup {
    let mut groups: Vec<(String, Vec<Span<'_>>)> = Vec::new();
    for span in index.lines.iter().filter_map(Span::of) {
        let name = span.group_name();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, spans)) => spans.push(span),
            None => groups.push((name, vec![span])),
        }
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    let undated = index.lines.iter().filter(|line| Span::of(line).is_none()).count();
    html! {
        section aria-labelledby="timeline" {
            h2 id="timeline" { "Timeline" }
            p class="intro" {
                "Each bar covers every day that the stated date allows; a pale bar with a dashed edge is an uncertain one. "
                (undated) " of the claims have no stated date and are not drawn."
            }
            @for (name, spans) in &mut groups { (render_group(snapshot, links, name, spans)) }
        }
    }
}

/// Returns the positions of the dated claims, earliest first.
pub fn dated_claims(index: &ClaimIndex) -> Vec<usize> {
    let spans = index.lines.iter().enumerate().filter_map(|(n, one)| Some((Span::of(one)?, n)));
    let mut dated: Vec<_> = spans.map(|(span, n)| (span.from, span.to, n)).collect();
    dated.sort();
    dated.into_iter().map(|(_, _, n)| n).collect()
}

/// Renders some of the dated claims on one axis.
pub(super) fn render_section(
    snapshot: &Snapshot,
    links: Links,
    index: &ClaimIndex,
    some: &[usize],
) -> Markup {
    let mut spans: Vec<_> =
        some.iter().filter_map(|n| index.lines.get(*n)).filter_map(Span::of).collect();
    html! { section class="timeline" { (render_group(snapshot, links, "In order", &mut spans)) } }
}

fn render_group(snapshot: &Snapshot, links: Links, name: &str, spans: &mut [Span<'_>]) -> Markup {
    spans.sort_by_key(|span| (span.from, span.to));
    let days = || spans.iter().flat_map(|span| [span.from, span.to]).flatten();
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return html! {} };
    let (first, last) = (first.first_of_month(), last.last_of_month());
    let all = days_between(first, last) + 1.0;
    let at = |day: Date| days_between(first, day) / all * 1000.0;
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
                @let class = if open { "range open" } else if span.is_uncertain() { "range assumed" } else { "range" };
                li {
                    span class="when" { (date_in_words(span.line.happened.as_deref().unwrap_or_default())) }
                    a href=(links.to("claim", &span.line.key)) dir="auto" { (truncate(&span.line.text, 110)) }
                    (claim_badge(snapshot, &span.line.key, &span.line.status))
                    svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
                        rect class=(class) x=(format!("{left:.1}")) y="1" width=(format!("{:.1}", (right - left).max(6.0))) height="12" {}
                    }
                }
            }
        }
    }
}

/// Returns the number of days between two dates.
fn days_between(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

impl Span<'_> {
    fn of(line: &ClaimLine) -> Option<Span<'_>> {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        let (from, to) = (day(&line.days.0), day(&line.days.1));
        (from.is_some() || to.is_some()).then_some(Span { line, from, to })
    }

    /// Returns the year, or the name of the group before all years, whose leading space sorts
    /// first.
    fn group_name(&self) -> String {
        match (self.from, self.to) {
            (Some(a), Some(b)) if a.year() == b.year() => format!("{:04}", a.year()),
            _ => " Over more than one year, or open to one side".to_owned(),
        }
    }

    fn is_uncertain(&self) -> bool {
        self.line.happened.as_deref().is_some_and(|said| said.contains(['?', '~', '%', 'X']))
    }
}
