//! The map: countries for orientation, and for each place a circle that covers the area its point
//! stands for, never an exact pin, with the number of claims.

use super::components::{Links, count_noun, place_link, shown_text, truncate};
use super::country_outlines::{CountryOutline, Window, read_outlines};
use crate::model::publication::{Place, Snapshot};
use maud::{Markup, html};

/// Units of the drawing per degree of latitude.
const UNITS_PER_DEGREE: f64 = 100.0;
/// Kilometres per degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;
/// The largest number of places drawn: those with the most claims.
const MAX_PLACES_DRAWN: usize = 500;

/// Returns the radius in kilometres within which a place lies, by its precision (UCDP 1 to 7). For
/// an administrative division it is a usual size, since its borders are not on record.
fn radius_km(precision: i64) -> f64 {
    match precision {
        1 => 5.0,
        2 | 3 => 25.0,
        4 => 75.0,
        5 => 50.0,
        _ => 250.0,
    }
}

/// A place on the map, with its position and radius.
struct Dot<'a> {
    place: &'a Place,
    lat: f64,
    lon: f64,
    km: f64,
}

/// A country on the map.
struct Country {
    outline: CountryOutline,
    /// `true` if a claim names the country as a whole.
    named: bool,
}

/// The projection from longitude and latitude to the drawing, true to scale at the middle latitude.
struct Projection {
    squeeze: f64,
}

impl Projection {
    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        (lon * self.squeeze * UNITS_PER_DEGREE, -lat * UNITS_PER_DEGREE)
    }
}

/// Renders the map with its places, or a sentence if no place has coordinates.
pub(super) fn render_map(snapshot: &Snapshot, links: Links) -> Markup {
    let mut dots: Vec<Dot<'_>> = snapshot.places.all.iter().filter_map(dot).collect();
    dots.sort_by_key(|dot| std::cmp::Reverse(dot.place.own + dot.place.near));
    dots.truncate(MAX_PLACES_DRAWN);
    let Some(all) = window_around(dots.iter()) else {
        return html! {
            section aria-labelledby="map" { h2 id="map" { "Map" } p { "No place of a claim has coordinates on record." } }
        };
    };
    // The initial view covers the places that are known more exactly than their country.
    let view = window_around(dots.iter().filter(|dot| dot.km < 200.0)).unwrap_or(all);
    let projection = Projection { squeeze: ((view.1 + view.3) / 2.0).to_radians().cos().max(0.2) };
    // Largest first, so that small circles lie on top and can be clicked.
    dots.sort_by(|a, b| b.km.total_cmp(&a.km).then_with(|| a.place.key.cmp(&b.place.key)));
    let land = widen(all, 0.6);
    // A map of the world needs fewer details.
    let grain = ((land.2 - land.0) * UNITS_PER_DEGREE / 1500.0).round() as i64;
    let countries: Vec<Country> = read_outlines(land)
        .into_iter()
        .map(|outline| {
            let named = |dot: &&Dot<'_>| dot.km > 200.0 && outline.contains((dot.lon, dot.lat));
            Country { named: dots.iter().find(named).is_some(), outline }
        })
        .collect();
    let off = snapshot
        .places
        .all
        .iter()
        .filter(|place| place.own + place.near > 0 && dot(place).is_none());
    html! {
        section aria-labelledby="map" {
            h2 id="map" { "Map" }
            p class="intro" {
                "A circle covers what a place stands for: a town, a district of about 25 km, a province of about 75 km, a country. "
                "It is not where something happened. The number counts the claims at the place itself or near it; the list of places counts those inside it, too."
            }
            div class="map" {
                div class="zoom needs-script" hidden {
                    button type="button" data-zoom="in" aria-label="Zoom in" { "+" }
                    button type="button" data-zoom="out" aria-label="Zoom out" { "−" }
                    button type="button" data-zoom="all" { "Whole map" }
                    button type="button" data-zoom="start" { "Reset" }
                }
                svg id="places-map" viewBox=(view_box(&projection, view)) data-all=(view_box(&projection, all)) font-size=(format!("{:.0}", (view.2 - view.0) * projection.squeeze * UNITS_PER_DEGREE / 55.0)) role="group" aria-label="Map of the places" tabindex="0" {
                    (render_graticule(&projection, land, view))
                    @for country in &countries {
                        path class=(if country.named { "land named" } else { "land" }) d=(path_data(&projection, &country.outline.rings, grain)) { title { (country.outline.name) } }
                    }
                    @for dot in &dots {
                        @let (x, y) = projection.at(dot.lon, dot.lat);
                        a class=(if dot.km > 200.0 { "dot whole" } else { "dot" }) href=(links.to("place", &dot.place.key))
                            data-x=(format!("{x:.1}")) data-y=(format!("{y:.1}")) data-n=(dot.place.own + dot.place.near) {
                            title { (shown_text(&dot.place.name)) ": " (count_noun(dot.place.own, "claim")) @if dot.place.near > 0 { ", " (dot.place.near) " more near it" } @if let Some((_, words)) = &dot.place.precision { " (" (shown_text(words)) ")" } }
                            // A country is drawn as its outline instead.
                            @if dot.km < 200.0 || !countries.iter().any(|country| country.named && country.outline.contains((dot.lon, dot.lat))) {
                                circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(format!("{:.1}", dot.km / KM_PER_DEGREE * UNITS_PER_DEGREE)) {}
                            }
                            text x=(format!("{x:.1}")) y=(format!("{y:.1}")) {
                                tspan class="count" { (dot.place.own + dot.place.near) }
                                tspan class="name" x=(format!("{x:.1}")) dy="1.1em" { (truncate(&dot.place.name, 28)) }
                            }
                        }
                    }
                }
            }
            p class="caveats" {
                "Not drawn, because no coordinates are on record: "
                @for (n, one) in off.clone().take(30).enumerate() { @if n > 0 { ", " } (place_link(snapshot, links, &one.key)) " (" (one.own + one.near) ")" }
                @if off.count() == 0 { "none" } "."
            }
        }
    }
}

fn dot(place: &Place) -> Option<Dot<'_>> {
    let (lat, lon) = place.at.filter(|_| place.own + place.near > 0)?;
    let km = place.precision.as_ref().map_or(250.0, |(code, _)| radius_km(*code));
    Some(Dot { place, lat, lon, km })
}

/// Returns the window around some places with their circles and a margin.
fn window_around<'a>(dots: impl Iterator<Item = &'a Dot<'a>>) -> Option<Window> {
    let each = dots.map(|dot| {
        let (north, east) =
            (dot.km / KM_PER_DEGREE, dot.km / KM_PER_DEGREE / dot.lat.to_radians().cos().max(0.2));
        (dot.lon - east, dot.lat - north, dot.lon + east, dot.lat + north)
    });
    let window = each.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)))?;
    Some(widen(window, 0.1))
}

/// Adds a margin, a share of its size, to a window; the result is at least a degree across.
fn widen((west, south, east, north): Window, share: f64) -> Window {
    let (x, y) = (((east - west) * share).max(0.5), ((north - south) * share).max(0.5));
    ((west - x).max(-180.0), (south - y).max(-90.0), (east + x).min(180.0), (north + y).min(90.0))
}

/// Formats a window as a `viewBox`.
fn view_box(projection: &Projection, (west, south, east, north): Window) -> String {
    let ((x1, y1), (x2, y2)) = (projection.at(west, north), projection.at(east, south));
    format!("{x1:.0} {y1:.0} {:.0} {:.0}", x2 - x1, y2 - y1)
}

/// Formats rings as the data of a path, without steps and islands smaller than `grain`.
fn path_data(projection: &Projection, rings: &[Vec<(f64, f64)>], grain: i64) -> String {
    let mut d = String::new();
    for ring in rings {
        let at = |(lon, lat): &(f64, f64)| {
            let point = projection.at(*lon, *lat);
            (point.0.round() as i64, point.1.round() as i64)
        };
        let Some(first) = ring.first().map(at) else { continue };
        let far = |point: (i64, i64)| (point.0 - first.0).abs() + (point.1 - first.1).abs();
        if ring.iter().map(at).map(far).max().unwrap_or(0) < 3 * grain {
            continue;
        }
        let (mut x, mut y) = (0, 0);
        for (n, point) in ring.iter().enumerate() {
            let (here_x, here_y) = at(point);
            if n > 0 && (here_x - x).abs() + (here_y - y).abs() < grain {
                continue;
            }
            match n {
                0 => d.push_str(&format!("M{here_x} {here_y}l")),
                _ => d.push_str(&format!("{} {} ", here_x - x, here_y - y)),
            }
            (x, y) = (here_x, here_y);
        }
        d.push('Z');
    }
    d
}

/// Renders lines of longitude and latitude, spaced for the initial view.
fn render_graticule(projection: &Projection, land: Window, view: Window) -> Markup {
    let width = (view.2 - view.0).max(view.3 - view.1);
    let step = [1.0, 2.0, 5.0, 10.0, 30.0].into_iter().find(|s| width / s <= 12.0).unwrap_or(30.0);
    let lines = |from: f64, to: f64| {
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        (first..=last).map(move |n| n as f64 * step)
    };
    let line = |a: (f64, f64), b: (f64, f64)| {
        let (a, b) = (projection.at(a.0, a.1), projection.at(b.0, b.1));
        format!("M{:.0} {:.0}L{:.0} {:.0}", a.0, a.1, b.0, b.1)
    };
    let meridians = lines(land.0, land.2).map(|lon| line((lon, land.1), (lon, land.3)));
    let parallels = lines(land.1, land.3).map(|lat| line((land.0, lat), (land.2, lat)));
    let all: String = meridians.chain(parallels).collect();
    html! { path class="graticule" d=(all) aria-hidden="true" {} }
}
