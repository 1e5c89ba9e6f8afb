//! The words of a command line as shells hand them over: quoted, and in bash parted at signs.

use std::ffi::OsString;

/// The words of a command line and the place of the one that is completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The words, without their quotation marks.
    pub all: Vec<OsString>,
    /// The place of the word that is completed.
    pub current: usize,
    /// The beginning of that word that the shell takes for words of their own.
    pub before: String,
}

impl Words {
    /// Reads words in the quotation marks in which they were typed.
    pub fn quoted(words: &[OsString], current: usize) -> Words {
        let mut all: Vec<OsString> = words.iter().map(unquote).collect();
        if all.len() <= current {
            all.resize(current + 1, OsString::new());
        }
        Words { all, current, before: String::new() }
    }

    /// Reads words as bash parts them: at `=` and `:` too, which are words of their own.
    pub fn of_bash(words: &[OsString], current: usize) -> Words {
        let is_sign = |word: &OsString| {
            word.to_str()
                .is_some_and(|word| !word.is_empty() && word.chars().all(|c| "=:".contains(c)))
        };
        let mut joined: Vec<OsString> = Vec::new();
        let (mut place, mut before) = (0, OsString::new());
        for (n, word) in words.iter().enumerate() {
            let goes_on = n > 1 && (is_sign(word) || is_sign(&words[n - 1]));
            match joined.last_mut().filter(|_| goes_on) {
                Some(last) => {
                    if n == current {
                        before.clone_from(last);
                    }
                    last.push(word);
                }
                None => joined.push(word.clone()),
            }
            if n == current {
                place = joined.len() - 1;
                if is_sign(word) {
                    before.clone_from(&joined[place]);
                }
                // What follows the cursor is not a part of the word.
                if words.get(n + 1).is_some_and(is_sign) {
                    break;
                }
            }
        }
        if words.len() <= current {
            joined.push(OsString::new());
            place = joined.len() - 1;
        }
        let before = unquote(&before).to_str().unwrap_or_default().to_owned();
        Words { before, ..Words::quoted(&joined, place) }
    }
}

/// Removes quotation marks and backslashes as a shell does; a mark may be open yet.
fn unquote(word: &OsString) -> OsString {
    let Some(text) = word.to_str() else { return word.clone() };
    let mut plain = String::with_capacity(text.len());
    let mut open = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (open, c) {
            (None, '\'' | '"') => open = Some(c),
            (Some(mark), _) if mark == c => open = None,
            (None | Some('"'), '\\') => plain.extend(chars.next()),
            _ => plain.push(c),
        }
    }
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::Words;
    use std::ffi::OsString;

    fn words(
        of: fn(&[OsString], usize) -> Words,
        line: &[&str],
        current: usize,
    ) -> (Vec<String>, usize, String) {
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        let Words { all, current, before } = of(&line, current);
        let all = all.into_iter().map(|word| word.into_string().unwrap()).collect();
        (all, current, before)
    }

    #[test]
    fn words_that_bash_parted_are_one() {
        let bash = |line: &[&str], current| words(Words::of_bash, line, current);
        let (all, current, before) =
            bash(&["onrecord", "report", "x", "--where", "unit", "=", "US"], 6);
        assert_eq!((all[4].as_str(), current, before.as_str()), ("unit=US", 4, "unit="));
        // The cursor is behind the sign.
        let (all, current, before) = bash(&["onrecord", "show", "claim", ":"], 3);
        assert_eq!((all[2].as_str(), current, before.as_str()), ("claim:", 2, "claim:"));
        // A shell that does not part words at colons.
        let (all, current, before) = bash(&["onrecord", "show", "claim:a"], 2);
        assert_eq!((all[2].as_str(), current, before.as_str()), ("claim:a", 2, ""));
        // The next word; and the words after the cursor.
        let (all, current, before) = bash(&["onrecord", "show", "--format", "=", "csv", ""], 5);
        assert_eq!((all.len(), current, before.as_str()), (4, 3, ""));
        let (all, current, _) = bash(&["onrecord", "show", "k", "--file", "=", "a.db"], 2);
        assert_eq!((all[2].as_str(), all[3].as_str(), current), ("k", "--file=a.db", 2));
    }

    #[test]
    fn quotation_marks_are_removed() {
        let quoted = |line: &[&str], current| words(Words::quoted, line, current).0;
        assert_eq!(
            quoted(&["o", "'my file'", "\"a b", "c\\ d"], 3),
            ["o", "my file", "a b", "c d"]
        );
        assert_eq!(quoted(&["o"], 1), ["o", ""]);
    }
}
