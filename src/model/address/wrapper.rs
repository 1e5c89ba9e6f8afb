//! Addresses that hold the address of another page: copies in archives, redirectors, caches.

use super::characters::{decode, is_blank, is_digits, strip_prefix};
use super::host::{is_google, starts_with_site};
use super::parts::Parts;

/// Archives that replay a page under `/TIME/ADDRESS`, by their canonical host, and the segments of
/// the path before the time; `*` stands for the number of a collection.
///
/// The pattern is the "Archival URL" of OpenWayback, and pywb has it too, which most web archives
/// run; the hosts and the segments are known from use.
const REPLAYS: [(&str, &[&str]); 10] = [
    ("web.archive.org", &["web"]),
    ("web.archive.org", &[]),
    ("archive.org", &["web"]),
    ("wayback.archive-it.org", &["*"]),
    ("wayback.archive-it.org", &["all"]),
    ("webarchive.nationalarchives.gov.uk", &["ukgwa"]),
    ("webarchive.nationalarchives.gov.uk", &[]),
    ("arquivo.pt", &["wayback"]),
    ("webarchive.loc.gov", &["all"]),
    // Shows the page of another site, and keeps nothing.
    ("12ft.io", &[]),
];

/// The host by which the mirrors of archive.today are compared.
const ARCHIVE_TODAY: &str = "archive.ph";

/// Redirectors: host, path, and the parameters that may hold the
/// target. `*.` before a host stands for any label.
///
/// Those of Facebook, Google, YouTube, Reddit and Steam are in ClearURLs (`redirections`); the others
/// are known from use.
const REDIRECTORS: [(&str, &str, &[&str]); 16] = [
    ("l.facebook.com", "/l.php", &["u"]),
    ("lm.facebook.com", "/l.php", &["u"]),
    ("facebook.com", "/l.php", &["u"]),
    ("l.instagram.com", "", &["u"]),
    ("google", "/url", &["q", "url"]),
    ("youtube.com", "/redirect", &["q"]),
    ("out.reddit.com", "", &["url"]),
    ("t.umblr.com", "/redirect", &["z"]),
    ("vk.com", "/away.php", &["to"]),
    ("away.vk.com", "/away.php", &["to"]),
    ("steamcommunity.com", "/linkfilter", &["url", "u"]),
    ("slack-redir.net", "/link", &["url"]),
    ("duckduckgo.com", "/l", &["uddg"]),
    ("linkedin.com", "/safety/go", &["url"]),
    ("12ft.io", "/proxy", &["q"]),
    ("*.safelinks.protection.outlook.com", "", &["url"]),
];

/// Caches of AMP pages, which serve them under `/c/s/ADDRESS`; `s` stands for https, and the letter
/// for a document (Google AMP Cache, "AMP Cache URL format"). Known from use are `/v/`, which puts a
/// viewer around the document, and that the cache of Bing follows the same format.
const AMP_CACHES: [&str; 2] = ["cdn.ampproject.org", "bing-amp.com"];

/// Returns true for a text that begins with http or https, if only with one slash or encoded.
fn has_scheme(text: &str) -> bool {
    ["http:/", "https:/", "http%3a", "https%3a"].iter().any(|s| strip_prefix(text, s).is_some())
}

/// An address inside another, with a scheme. `None` where the text is not a web address: it has
/// another scheme, or does not begin with the name of a site.
fn inner_address(text: &str) -> Option<String> {
    let encoded = ["http%3a", "https%3a"].iter().any(|start| strip_prefix(text, start).is_some());
    let text = if encoded { decode(text)? } else { text.to_owned() };
    for (scheme, short) in [("http://", "http:/"), ("https://", "https:/")] {
        if strip_prefix(&text, scheme).is_some() {
            return Some(text);
        }
        // Programs that clean paths leave one slash of the two.
        if let Some(rest) = strip_prefix(&text, short) {
            return Some(format!("{scheme}{rest}"));
        }
    }
    let bare = text.strip_prefix("//").unwrap_or(&text);
    starts_with_site(bare).then(|| format!("http://{bare}"))
}

/// Returns true for the time of a capture in the path of a replay: up to 14 digits, and behind them
/// flags of two letters and a low line (`20210629000000if_`). A list of captures (`2021*`) has no
/// time.
fn is_capture_time(segment: &str) -> bool {
    let flags = segment.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = segment.len() - flags.len();
    let is_flag = |flag: &[u8]| matches!(flag, [b'a'..=b'z', b'a'..=b'z', b'_']);
    (1..=14).contains(&digits) && flags.as_bytes().chunks(3).all(is_flag)
}

/// Returns true for the time of a capture as archive.today writes it: `2021.06.29-101010`, or up to 14
/// digits, from the year on; also for its words for the first and the last capture.
fn is_archive_today_time(segment: &str) -> bool {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let signs = segment.bytes().filter(|b| b".-:".contains(b)).count();
    ((4..=14).contains(&digits) && digits + signs == segment.len())
        || ["newest", "oldest"].contains(&segment)
}

/// The text behind a segment at the start of a path that a test accepts.
fn behind_segment(path: &str, accepted: impl Fn(&str) -> bool) -> Option<&str> {
    let (segment, rest) = path.split_once('/')?;
    accepted(segment).then_some(rest)
}

/// The address in a replay of the Wayback Machine and those like it.
fn replayed(host: &str, path: &str) -> Option<String> {
    REPLAYS.iter().filter(|(archive, _)| *archive == host).find_map(|(_, before)| {
        let mut rest = path;
        for expected in *before {
            rest = behind_segment(rest, |segment| {
                *expected == segment || *expected == "*" && is_digits(segment)
            })?;
        }
        // Without a time it is the newest capture; "changes" and the like are no site.
        match behind_segment(rest, is_capture_time) {
            Some(inner) if !before.is_empty() || has_scheme(inner) => inner_address(inner),
            None if has_scheme(rest) => inner_address(rest),
            _ => None,
        }
    })
}

/// The address in the long form of an address of archive.today.
fn held_by_archive_today(path: &str) -> Option<String> {
    let is_code = |segment: &str| segment.bytes().all(|b| b.is_ascii_alphanumeric());
    let behind_code = behind_segment(path, |segment| segment == "o")
        .and_then(|rest| behind_segment(rest, is_code));
    if let Some(inner) = behind_code.or_else(|| behind_segment(path, is_archive_today_time)) {
        return inner_address(inner);
    }
    // The list of all captures below an address ends in an asterisk.
    (has_scheme(path) && !path.ends_with('*')).then(|| inner_address(path)).flatten()
}

/// The address of the page of which an archive holds the copy at this address. `rest` is what
/// stands behind the host. The short form of archive.today, `archive.ph/AbCdE`, does not tell it;
/// nor does perma.cc.
pub(super) fn archived(host: &str, rest: &str) -> Option<String> {
    let path = rest.strip_prefix('/')?;
    if host == ARCHIVE_TODAY { held_by_archive_today(path) } else { replayed(host, path) }
}

/// Returns true for the host of a redirector.
fn is_host(expected: &str, host: &str) -> bool {
    match expected.strip_prefix('*') {
        Some(end) => host.ends_with(end),
        None => expected == host || expected == "google" && is_google(host),
    }
}

/// The target of a redirector.
fn redirected(parts: &Parts) -> Option<String> {
    let known =
        |entry: &&(&str, &str, &[&str])| is_host(entry.0, &parts.host) && entry.1 == parts.path;
    let (_, _, names) = REDIRECTORS.iter().find(known)?;
    names.iter().find_map(|name| {
        let target = decode(parts.parameter(name)?)?;
        let web = ["http://", "https://"].iter().any(|s| strip_prefix(&target, s).is_some());
        web.then_some(target)
    })
}

/// The page in the viewer of Google (`google.com/amp/s/ADDRESS`, in ClearURLs too) or in a cache of
/// AMP pages.
fn amp_page(parts: &Parts) -> Option<String> {
    let rest = parts.rest();
    let cache = |domain: &str| {
        parts
            .host
            .strip_suffix(domain)
            .is_some_and(|label| label.is_empty() || label.ends_with('.'))
    };
    let bare = if is_google(&parts.host) {
        rest.strip_prefix("/amp/")?
    } else if AMP_CACHES.iter().any(|domain| cache(domain)) {
        rest.strip_prefix("/c/").or_else(|| rest.strip_prefix("/v/"))?
    } else {
        return None;
    };
    let bare = bare.strip_prefix("s/").unwrap_or(bare);
    if !starts_with_site(bare) {
        return None;
    }
    // The viewer encodes the question mark of the page's own query.
    match bare.split_once("%3F") {
        Some((path, query)) if !bare.contains('?') => {
            Some(format!("https://{path}?{}", decode(query)?))
        }
        _ => Some(format!("https://{bare}")),
    }
}

/// The page in the cache of Google, which ended in 2024: `search?q=cache:CODE:ADDRESS+words`, with
/// or without the code; known from use.
fn cached(parts: &Parts) -> Option<String> {
    let search = parts.host == "webcache.googleusercontent.com" || is_google(&parts.host);
    if !search || parts.path != "/search" {
        return None;
    }
    let query = parts.parameter("q")?.split('+').next().unwrap_or_default();
    let query = decode(query)?;
    let entry = query.strip_prefix("cache:")?.split(is_blank).next().unwrap_or_default();
    let behind_code = entry
        .split_once(':')
        .filter(|(code, _)| !["http", "https"].contains(code) && !code.contains(['.', '/']));
    inner_address(behind_code.map_or(entry, |(_, address)| address))
}

/// The address that another one wraps: an archive's, a redirector's or a cache's.
pub(super) fn wrapped(parts: &Parts) -> Option<String> {
    if !parts.is_plain_host() {
        return None;
    }
    archived(&parts.host, &parts.rest())
        .or_else(|| redirected(parts))
        .or_else(|| amp_page(parts))
        .or_else(|| cached(parts))
}
