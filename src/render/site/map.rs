//! Where claims lie: countries for orientation, and for each place a circle as large as what its
//! point stands for, never an exact pin, with the number of claims there.

use super::components::{Links, count, cut, place, shown};
use super::outlines::{Outline, Window, outlines};
use crate::model::publication::{Place, Snapshot};
use maud::{Markup, html};

/// Units of the drawing for a degree of latitude.
const DEGREE: f64 = 100.0;
/// Kilometres of a degree of latitude.
const KM: f64 = 111.2;
/// Places drawn at most, those with most claims.
const MOST: usize = 500;

/// How far around its point a place may be, in kilometres, by its precision (UCDP 1 to 7); of an
/// administrative division a usual size, for its borders are not on record.
fn reach(precision: i64) -> f64 {
    match precision {
        1 => 5.0,
        2 | 3 => 25.0,
        4 => 75.0,
        5 => 50.0,
        _ => 250.0,
    }
}

/// A place on the map: where, how large, how many claims name it.
struct Dot<'a> {
    place: &'a Place,
    lat: f64,
    lon: f64,
    km: f64,
}

/// A country, and whether a claim names it as a whole.
struct Country {
    outline: Outline,
    named: bool,
}

/// Longitude and latitude to the drawing, true to scale at the middle latitude.
struct Projection {
    squeeze: f64,
}

impl Projection {
    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        (lon * self.squeeze * DEGREE, -lat * DEGREE)
    }
}

/// The map with its places; a word instead when no place has coordinates.
pub(super) fn map(book: &Snapshot, links: Links) -> Markup {
    let mut dots: Vec<Dot<'_>> = book.places.all.iter().filter_map(dot).collect();
    dots.sort_by_key(|dot| std::cmp::Reverse(dot.place.own + dot.place.near));
    dots.truncate(MOST);
    let Some(all) = around(dots.iter()) else {
        return html! {
            section aria-labelledby="map" { h2 id="map" { "Map" } p { "No place of a claim has coordinates on record." } }
        };
    };
    // The first look is at what is known more exactly than its country.
    let view = around(dots.iter().filter(|dot| dot.km < 200.0)).unwrap_or(all);
    let projection = Projection { squeeze: ((view.1 + view.3) / 2.0).to_radians().cos().max(0.2) };
    // Largest first, so that the small ones can be reached.
    dots.sort_by(|a, b| b.km.total_cmp(&a.km).then_with(|| a.place.key.cmp(&b.place.key)));
    let land = widened(all, 0.6);
    // A map of the world needs no coves.
    let grain = ((land.2 - land.0) * DEGREE / 1500.0).round() as i64;
    let countries: Vec<Country> = outlines(land)
        .into_iter()
        .map(|outline| {
            let named = |dot: &&Dot<'_>| dot.km > 200.0 && outline.holds((dot.lon, dot.lat));
            Country { named: dots.iter().find(named).is_some(), outline }
        })
        .collect();
    let off =
        book.places.all.iter().filter(|place| place.own + place.near > 0 && dot(place).is_none());
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
                svg id="places-map" viewBox=(boxed(&projection, view)) data-all=(boxed(&projection, all)) font-size=(format!("{:.0}", (view.2 - view.0) * projection.squeeze * DEGREE / 55.0)) role="group" aria-label="Map of the places" tabindex="0" {
                    (graticule(&projection, land, view))
                    @for country in &countries {
                        path class=(if country.named { "land named" } else { "land" }) d=(path(&projection, &country.outline.rings, grain)) { title { (country.outline.name) } }
                    }
                    @for dot in &dots {
                        @let (x, y) = projection.at(dot.lon, dot.lat);
                        a class=(if dot.km > 200.0 { "dot whole" } else { "dot" }) href=(links.to("place", &dot.place.key))
                            data-x=(format!("{x:.1}")) data-y=(format!("{y:.1}")) data-n=(dot.place.own + dot.place.near) {
                            title { (shown(&dot.place.name)) ": " (count(dot.place.own, "claim")) @if dot.place.near > 0 { ", " (dot.place.near) " more near it" } @if let Some((_, words)) = &dot.place.precision { " (" (shown(words)) ")" } }
                            // A country is its outline; a circle would say less.
                            @if dot.km < 200.0 || !countries.iter().any(|country| country.named && country.outline.holds((dot.lon, dot.lat))) {
                                circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(format!("{:.1}", dot.km / KM * DEGREE)) {}
                            }
                            text x=(format!("{x:.1}")) y=(format!("{y:.1}")) {
                                tspan class="count" { (dot.place.own + dot.place.near) }
                                tspan class="name" x=(format!("{x:.1}")) dy="1.1em" { (cut(&dot.place.name, 28)) }
                            }
                        }
                    }
                }
            }
            p class="caveats" {
                "Not drawn, for want of coordinates: "
                @for (n, one) in off.clone().take(30).enumerate() { @if n > 0 { ", " } (place(book, links, &one.key)) " (" (one.own + one.near) ")" }
                @if off.count() == 0 { "none" } "."
            }
        }
    }
}

fn dot(place: &Place) -> Option<Dot<'_>> {
    let (lat, lon) = place.at.filter(|_| place.own + place.near > 0)?;
    let km = place.precision.as_ref().map_or(250.0, |(code, _)| reach(*code));
    Some(Dot { place, lat, lon, km })
}

/// The window that holds some places with their circles and a margin.
fn around<'a>(dots: impl Iterator<Item = &'a Dot<'a>>) -> Option<Window> {
    let each = dots.map(|dot| {
        let (north, east) = (dot.km / KM, dot.km / KM / dot.lat.to_radians().cos().max(0.2));
        (dot.lon - east, dot.lat - north, dot.lon + east, dot.lat + north)
    });
    let window = each.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)))?;
    Some(widened(window, 0.1))
}

/// The window with a margin, a share of its size, and at least a degree across.
fn widened((west, south, east, north): Window, share: f64) -> Window {
    let (x, y) = (((east - west) * share).max(0.5), ((north - south) * share).max(0.5));
    ((west - x).max(-180.0), (south - y).max(-90.0), (east + x).min(180.0), (north + y).min(90.0))
}

fn boxed(projection: &Projection, (west, south, east, north): Window) -> String {
    let ((x1, y1), (x2, y2)) = (projection.at(west, north), projection.at(east, south));
    format!("{x1:.0} {y1:.0} {:.0} {:.0}", x2 - x1, y2 - y1)
}

/// The rings as a path; what is finer than `grain` is left out: steps, and whole islands.
fn path(projection: &Projection, rings: &[Vec<(f64, f64)>], grain: i64) -> String {
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

/// Lines of longitude and latitude, as far apart as suits what is looked at first.
fn graticule(projection: &Projection, land: Window, view: Window) -> Markup {
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
