//! Changes of an archive's file, as damage and other programs make them, described by a few bytes.

/// The size of a page of the archives that are changed.
const PAGE: usize = 4096;

/// Reads numbers from bytes; beyond their end, zeros.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn byte(&mut self) -> usize {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first)
            }
            None => 0,
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        let number = self.byte() << 16 | self.byte() << 8 | self.byte();
        number % limit.max(1)
    }
}

/// The kinds of changes.
pub const KINDS: [&str; 14] = [
    "bits",
    "bytes",
    "page emptied",
    "page of another",
    "pages swapped",
    "part of a page emptied",
    "cut off",
    "header",
    "head of a page",
    "text of the schema",
    "root of a table",
    "text in place of a number",
    "NUL in a text",
    "cell of a row",
];

/// Applies the changes that these bytes describe, at most eight, and returns the kinds of them.
pub fn change(archive: &mut Vec<u8>, description: &[u8]) -> Vec<&'static str> {
    let mut numbers = Numbers(description);
    let mut kinds = Vec::new();
    while !numbers.0.is_empty() && kinds.len() < 8 && archive.len() >= PAGE {
        let kind = numbers.byte() % KINDS.len();
        change_once(archive, kind, &mut numbers);
        kinds.push(KINDS[kind]);
    }
    kinds
}

fn change_once(archive: &mut Vec<u8>, kind: usize, numbers: &mut Numbers<'_>) {
    // A file that was cut off may end within a page, which is left alone.
    let pages = archive.len() / PAGE;
    let at = numbers.below(pages * PAGE);
    let page = at / PAGE * PAGE;
    match KINDS[kind] {
        "bits" => archive[at] ^= 1 << (numbers.byte() % 8),
        "bytes" => {
            for n in 0..=numbers.byte() % 16 {
                if let Some(byte) = archive.get_mut(at + n) {
                    *byte = numbers.byte() as u8;
                }
            }
        }
        "page emptied" => archive[page..page + PAGE].fill(0),
        "page of another" => {
            let other = numbers.below(pages) * PAGE;
            archive.copy_within(other..other + PAGE, page);
        }
        "pages swapped" => {
            let other = numbers.below(pages) * PAGE;
            for n in 0..PAGE {
                archive.swap(page + n, other + n);
            }
        }
        "part of a page emptied" => archive[at..page + PAGE].fill(0),
        "cut off" => archive.truncate(at.max(100)),
        // The first 16 bytes say that it is SQLite's.
        "header" => archive[16 + at % 84] = numbers.byte() as u8,
        "head of a page" => archive[page + at % 12] = numbers.byte() as u8,
        "text of the schema" => {
            let words: [(&[u8], &[u8]); 9] = [
                (b"CREATE TABLE", b"CREATE TABLF"),
                (b"CREATE VIEW ", b"CREATE VIEV "),
                (b"CREATE INDEX", b"CREATE INDEY"),
                (b"CREATE TRIGGER", b"CREATE TRIGGEX"),
                (b"INTEGER PRIMARY KEY", b"INTEGER  UNIQUE    "),
                (b"NOT NULL", b"        "),
                (b"REFERENCES", b"DEFAULT 12"),
                (b"SELECT", b"SELEKT"),
                (b"WHERE ", b"WHERE\x00"),
            ];
            let (word, other) = words[numbers.byte() % words.len()];
            replace_after(archive, at, word, other);
        }
        "root of a table" => {
            // The number of the root page stands before the text of the statement.
            let words: [&[u8]; 2] = [b"CREATE TABLE", b"CREATE INDEX"];
            if let Some(found) = find_after(archive, at, words[numbers.byte() % 2]) {
                archive[found - 1] = numbers.byte() as u8;
            }
        }
        "text in place of a number" => {
            // A serial type of an integer in the head of a record becomes that of a text.
            let end = (at + 200).min(archive.len());
            if let Some(byte) = archive[at..end].iter_mut().find(|byte| (1..=6).contains(*byte)) {
                *byte = 13 + 2 * *byte;
            }
        }
        "NUL in a text" => {
            let end = (at + 400).min(archive.len());
            let mut letters = archive[at..end].iter_mut().filter(|byte| byte.is_ascii_lowercase());
            if let Some(letter) = letters.nth(numbers.byte() % 8) {
                *letter = 0;
            }
        }
        _ => {
            // A pointer to a cell of the page.
            let cell = page + 8 + 2 * (numbers.byte() % 40);
            archive[cell] = numbers.byte() as u8 & 0x0f;
            archive[cell + 1] = numbers.byte() as u8;
        }
    }
}

/// The place of a word at or after a place, else of the first one.
fn find_after(archive: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    let find = |from: usize| {
        archive[from..].windows(word.len()).position(|part| part == word).map(|n| from + n)
    };
    find(at).or_else(|| find(0)).filter(|found| *found > 0)
}

fn replace_after(archive: &mut [u8], at: usize, word: &[u8], other: &[u8]) {
    if let Some(found) = find_after(archive, at, word) {
        archive[found..found + word.len()].copy_from_slice(other);
    }
}
