//! The order in which records are written: what is referred to comes first.

use crate::model::{KINDS, Record};
use std::collections::HashMap;

/// The positions of records in the order of writing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WriteOrder {
    /// Every position once.
    pub(super) order: Vec<usize>,
    /// The positions of records that are parts of themselves through others.
    pub(super) circle: Vec<usize>,
}

/// Sorts records topologically: by the order of their kinds, and within a kind so that a record
/// comes after the one it is a part of (a place after the place around it, a figure after its
/// denominator).
pub(super) fn write_order(records: &[&Record]) -> WriteOrder {
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|n| rank(records[*n]));
    let mut circle = Vec::new();
    let mut start = 0;
    while start < order.len() {
        let kind = records[order[start]].kind;
        let same = |n: &&usize| records[**n].kind.is(kind);
        let end = start + order[start..].iter().take_while(same).count();
        if let Some(whole) = kind.whole().filter(|_| end - start > 1) {
            let sorted = wholes_first(records, &order[start..end], whole.name, &mut circle);
            order[start..end].copy_from_slice(&sorted);
        } else if let (Some(whole), [n]) = (kind.whole(), &order[start..end])
            && records[*n].text(whole.name).is_some()
            && records[*n].text(whole.name) == records[*n].text("key")
        {
            circle.push(*n);
        }
        start = end;
    }
    WriteOrder { order, circle }
}

/// The rank of a record's kind.
fn rank(record: &Record) -> usize {
    KINDS.iter().position(|kind| kind.is(record.kind)).unwrap_or(KINDS.len())
}

/// The positions `of` records of one kind, each after the one that its field `whole` names. A
/// depth-first walk from each record to its whole; the positions on a circle are added to `circle`.
fn wholes_first(
    records: &[&Record],
    of: &[usize],
    whole: &str,
    circle: &mut Vec<usize>,
) -> Vec<usize> {
    let keys: HashMap<&str, usize> = of
        .iter()
        .enumerate()
        .filter_map(|(n, position)| Some((records[*position].text("key")?, n)))
        .collect();
    let next_of = |n: usize| records[of[n]].text(whole).and_then(|key| keys.get(key).copied());
    // 0: unvisited; else the number of the walk that visited the record first.
    let mut walks = vec![0; of.len()];
    let mut order = Vec::with_capacity(of.len());
    for start in 0..of.len() {
        let mut path = Vec::new();
        let mut next = Some(start);
        while let Some(here) = next.filter(|here| walks[*here] == 0) {
            walks[here] = start + 1;
            path.push(here);
            next = next_of(here);
        }
        // The walk came back to itself.
        if let Some(turn) = next.filter(|here| walks[*here] == start + 1)
            && let Some(from) = path.iter().position(|here| *here == turn)
        {
            circle.extend(path[from..].iter().map(|n| of[*n]));
        }
        order.extend(path.into_iter().rev().map(|n| of[n]));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{WriteOrder, write_order};
    use crate::model::{Record, SourcePos, Value, kind_of_word};

    fn record(word: &str, fields: &[(&str, &str)]) -> Record {
        let mut record = Record::new(kind_of_word(word).unwrap(), SourcePos::Whole);
        for (name, value) in fields {
            record.set(name, Value::from(*value), SourcePos::Whole);
        }
        record
    }

    fn ordered(records: &[Record]) -> WriteOrder {
        write_order(&records.iter().collect::<Vec<_>>())
    }

    #[test]
    fn kinds_come_in_their_order() {
        let records = [
            record("figure", &[("key", "f")]),
            record("claim", &[("key", "c")]),
            record("source", &[("key", "s")]),
            record("claim", &[("key", "b")]),
        ];
        assert_eq!(ordered(&records), WriteOrder { order: vec![2, 1, 3, 0], circle: vec![] });
    }

    #[test]
    fn a_whole_comes_before_its_parts() {
        let place = |key, within| record("location", &[("key", key), ("within", within)]);
        let places = [
            place("street", "town"),
            place("town", "province"),
            record("location", &[("key", "province")]),
            place("square", "town"),
            place("far", "elsewhere"),
        ];
        assert_eq!(ordered(&places), WriteOrder { order: vec![2, 1, 0, 3, 4], circle: vec![] });
        let figures = [
            record("figure", &[("key", "part"), ("out_of", "all")]),
            record("figure", &[("key", "all")]),
        ];
        assert_eq!(ordered(&figures).order, [1, 0]);
    }

    #[test]
    fn a_circle_is_told_without_what_leads_into_it() {
        let place = |key, within| record("location", &[("key", key), ("within", within)]);
        let places = [place("a", "b"), place("b", "c"), place("c", "b"), place("d", "d")];
        let WriteOrder { order, mut circle } = ordered(&places);
        circle.sort_unstable();
        assert_eq!(circle, [1, 2, 3]);
        assert_eq!(order.len(), 4);
        assert_eq!(ordered(&[place("d", "d")]).circle, [0]);
    }
}
