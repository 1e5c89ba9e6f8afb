//! Saved web pages: HTML as browsers and SingleFile write it, and MHTML, with the address and the day
//! that the file itself gives.
//!
//! The marks: the comment of SingleFile (`Page saved with SingleFile`, `url:`, `saved date:`), the mark of
//! browsers (`saved from url=(0042)https://…`), and the header of MHTML (RFC 2557 with
//! `Snapshot-Content-Location`, which Chromium adds). A comment counts before the body begins. Marks that
//! say different things are left out, with a remark.

mod mhtml;

use crate::intake::text::html::{decode_page, decode_page_as, tokenize};
use crate::intake::text::prose::parse_web_address;
use crate::model::{canonical_address, quoted, timestamp};
use html5gum::Token;
use jiff::Zoned;
use jiff::fmt::{rfc2822, strtime};

/// A saved page, opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedPage {
    /// Its HTML.
    pub html: String,
    /// The title that the file gives beside the HTML.
    pub title: Option<String>,
    /// The address that it was saved from.
    pub url: Option<String>,
    /// The time at which it was saved.
    pub saved: Option<SavedTime>,
    /// The media type of the file.
    pub media_type: &'static str,
    /// Doubts about it: marks that cannot be read, or say different things.
    pub remarks: Vec<String>,
    /// The HTML of the frames in it.
    pub(in crate::intake) frames: Vec<String>,
}

/// The time at which a page was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedTime {
    /// The day as written, without conversion of the time zone.
    pub day: String,
    /// The moment in UTC.
    pub moment: String,
}

/// The media type of MHTML, as RFC 2557 gives it.
const MHTML: &str = "multipart/related";

/// Opens a saved page, HTML or MHTML.
///
/// # Errors
/// Fails where MHTML is damaged or has no page in it; the message is the reason.
pub fn open_page(bytes: &[u8]) -> Result<SavedPage, String> {
    let mut page = SavedPage { media_type: "text/html", ..SavedPage::default() };
    let (mut urls, mut dates) = (Vec::new(), Vec::new());
    if is_mhtml(bytes) {
        let whole = mhtml::read_mhtml(bytes)?;
        page.media_type = MHTML;
        page.html = decode_page_as(&whole.html, whole.charset.as_deref()).into_owned();
        page.title = whole.subject;
        let decode = |(html, charset): (Vec<u8>, Option<String>)| {
            decode_page_as(&html, charset.as_deref()).into_owned()
        };
        page.frames = whole.frames.into_iter().map(decode).collect();
        urls = whole.addresses;
        dates.extend(whole.date.map(|date| (parse_mail_date(&date), date)));
    } else {
        page.html = decode_page(bytes).into_owned();
    }
    for mark in read_marks(&page.html) {
        urls.extend(mark.url);
        dates.extend(mark.date.map(|date| (parse_script_date(&date), date)));
    }
    page.url = page.agreed_address(urls);
    page.saved = page.agreed_time(dates);
    Ok(page)
}

/// Returns true for the start of MHTML: the header of a message, with a type of several parts or the
/// version of MIME.
pub(in crate::intake) fn is_mhtml(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&start[..start.len().min(1 << 14)]);
    let mut lines = start.trim_start_matches('\u{feff}').trim_start().lines();
    let is_field = |line: &str| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let mut head = lines.by_ref().take_while(|line| !line.is_empty());
    let Some(first) = head.next().filter(|line| is_field(line)) else { return false };
    std::iter::once(first).chain(head).any(|line| {
        let line = line.to_ascii_lowercase();
        let multipart = line.starts_with("content-type:") && line.contains(MHTML);
        multipart || line.starts_with("mime-version:")
    })
}

impl SavedPage {
    /// Returns true when the HTML is a part of the file, in an encoding of its own.
    pub(in crate::intake) fn is_packed(&self) -> bool {
        self.media_type == MHTML
    }

    /// Returns the address on which all marks agree; remarks others.
    fn agreed_address(&mut self, stated: Vec<String>) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        for text in stated {
            match parse_web_address(&text) {
                Some(url) => found.push(url),
                // The mark of browsers for a page of no address.
                None if text == "about:internet" => {}
                None => self.remarks.push(format!(
                    "it was saved from {}, which is no web address; left out",
                    quoted(&text)
                )),
            }
        }
        let first = found.first()?.clone();
        if let Some(other) = found.iter().find(|url| !is_one_page(&first, url)) {
            let what = format!(
                "it says that it was saved from {first} and from {other}; neither is taken, give one with --url"
            );
            self.remarks.push(what);
            return None;
        }
        Some(first)
    }

    /// Returns the time on which all marks agree, to the day; remarks others.
    fn agreed_time(&mut self, stated: Vec<(Option<SavedTime>, String)>) -> Option<SavedTime> {
        let mut found: Vec<SavedTime> = Vec::new();
        for (time, text) in stated {
            match time {
                Some(time) => found.push(time),
                None => self.remarks.push(format!(
                    "it was saved on {}, which is no date that this program can read; left out",
                    quoted(&text)
                )),
            }
        }
        let first = found.first()?.clone();
        if let Some(other) = found.iter().find(|time| time.day != first.day) {
            let what = format!(
                "it says that it was saved on {} and on {}; neither is taken, give one with --retrieved",
                first.day, other.day
            );
            self.remarks.push(what);
            return None;
        }
        Some(first)
    }
}

/// Returns true when two addresses are those of one page.
pub(in crate::intake) fn is_one_page(one: &str, other: &str) -> bool {
    let same = || canonical_address(one).is_some_and(|c| Some(c) == canonical_address(other));
    one == other || same()
}

/// A comment that a program left in a page that it saved.
#[derive(Debug, Default, PartialEq, Eq)]
struct Mark {
    url: Option<String>,
    date: Option<String>,
}

/// Reads the marks before the content of a page.
fn read_marks(html: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for token in tokenize(html) {
        match token {
            Token::Comment(comment) => {
                marks.extend(read_mark(&String::from_utf8_lossy(&comment.value)));
            }
            Token::Doctype(_) => {}
            Token::StartTag(tag) if matches!(tag.name.as_slice(), b"html" | b"head") => {}
            Token::String(text) if text.value.trim_ascii() == b"" => {}
            // A byte order mark that the decoder left.
            Token::String(text) if text.value.as_slice() == "\u{feff}".as_bytes() => {}
            _ => break,
        }
    }
    marks
}

fn read_mark(comment: &str) -> Option<Mark> {
    let comment = comment.trim();
    if let Some(rest) = comment.strip_prefix("saved from url=(") {
        let (length, url) = rest.split_once(')')?;
        let counted = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let url = url.split_whitespace().next().filter(|_| counted)?;
        return Some(Mark { url: Some(url.to_owned()), date: None });
    }
    if !comment.starts_with("Page saved with SingleFile") {
        return None;
    }
    let line = |name: &str| {
        let mut lines = comment.lines().map(str::trim);
        let value = lines.find_map(|line| line.strip_prefix(name))?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    Some(Mark { url: line("url:"), date: line("saved date:") })
}

/// Parses a date as JavaScript writes it (ECMA-262, Date.prototype.toString), which SingleFile keeps:
/// `Thu Jul 01 2021 05:13:26 GMT+0200 (CEST)`.
fn parse_script_date(text: &str) -> Option<SavedTime> {
    let text = text.split_once(" (").map_or(text, |(date, _)| date);
    let read = strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", text.trim()).ok()?;
    saved_time(&read.to_zoned().ok()?)
}

/// Parses the date of a message (RFC 5322).
fn parse_mail_date(text: &str) -> Option<SavedTime> {
    saved_time(&rfc2822::DateTimeParser::new().parse_zoned(text.trim()).ok()?)
}

fn saved_time(time: &Zoned) -> Option<SavedTime> {
    let moment = timestamp(&time.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).ok()?;
    Some(SavedTime { day: time.date().to_string(), moment })
}

#[cfg(test)]
mod tests {
    use super::{open_page, parse_mail_date, parse_script_date, read_marks};
    use proptest::prelude::*;

    fn day_and_moment(time: Option<super::SavedTime>) -> Option<String> {
        time.map(|time| format!("{} {}", time.day, time.moment))
    }

    #[test]
    fn the_day_of_saving_is_the_one_written() {
        for (text, time) in [
            (
                "Thu Jul 01 2021 00:13:26 GMT+0200 (Central European Summer Time)",
                Some("2021-07-01 2021-06-30T22:13:26Z"),
            ),
            ("Mon Jun 28 2021 10:00:00 GMT+0430", Some("2021-06-28 2021-06-28T05:30:00Z")),
            // The day of the week is another one.
            ("Fri Jul 01 2021 00:13:26 GMT+0200", None),
            ("Thu Jul 01 2021", None),
            ("01/07/2021", None),
        ] {
            assert_eq!(day_and_moment(parse_script_date(text)).as_deref(), time, "{text}");
        }
        for (text, time) in [
            ("Thu, 1 Jul 2021 23:13:26 -0500", Some("2021-07-01 2021-07-02T04:13:26Z")),
            ("Thu, 01 Jul 2021 03:13:26 -0000", Some("2021-07-01 2021-07-01T03:13:26Z")),
            ("Fri, 1 Jul 2021 03:13:26 GMT", None),
            ("yesterday", None),
        ] {
            assert_eq!(day_and_moment(parse_mail_date(text)).as_deref(), time, "{text}");
        }
    }

    #[test]
    fn marks_are_read_before_the_content_and_nowhere_else() {
        let urls = |html: &str| -> Vec<Option<String>> {
            read_marks(html).into_iter().map(|mark| mark.url).collect()
        };
        let mark = "<!-- saved from url=(0019)https://n.example/a -->";
        let url = || Some("https://n.example/a".to_owned());
        assert_eq!(urls(&format!("<!DOCTYPE html>\n{mark}\n<html>")), [url()]);
        assert_eq!(urls(&format!("\u{feff}<html>{mark}<head>")), [url()]);
        for late in ["<html><body>", "text", "<head><title>", "</p>"] {
            assert_eq!(urls(&format!("{late}{mark}")), [], "{late}");
        }
        for other in
            ["saved from url=https://n.example/a", "saved from url=(x)https://n.example/a", ""]
        {
            assert_eq!(urls(&format!("<!-- {other} --><html>")), [], "{other}");
        }
        let single = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://n.example/b \n saved date: Thu Jul 01 2021 05:13:26 GMT+0200 (CEST)\n-->";
        let page = open_page(single.as_bytes()).unwrap();
        assert_eq!(page.url.as_deref(), Some("https://n.example/b"));
        assert_eq!(page.saved.unwrap().moment, "2021-07-01T03:13:26Z");
        assert_eq!(page.remarks, Vec::<String>::new());
    }

    #[test]
    fn marks_that_disagree_are_left_out_and_named() {
        let single = |url: &str, date: &str| {
            format!("<!--\n Page saved with SingleFile \n url: {url} \n saved date: {date}\n-->")
        };
        let day = "Thu Jul 01 2021 05:13:26 GMT+0200";
        let open = |texts: &[String]| open_page(texts.concat().as_bytes()).unwrap();
        let one = single("https://n.example/a", day);
        let page = open(&[
            one.clone(),
            single("https://n.example/b", "Fri Jul 02 2021 05:13:26 GMT+0200"),
        ]);
        assert_eq!((page.url, page.saved), (None, None));
        assert!(page.remarks[0].contains("/a and from https://n.example/b"), "{:?}", page.remarks);
        assert!(page.remarks[1].contains("2021-07-01 and on 2021-07-02"), "{:?}", page.remarks);
        // One page under two addresses is one.
        let page = open(&[one, single("http://www.n.example/a?utm_source=x", day)]);
        assert_eq!(page.url.as_deref(), Some("https://n.example/a"));
        assert_eq!(page.remarks, Vec::<String>::new());
        let page = open(&[single("file:///home/a.html", "once")]);
        assert_eq!((page.url, page.saved), (None, None));
        assert!(page.remarks[0].contains("file:///home/a.html"), "{:?}", page.remarks);
        assert!(page.remarks[1].contains("\"once\""), "{:?}", page.remarks);
        let page = open(&["<!-- saved from url=(0014)about:internet -->".to_owned()]);
        assert_eq!((page.url, page.remarks.len()), (None, 0));
    }

    fn mail(head: &str, parts: &str) -> Vec<u8> {
        let head = head.replace('\n', "\r\n");
        let parts = parts.replace('\n', "\r\n");
        format!("{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n{parts}--b--\r\n")
            .into_bytes()
    }

    #[test]
    fn mhtml_gives_its_page_its_address_and_its_day() {
        let head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://n.example/m\nSubject: =?utf-8?Q?Caf=C3=A9?=\nDate: Thu, 1 Jul 2021 03:13:26 -0000\n";
        let parts = "--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: https://n.example/m\n\n<title>T</title><p class=3D\"x\">caf=C3=A9 lo=\nng</p>\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n";
        let page = open_page(&mail(head, parts)).unwrap();
        assert_eq!(page.html.trim_end(), "<title>T</title><p class=\"x\">café long</p>");
        assert_eq!(page.title.as_deref(), Some("Café"));
        assert_eq!(page.url.as_deref(), Some("https://n.example/m"));
        assert_eq!(page.saved.unwrap().day, "2021-07-01");
        assert_eq!((page.media_type, page.remarks.len()), ("multipart/related", 0));
        // Two addresses.
        let other =
            parts.replace("Location: https://n.example/m", "Location: https://n.example/other");
        let page = open_page(&mail(head, &other)).unwrap();
        assert_eq!((page.url, page.remarks.len()), (None, 1));
        // The charset of the part, base64, and the part that `start` names.
        let parts = "--b\nContent-Type: text/html\n\n<title>frame</title>\n--b\nContent-Type: text/html; charset=\"windows-1251\"\nContent-ID: <two>\nContent-Transfer-Encoding: base64\n\nPHA+z/DoPC9wPg==\n";
        let bytes = String::from_utf8(mail("", parts)).unwrap();
        let bytes = bytes.replace("boundary=", "start=\"<two>\"; boundary=");
        let page = open_page(bytes.as_bytes()).unwrap();
        assert_eq!(page.html, "<p>При</p>");
        assert_eq!(page.frames.len(), 1);
    }

    #[test]
    fn mhtml_without_a_page_is_refused() {
        let none = mail("", "--b\nContent-Type: image/png\n\nx\n");
        assert!(open_page(&none).unwrap_err().contains("image/png"));
        let empty = mail("", "");
        assert!(open_page(&empty).unwrap_err().contains("no page"));
        let bad =
            mail("", "--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!\n");
        assert!(open_page(&bad).unwrap_err().contains("cannot be decoded"));
        let odd =
            mail("", "--b\nContent-Type: text/html\nContent-Transfer-Encoding: x-uuencode\n\nM\n");
        assert!(open_page(&odd).unwrap_err().contains("x-uuencode"));
        let start = String::from_utf8(mail("", "--b\nContent-Type: text/html\n\nx\n")).unwrap();
        let start = start.replace("boundary=", "start=\"<gone>\"; boundary=");
        assert!(open_page(start.as_bytes()).unwrap_err().contains("<gone>"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bytes_are_no_trouble(
            parts in proptest::collection::vec(prop_oneof![
                Just(b"MIME-Version: 1.0\r\n".to_vec()), Just(b"\r\n".to_vec()), Just(b"\n--b\n".to_vec()),
                Just(b"Content-Type: multipart/related; boundary=b\n".to_vec()),
                Just(b"Content-Type: text/html; charset=\n".to_vec()), Just(b"--b--".to_vec()),
                Just(b"Content-Transfer-Encoding: base64\n".to_vec()), Just(b"Date: Thu, 1 Jul\n".to_vec()),
                Just(b"Content-Transfer-Encoding: quoted-printable\n".to_vec()), Just(b"=C3=\n".to_vec()),
                Just(b"<!-- saved from url=(0".to_vec()), Just(b"1)https://n.example/a -->".to_vec()),
                Just(b"<!-- Page saved with SingleFile \n url: ".to_vec()), Just(b"saved date: ".to_vec()),
                proptest::collection::vec(any::<u8>(), 0..12),
            ], 0..30)
        ) {
            let _ = open_page(&parts.concat());
        }
    }
}
