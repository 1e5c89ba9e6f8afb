//! The places around each of a number of places, found once for all of them.

/// The number of places around a place, and the index of the last of them, which is its own where there are none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Enclosed {
    pub(super) number: usize,
    pub(super) outermost: usize,
}

/// Looks at each place once, however deep places nest. `around` gives for each the index of the one that holds it.
pub(super) fn enclosed_places(around: &[Option<usize>]) -> Vec<Enclosed> {
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
    use super::enclosed_places;

    /// The places around each place are those that a walk up from it meets, also where places lie in a circle.
    #[test]
    fn places_around_are_those_of_a_walk() {
        // A chain, a circle of three with two places below it, and a place within itself.
        let around = [
            None,
            Some(0),
            Some(4),
            Some(1),
            Some(3),
            Some(7),
            Some(5),
            Some(8),
            Some(5),
            Some(6),
            Some(10),
        ];
        let found = enclosed_places(&around);
        let mut numbers = Vec::new();
        for (place, enclosed) in found.iter().enumerate() {
            let mut walked = vec![place];
            while let Some(next) = around[walked[walked.len() - 1]] {
                if walked.contains(&next) {
                    break;
                }
                walked.push(next);
            }
            assert_eq!(
                (enclosed.number, enclosed.outermost),
                (walked.len() - 1, walked[walked.len() - 1]),
                "{place}"
            );
            numbers.push(enclosed.number);
        }
        assert_eq!(numbers, [0, 1, 4, 2, 3, 2, 3, 2, 2, 4, 0]);
    }
}
