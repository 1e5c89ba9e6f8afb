//! The names of the rows of a captured copy.

/// The names of the rows of a copy. Those of parts sort in the order of the parts.
pub(super) fn part_names(name: &str, parts: usize) -> Vec<String> {
    if parts == 1 {
        return vec![name.to_owned()];
    }
    let width = parts.to_string().len();
    (1..=parts).map(|part| format!("{name}.part-{part:0width$}-of-{parts}")).collect()
}

/// The name of a copy by the name of one of its parts.
pub(super) fn name_of_whole(part: &str) -> &str {
    match split_name(part) {
        Some((name, _)) => name,
        None => part,
    }
}

/// The number of parts of a copy by the name of one of them.
pub(super) fn parts_in_name(part: &str) -> Option<i64> {
    split_name(part).map(|(_, parts)| parts)
}

fn split_name(part: &str) -> Option<(&str, i64)> {
    let (name, numbers) = part.rsplit_once(".part-")?;
    let (number, parts) = numbers.split_once("-of-")?;
    number.parse::<i64>().ok()?;
    Some((name, parts.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{name_of_whole, part_names, parts_in_name};

    #[test]
    fn the_names_of_parts_sort_in_their_order() {
        let names = part_names("captures/s/a.part-1-of-2", 12);
        assert_eq!(names[0], "captures/s/a.part-1-of-2.part-01-of-12");
        assert!(names.is_sorted());
        assert!(names.iter().all(|name| name_of_whole(name) == "captures/s/a.part-1-of-2"));
        assert_eq!(parts_in_name(&names[11]), Some(12));
        assert_eq!(part_names("a", 1), ["a"]);
        assert_eq!(parts_in_name("a.part-x-of-2"), None);
    }
}
