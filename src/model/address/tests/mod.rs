//! Tests of canonical forms, as tables: addresses of one page, and addresses of two.

mod different;
mod identifiers;
mod same;

use super::{
    Identifier, Snapshot, canonical_address, canonical_identifier, is_home_page, snapshot,
};
use different::{DIFFERENT, NONE};
use same::SAME;

/// The lines of a table, without comments.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with("//"))
}

/// The groups of addresses of one page.
fn groups() -> Vec<Vec<&'static str>> {
    let lines: Vec<&str> = lines(SAME).collect();
    let groups = lines.split(|line| line.is_empty()).filter(|group| !group.is_empty());
    groups.map(<[&str]>::to_vec).collect()
}

/// The pairs of addresses of two pages.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(DIFFERENT).filter(|line| !line.is_empty()).map(|line| line.split_once(' ').unwrap())
}

#[test]
fn addresses_of_one_page_are_the_same() {
    for group in groups() {
        let first = canonical_address(group[0]);
        assert!(first.is_some(), "{}", group[0]);
        for other in &group {
            assert_eq!(canonical_address(other), first, "{other} and {}", group[0]);
        }
    }
    let copied = " \u{feff}https://example.com/a\u{200b}\n";
    assert_eq!(canonical_address(copied).as_deref(), Some("example.com/a"));
}

#[test]
fn addresses_of_two_pages_are_different() {
    for (a, b) in pairs() {
        let (one, other) = (canonical_address(a), canonical_address(b));
        assert!(one.is_some() && other.is_some(), "{a}, {b}");
        assert_ne!(one, other, "{a} and {b}");
    }
    // So are the groups of the other table, but for three that are one page.
    let mut forms: Vec<_> = groups().iter().map(|group| canonical_address(group[0])).collect();
    let all = forms.len();
    forms.sort();
    forms.dedup();
    assert_eq!(forms.len(), all - 2);
}

#[test]
fn other_texts_have_no_form() {
    for text in NONE {
        assert_eq!(canonical_address(text), None, "{text}");
    }
}

/// Asserts that a form is its own form.
fn assert_stable(form: &str, address: &str) {
    let identifier = ["doi:", "hdl:", "arxiv:"].iter().any(|scheme| form.starts_with(scheme));
    let again = if identifier && form.contains('%') {
        // Text with a per cent sign is taken to be copied out of an address.
        return;
    } else if identifier {
        canonical_identifier(form, false)
    } else {
        canonical_address(&format!("https://{form}"))
    };
    assert_eq!(again.as_deref(), Some(form), "{address}");
}

#[test]
fn forms_are_stable() {
    let addresses = groups().into_iter().flatten();
    for address in addresses.chain(pairs().flat_map(|(a, b)| [a, b])) {
        assert_stable(&canonical_address(address).unwrap(), address);
    }
}

#[test]
fn forms_are_as_documented() {
    for (address, form) in [
        ("https://www.Example.com/A/?b=1&utm_id=2#c", "example.com/A?b=1"),
        ("http://example.com:8080", "example.com:8080"),
        ("http://user:pw@example.com/é", "user:pw@example.com/%C3%A9"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("http://localhost:80", "localhost."),
        ("https://example.com//a", "example.com//a"),
        ("https://www.co.uk", "co.uk"),
        ("https://twitter.com/a/status/12", "x.com/i/status/12"),
        ("https://youtu.be/dQw4w9WgXcQ", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://telegram.me/s/ChanNel/5", "t.me/channel/5"),
        ("https://archive.is/AbCdE", "archive.ph/AbCdE"),
        ("https://doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("https://arxiv.org/pdf/math.GT/0309136v1", "arxiv:math/0309136v1"),
        ("https://hdl.handle.net/20.500.12345/AbC", "hdl:20.500.12345/AbC"),
    ] {
        assert_eq!(canonical_address(address).as_deref(), Some(form), "{address}");
    }
}

#[test]
fn addresses_inside_addresses_end() {
    let mut address = "https://example.com/a".to_owned();
    for _ in 0..2000 {
        address.insert_str(0, "https://web.archive.org/web/2021/");
    }
    assert!(canonical_address(&address).is_some_and(|form| form.starts_with("web.archive.org/")));
    assert!(snapshot(&address).is_some());
}

#[test]
fn snapshots_give_page_and_copy() {
    for (text, address) in [
        (
            "https://web.archive.org/web/20210629000000/https://www.example.com/a?utm_id=1#b",
            "https://www.example.com/a?utm_id=1#b",
        ),
        ("http://web.archive.org/web/20210629000000if_/example.com/Ü", "http://example.com/Ü"),
        ("https://archive.ph/2021.06.29-101010/https://example.com/a", "https://example.com/a"),
        ("https://archive.today/o/AbCdE/http://example.com/a?b=c", "http://example.com/a?b=c"),
        (
            "https://archive.ph/https://web.archive.org/web/2021/https://example.com/a",
            "https://example.com/a",
        ),
        (
            "https://arquivo.pt/wayback/20210629000000/https://example.com/a",
            "https://example.com/a",
        ),
    ] {
        let expected = Snapshot { address: address.to_owned(), archived: text.to_owned() };
        assert_eq!(snapshot(&format!(" {text}\n")), Some(expected), "{text}");
    }
    for text in [
        "https://archive.ph/AbCdE",
        "https://perma.cc/AB12-CD34",
        "https://web.archive.org/web/2021*/example.com",
        "https://web.archive.org/",
        "https://web.archive.org/web/",
        "https://web.archive.org/web/20210629000000/",
        "https://web.archive.org/web/20210629000000/mailto:a@example.com",
        "https://web.archive.org/web/202106290000001/https://example.com/a",
        "https://archive.org/details/a",
        "https://example.com/a",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa",
        "https://webcache.googleusercontent.com/search?q=cache:example.com/a",
        "N/A",
    ] {
        assert_eq!(snapshot(text), None, "{text}");
    }
}

#[test]
fn home_pages() {
    let home = |address: &str| is_home_page(&canonical_address(address).unwrap());
    for address in [
        "https://example.com",
        "http://www.example.com/?utm_id=1",
        "https://example.com:8080/#top",
        "https://web.archive.org/web/2021/example.com",
        "http://localhost",
    ] {
        assert!(home(address), "{address}");
    }
    for address in [
        "https://example.com/a",
        "https://example.com/?p=1",
        "https://example.com/#/a",
        "https://arxiv.org/abs/2101.00001",
        "https://doi.org/10.1000/a",
        "https://youtu.be/dQw4w9WgXcQ",
    ] {
        assert!(!home(address), "{address}");
    }
    assert!(!is_home_page("") && !is_home_page("isbn:9780306406157"));
}

/// A small generator of numbers (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 0xffff_ffff).unwrap() % limit
    }
}

/// What the rules look for, in pieces.
const PIECES: &str = "http:// https:// https:/ example.com www. m. web.archive.org/web/2021/ \
    archive.ph/ archive.ph/2021.06.29-101010/ twitter.com/ x.com/a/status/1 youtu.be/ t.me/s/ \
    doi.org/10.1000/ arxiv.org/abs/2101.00001 / // ? # & = % %2 %zz %C3 %41 : @ [ ] \\ . .. .m. #!/ \
    #/ :~: amp /amp ?amp=1 the-bridge-is-closed google.com/amp/s/ google.com/url?q= cache: \
    search?q=cache: l.facebook.com/l.php?u= utm_a=1 10. 10.1/ isbn 978 X - v1 [cs] é ß ü İ ﷺ 𝕩 \
    \u{200b} \u{202e} \u{ad} \u{0} | ; , + ' \" < >";

#[test]
fn no_text_panics_and_forms_are_stable() {
    let pieces: Vec<&str> = PIECES.split(' ').collect();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for round in 0..40_000 {
        let mut text = if round % 2 == 0 { "https://".to_owned() } else { String::new() };
        for _ in 0..=random.below(7) {
            if random.below(8) == 0 {
                let code = u32::try_from(random.below(0x11_0000)).unwrap();
                text.extend(char::from_u32(code));
            } else {
                text.push_str(pieces[random.below(pieces.len())]);
            }
        }
        let _ = (snapshot(&text), Identifier::parse(&text), canonical_identifier(&text, true));
        let Some(form) = canonical_address(&text) else { continue };
        assert!(form.is_ascii() || form.starts_with("doi:") || form.starts_with("hdl:"), "{text}");
        let _ = is_home_page(&form);
        assert_stable(&form, &text);
    }
}
