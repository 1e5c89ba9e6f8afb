//! The places around a place: how many there are and which is the outermost, found once for all places.

use super::{Keyed, Place, Snapshot};

/// The places around a place: the nearest, how many more there are, and the outermost.
#[derive(Clone, Debug, Default)]
pub struct EnclosingPlaces<'a> {
    /// The nearest, innermost first.
    pub nearest: Vec<&'a Place>,
    /// The number of places between those and the outermost.
    pub more: usize,
    /// The outermost; `None` if no place is around.
    pub outermost: Option<&'a Place>,
}

/// How many places are around a place, and the index of the last of them, which is its own where there are none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Enclosed {
    number: usize,
    outermost: usize,
}

impl Snapshot {
    /// Returns the places around a place, of which at most `named` between it and the outermost are listed. A cycle ends
    /// where it closes.
    pub fn nearest_enclosing_places(&self, key: &str, named: usize) -> EnclosingPlaces<'_> {
        let enclosed = self.enclosed.get_or_init(|| enclosed_places(&self.places));
        let at = self.places.position(key);
        let Some(Enclosed { number, outermost }) = enclosed.get(at).filter(|one| one.number > 0)
        else {
            return EnclosingPlaces::default();
        };
        let (between, mut around) = (number - 1, self.places.all.get(at));
        let nearest = std::iter::from_fn(|| {
            around = self.places.get(around?.within.as_deref()?);
            around
        });
        let nearest: Vec<_> = nearest.take(between.min(named)).collect();
        let more = between - nearest.len();
        EnclosingPlaces { nearest, more, outermost: self.places.all.get(*outermost) }
    }
}

/// Looks at each place once, however deep places nest.
fn enclosed_places(places: &Keyed<Place>) -> Vec<Enclosed> {
    let around: Vec<Option<usize>> = places
        .all
        .iter()
        .map(|place| {
            Some(places.position(place.within.as_deref()?)).filter(|at| *at < places.all.len())
        })
        .collect();
    let mut found: Vec<Option<Enclosed>> = vec![None; around.len()];
    // The step at which a place was met on the way up from `first`.
    let mut met: Vec<Option<(usize, usize)>> = vec![None; around.len()];
    for first in 0..around.len() {
        let (mut path, mut next) = (Vec::new(), Some(first));
        while let Some(here) = next.filter(|here| found[*here].is_none()) {
            if let Some((_, start)) = met[here].filter(|(from, _)| *from == first) {
                // The path closes a circle, in which the outermost of each is the one that lies in it.
                let circle: Vec<usize> = path.drain(start..).collect();
                let last = circle.iter().copied().cycle().skip(circle.len() - 1);
                for (one, outermost) in circle.iter().zip(last) {
                    found[*one] = Some(Enclosed { number: circle.len() - 1, outermost });
                }
                break;
            }
            met[here] = Some((first, path.len()));
            path.push(here);
            next = around[here];
        }
        while let Some(here) = path.pop() {
            let outer = around[here].and_then(|outer| found[outer]);
            found[here] = Some(match outer {
                Some(Enclosed { number, outermost }) => Enclosed { number: number + 1, outermost },
                None => Enclosed { number: 0, outermost: here },
            });
        }
    }
    let none = |(here, one): (usize, Option<Enclosed>)| {
        one.unwrap_or(Enclosed { number: 0, outermost: here })
    };
    found.into_iter().enumerate().map(none).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places around each place are those that a walk up from it meets, also where places lie in a circle.
    #[test]
    fn places_around_are_those_of_a_walk() {
        let mut snapshot = Snapshot::default();
        let within = [
            ("a", None),
            ("b", Some("a")),
            ("e", Some("d")),
            ("c", Some("b")),
            ("d", Some("c")),
            ("x", Some("y")),
            ("below", Some("x")),
            ("y", Some("z")),
            ("z", Some("x")),
            ("lower", Some("below")),
            ("itself", Some("itself")),
            ("lost", Some("nowhere")),
        ];
        for (key, around) in within {
            let place = Place {
                key: key.to_owned(),
                within: around.map(str::to_owned),
                ..Place::default()
            };
            snapshot.places.push(key, place);
        }
        let mut numbers = Vec::new();
        for (key, _) in within {
            let walked: Vec<&str> =
                snapshot.enclosing_places(key).iter().skip(1).map(|place| &*place.key).collect();
            for named in [0, 1, 2, 20] {
                let found = snapshot.nearest_enclosing_places(key, named);
                let mut keys: Vec<&str> = found.nearest.iter().map(|place| &*place.key).collect();
                assert_eq!(keys[..], walked[..keys.len()], "{key}");
                assert!(keys.len() == named || found.more == 0, "{key}: {found:?}");
                keys.extend(found.outermost.map(|place| &*place.key));
                assert_eq!(keys.last(), walked.last().filter(|_| !keys.is_empty()), "{key}");
                assert_eq!(keys.len() + found.more, walked.len(), "{key}");
            }
            numbers.push(walked.len());
        }
        assert_eq!(numbers, [0, 1, 4, 2, 3, 2, 3, 2, 2, 4, 0, 0]);
    }
}
