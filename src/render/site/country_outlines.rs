//! The outlines of countries, from `countries.txt` (Natural Earth 1:50m, public domain; generated
//! by
//! `countries.py`).

const COUNTRIES: &str = include_str!("countries.txt");

/// A rectangle in degrees: west, south, east, north.
pub(super) type Window = (f64, f64, f64, f64);

/// A country with the parts of its outline inside a window, as rings of longitude and latitude.
pub(super) struct CountryOutline {
    pub name: &'static str,
    pub rings: Vec<Vec<(f64, f64)>>,
}

impl CountryOutline {
    /// Returns `true` if a point lies in the country: a ray from it crosses the rings an odd number
    /// of times.
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        let crosses = |(a, b): (&(f64, f64), &(f64, f64))| {
            (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0
        };
        let ring = |ring: &Vec<(f64, f64)>| {
            ring.iter().zip(ring.iter().cycle().skip(1)).filter(|pair| crosses(*pair)).count()
        };
        self.rings.iter().map(ring).sum::<usize>() % 2 == 1
    }
}

/// Reads the countries inside a window, clipped at its edges.
pub(super) fn read_outlines(window: Window) -> Vec<CountryOutline> {
    let country = |line: &'static str| {
        let mut parts = line.split('\t');
        let name = parts.next()?;
        let rings: Vec<_> = parts
            .map(|part| clip_ring(&parse_ring(part), window))
            .filter(|r| r.len() > 2)
            .collect();
        (!rings.is_empty()).then_some(CountryOutline { name, rings })
    };
    COUNTRIES.lines().filter_map(country).collect()
}

/// Parses a ring: the first point, then steps, in hundredths of a degree.
fn parse_ring(text: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<i32> = text.split(' ').filter_map(|word| word.parse().ok()).collect();
    let (mut x, mut y) = (0, 0);
    let step = |pair: &[i32]| {
        x += pair[0];
        y += pair[1];
        (f64::from(x) / 100.0, f64::from(y) / 100.0)
    };
    numbers.chunks_exact(2).map(step).collect()
}

/// Clips a ring to a window (Sutherland–Hodgman).
fn clip_ring(ring: &[(f64, f64)], (west, south, east, north): Window) -> Vec<(f64, f64)> {
    let is_outside = |of: fn(&(f64, f64)) -> f64, least: f64, most: f64| {
        ring.iter().all(|p| of(p) < least) || ring.iter().all(|p| of(p) > most)
    };
    if is_outside(|p| p.0, west, east) || is_outside(|p| p.1, south, north) {
        return Vec::new();
    }
    let mut points = ring.to_vec();
    // Each edge: its axis, the side that lies inside, and its position.
    let edges: [(bool, bool, f64); 4] =
        [(true, true, west), (true, false, east), (false, true, south), (false, false, north)];
    for (across, above, edge) in edges {
        let of = |p: (f64, f64)| if across { p.0 } else { p.1 };
        let inside = |p: (f64, f64)| if above { of(p) >= edge } else { of(p) <= edge };
        let cross = |a: (f64, f64), b: (f64, f64)| {
            let t = (edge - of(a)) / (of(b) - of(a));
            (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1))
        };
        let mut kept = Vec::with_capacity(points.len());
        for (n, here) in points.iter().copied().enumerate() {
            let before = points[(n + points.len() - 1) % points.len()];
            match (inside(before), inside(here)) {
                (true, true) => kept.push(here),
                (true, false) => kept.push(cross(before, here)),
                (false, true) => kept.extend([cross(before, here), here]),
                (false, false) => {}
            }
        }
        points = kept;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, clip_ring, parse_ring, read_outlines};

    #[test]
    fn every_line_is_a_country_with_closed_steps() {
        for line in COUNTRIES.lines() {
            let mut parts = line.split('\t');
            assert!(!parts.next().unwrap().is_empty());
            for part in parts {
                assert!(part.split(' ').all(|word| word.parse::<i32>().is_ok()), "{line:.40}");
                let points = parse_ring(part);
                assert!(points.len() > 2);
                assert!(points.iter().all(|p| p.0.abs() <= 180.01 && p.1.abs() <= 90.01));
            }
        }
    }

    #[test]
    fn cuts_at_the_window() {
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let cut = clip_ring(&square, (5.0, 5.0, 20.0, 20.0));
        let area = |r: &[(f64, f64)]| {
            let pairs = r.iter().zip(r.iter().cycle().skip(1));
            pairs.map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
        };
        assert!((area(&cut) - 25.0).abs() < 1e-9, "{cut:?}");
        assert!(clip_ring(&square, (11.0, 11.0, 12.0, 12.0)).is_empty());
        let names: Vec<_> =
            read_outlines((60.0, 29.0, 75.0, 39.0)).iter().map(|o| o.name).collect();
        assert!(names.contains(&"Afghanistan") && !names.contains(&"France"), "{names:?}");
        let holder: Vec<_> = read_outlines((60.0, 29.0, 75.0, 39.0))
            .into_iter()
            .filter(|o| o.contains((69.17, 34.53)))
            .map(|o| o.name)
            .collect();
        assert_eq!(holder, ["Afghanistan"]);
    }
}
