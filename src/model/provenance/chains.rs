//! Finds where the chains of a claim end: the definition of an independent origin, over any kind of name for
//! a source.

use std::collections::{BTreeMap, BTreeSet};

/// A mention that states the claim or bears it out: the document, and who speaks in it.
pub type Stated<N> = (N, Option<N>);

/// The end of a chain: one text, or a circle of texts, and who speaks there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd<N> {
    /// The text, or all texts of the circle.
    pub texts: BTreeSet<N>,
    /// The sources that speak there: the text itself where nobody is named. A circle is one origin, and has one
    /// voice.
    pub voices: BTreeSet<N>,
}

impl<N: Copy + Ord> ChainEnd<N> {
    /// The text that stands for the end: the first of its texts.
    pub fn text(&self) -> Option<N> {
        self.texts.first().copied()
    }
}

/// The part of the graph of sources that the chains of one claim run through.
struct Walk<N> {
    /// The sources that each one draws on for this claim; every source that a chain reaches has an entry.
    followed: BTreeMap<N, Vec<N>>,
    /// Of these, by which sources each is taken over whole.
    taken_whole_by: BTreeMap<N, Vec<N>>,
}

/// Finds the ends of the chains that begin at the documents of `stated`. `drawn_on` gives what a source draws
/// on, each with whether its whole text is taken over: such an edge is always followed, another only to a
/// source that states the claim. Of several sources the first in order is meant.
pub fn chain_ends<N, I>(stated: &[Stated<N>], drawn_on: impl Fn(N) -> I) -> Vec<ChainEnd<N>>
where
    N: Copy + Ord,
    I: IntoIterator<Item = (N, bool)>,
{
    let documents: BTreeSet<N> = stated.iter().map(|(document, _)| *document).collect();
    let walk = Walk::from(&documents, drawn_on);
    let ends = walk.ends();
    ends.into_iter()
        .map(|texts| {
            let voices = walk.voices(&texts, stated);
            ChainEnd { texts, voices }
        })
        .collect()
}

impl<N: Copy + Ord> Walk<N> {
    fn from<I>(documents: &BTreeSet<N>, drawn_on: impl Fn(N) -> I) -> Self
    where
        I: IntoIterator<Item = (N, bool)>,
    {
        let mut walk = Walk { followed: BTreeMap::new(), taken_whole_by: BTreeMap::new() };
        let mut open: Vec<N> = documents.iter().copied().collect();
        while let Some(here) = open.pop() {
            if walk.followed.contains_key(&here) {
                continue;
            }
            let mut next = Vec::new();
            for (origin, whole) in drawn_on(here) {
                if whole {
                    walk.taken_whole_by.entry(origin).or_default().push(here);
                }
                if whole || documents.contains(&origin) {
                    next.push(origin);
                }
            }
            open.extend(&next);
            walk.followed.insert(here, next);
        }
        walk
    }

    /// The strongly connected components that no edge leaves, by Tarjan's algorithm, without recursion.
    fn ends(&self) -> Vec<BTreeSet<N>> {
        let mut ends = Vec::new();
        // The number in which each source was met, and the least number that it leads back to.
        let mut met: BTreeMap<N, usize> = BTreeMap::new();
        let mut least: BTreeMap<N, usize> = BTreeMap::new();
        let mut component: Vec<N> = Vec::new();
        let mut done: BTreeSet<N> = BTreeSet::new();
        for start in self.followed.keys() {
            let mut path: Vec<(N, usize)> = vec![(*start, 0)];
            while let Some((here, nth)) = path.pop() {
                if nth == 0 {
                    if met.contains_key(&here) {
                        continue;
                    }
                    let number = met.len();
                    met.insert(here, number);
                    least.insert(here, number);
                    component.push(here);
                }
                let next = &self.followed[&here];
                if let Some(last) = nth.checked_sub(1).and_then(|n| next.get(n)) {
                    self.lower(&mut least, here, *last, &met, &done);
                }
                match next.get(nth) {
                    Some(onward) => {
                        path.push((here, nth + 1));
                        if !met.contains_key(onward) {
                            path.push((*onward, 0));
                        }
                    }
                    None if least[&here] == met[&here] => {
                        let first = component.iter().rposition(|n| *n == here).unwrap_or_default();
                        let texts: BTreeSet<N> = component.split_off(first).into_iter().collect();
                        done.extend(&texts);
                        let leaves = texts
                            .iter()
                            .any(|text| self.followed[text].iter().any(|n| !texts.contains(n)));
                        if !leaves {
                            ends.push(texts);
                        }
                    }
                    None => {}
                }
            }
        }
        ends
    }

    /// Notes that a source leads back to what an onward one leads back to.
    fn lower(
        &self,
        least: &mut BTreeMap<N, usize>,
        here: N,
        onward: N,
        met: &BTreeMap<N, usize>,
        done: &BTreeSet<N>,
    ) {
        if done.contains(&onward) {
            return;
        }
        let back = least.get(&onward).or(met.get(&onward)).copied();
        if let (Some(held), Some(back)) = (least.get_mut(&here), back) {
            *held = (*held).min(back);
        }
    }

    /// Returns who speaks in these texts: in a text that states the claim, those whom it names; else, and in a circle,
    /// those whom the documents name that take the texts over whole.
    fn voices(&self, texts: &BTreeSet<N>, stated: &[Stated<N>]) -> BTreeSet<N> {
        let is_circle = texts.len() > 1;
        let own = || stated.iter().filter(|(document, _)| texts.contains(document));
        if !is_circle && own().next().is_some() {
            return own().map(|(document, speaker)| speaker.unwrap_or(*document)).collect();
        }
        let mut takers: BTreeSet<N> = texts.clone();
        let mut open: Vec<N> = texts.iter().copied().collect();
        while let Some(here) = open.pop() {
            let by = self.taken_whole_by.get(&here).into_iter().flatten();
            open.extend(by.copied().filter(|taker| takers.insert(*taker)));
        }
        let named = stated.iter().filter(|(document, _)| takers.contains(document));
        let mut voices: BTreeSet<N> = named.filter_map(|(_, speaker)| *speaker).collect();
        if voices.is_empty() {
            voices = texts.clone();
        }
        if is_circle || voices == *texts {
            voices.first().copied().into_iter().collect()
        } else {
            voices
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ChainEnd, chain_ends};

    type Edge = (u8, u8, bool);

    fn ends(stated: &[(u8, Option<u8>)], edges: &[Edge]) -> Vec<(Vec<u8>, Vec<u8>)> {
        let drawn_on = |n: u8| {
            let of = edges.iter().filter(move |(source, ..)| *source == n);
            of.map(|(_, origin, whole)| (*origin, *whole)).collect::<Vec<_>>()
        };
        let parts = |ChainEnd { texts, voices }: ChainEnd<u8>| {
            (texts.into_iter().collect(), voices.into_iter().collect())
        };
        let mut ends: Vec<_> = chain_ends(stated, drawn_on).into_iter().map(parts).collect();
        ends.sort();
        ends
    }

    #[test]
    fn a_part_is_followed_only_to_what_states_the_claim() {
        assert_eq!(ends(&[(1, None)], &[(1, 2, false)]), [(vec![1], vec![1])]);
        assert_eq!(ends(&[(1, None), (2, None)], &[(1, 2, false)]), [(vec![2], vec![2])]);
        assert_eq!(ends(&[(1, None)], &[(1, 2, true), (2, 3, true)]), [(vec![3], vec![3])]);
    }

    #[test]
    fn those_who_take_a_text_over_name_its_speakers() {
        let taken = [(1, 3, true), (2, 3, true)];
        assert_eq!(ends(&[(1, Some(8)), (2, Some(9))], &taken), [(vec![3], vec![8, 9])]);
        assert_eq!(ends(&[(1, Some(8)), (2, None)], &taken), [(vec![3], vec![8])]);
        assert_eq!(ends(&[(1, Some(8)), (3, None)], &taken), [(vec![3], vec![3])]);
    }

    #[test]
    fn a_circle_is_one_end_with_one_voice() {
        let round = [(1, 2, true), (2, 3, true), (3, 1, true)];
        assert_eq!(ends(&[(3, None)], &round), [(vec![1, 2, 3], vec![1])]);
        assert_eq!(ends(&[(3, Some(9)), (2, Some(8))], &round), [(vec![1, 2, 3], vec![8])]);
        // A way out: the circle is no end.
        let left = [round[0], round[1], round[2], (2, 7, true)];
        assert_eq!(ends(&[(3, None)], &left), [(vec![7], vec![7])]);
    }

    #[test]
    fn two_circles_joined_by_what_is_not_followed_are_two_ends() {
        let edges = [
            (1, 2, false),
            (2, 1, false),
            (2, 3, false),
            (3, 4, true),
            (4, 3, true),
            (4, 1, false),
        ];
        // The claim stands in 1, 2 and in 5, which copies 3.
        let edges = [&edges[..], &[(5, 3, true)]].concat();
        let stated = [(1, None), (2, None), (5, None)];
        // 4 draws on 1 in part, and 1 states the claim: that way is followed.
        assert_eq!(ends(&stated, &edges), [(vec![1, 2], vec![1])]);
        let edges: Vec<Edge> = edges.into_iter().filter(|e| *e != (4, 1, false)).collect();
        assert_eq!(ends(&stated, &edges), [(vec![1, 2], vec![1]), (vec![3, 4], vec![3])]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: Vec<(u32, u32, bool)> = (0..50_000).map(|n| (n, n + 1, true)).collect();
        let drawn_on = |n: u32| edges.get(n as usize).map(|(_, origin, whole)| (*origin, *whole));
        let found = chain_ends(&[(0, None)], drawn_on);
        assert_eq!(found.iter().filter_map(ChainEnd::text).collect::<Vec<_>>(), [50_000]);
    }
}
