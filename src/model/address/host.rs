//! The name of a host: variants of one site for phones and for AMP, and other names of one site.

/// The label before the name of a site that any site may have.
const WWW: &str = "www.";

/// Labels before the name of a site under which publishers serve the same pages for phones or as
/// AMP; known from use.
const VARIANTS: [&str; 3] = ["m.", "mobile.", "amp."];

/// Second-level labels that registries keep for themselves under a country (Public Suffix List,
/// section ICANN): `m.co.uk` is a site of its own, and no variant of `co.uk`.
const REGISTRY_LABELS: [&str; 26] = [
    "ac", "asso", "co", "com", "ed", "edu", "firm", "gen", "go", "gob", "gouv", "gov", "gub",
    "ind", "info", "ltd", "me", "mil", "muni", "ne", "net", "nom", "or", "org", "plc", "sch",
];

/// Hosts where each label below belongs to somebody else (Public Suffix List, section PRIVATE, and
/// the hosting services' own documentation): `m.github.io` is the site of one user.
const HOSTING: [&str; 26] = [
    "blogspot.com",
    "cargo.site",
    "fandom.com",
    "firebaseapp.com",
    "ghost.io",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "hypotheses.org",
    "livejournal.com",
    "medium.com",
    "neocities.org",
    "netlify.app",
    "onrender.com",
    "pages.dev",
    "substack.com",
    "tilda.ws",
    "tumblr.com",
    "typepad.com",
    "vercel.app",
    "web.app",
    "webflow.io",
    "weebly.com",
    "wixsite.com",
    "wordpress.com",
    "workers.dev",
];

/// Sites of Wikimedia, whose pages for phones have `m.` behind the language, `en.m.wikipedia.org`;
/// known from use.
const WIKIMEDIA: [&str; 11] = [
    "wikibooks.org",
    "wikidata.org",
    "wikimedia.org",
    "wikinews.org",
    "wikipedia.org",
    "wikiquote.org",
    "wikisource.org",
    "wikiversity.org",
    "wikivoyage.org",
    "wiktionary.org",
    "mediawiki.org",
];

/// Other names of one host, and the name to compare by. The hosts of Telegram are those of its "Deep
/// links", `dx.doi.org` is the older name in the DOI Handbook, and the mirrors of archive.today hold
/// the same copies under the same paths. The others are known from use: each host forwards to the
/// other, or shows the same pages in another layout.
const ALIASES: [(&str, &str); 22] = [
    ("twitter.com", "x.com"),
    ("telegram.me", "t.me"),
    ("telegram.dog", "t.me"),
    ("youtube-nocookie.com", "youtube.com"),
    ("fb.com", "facebook.com"),
    ("mbasic.facebook.com", "facebook.com"),
    ("touch.facebook.com", "facebook.com"),
    ("web.facebook.com", "facebook.com"),
    ("instagr.am", "instagram.com"),
    ("archive.today", "archive.ph"),
    ("archive.is", "archive.ph"),
    ("archive.li", "archive.ph"),
    ("archive.md", "archive.ph"),
    ("archive.vn", "archive.ph"),
    ("archive.fo", "archive.ph"),
    ("old.reddit.com", "reddit.com"),
    ("new.reddit.com", "reddit.com"),
    ("np.reddit.com", "reddit.com"),
    ("i.reddit.com", "reddit.com"),
    ("export.arxiv.org", "arxiv.org"),
    ("dx.doi.org", "doi.org"),
    ("wayback.archive.org", "web.archive.org"),
];

/// Returns true for a name below which each label is a site of its own.
fn is_suffix(name: &str) -> bool {
    let registry = name
        .split_once('.')
        .is_some_and(|(second, country)| country.len() == 2 && REGISTRY_LABELS.contains(&second));
    registry || HOSTING.contains(&name)
}

/// Removes the label of a variant from the front of a name, where a name with a dot is left.
fn strip_variant(name: &str) -> Option<&str> {
    let variant = |label: &&str| name.strip_prefix(*label).filter(|rest| !is_suffix(rest));
    let rest = name.strip_prefix(WWW).or_else(|| VARIANTS.iter().find_map(variant))?;
    rest.contains('.').then_some(rest)
}

/// The form of a host by which addresses are compared. `name` is in lower case, with the labels of
/// other scripts in Punycode. `None` where a label is empty (RFC 1034, section 3.1).
///
/// A name of one label gets the dot of the root behind it (RFC 3986, section 3.2.2), so that no
/// such host looks like the scheme of an identifier (`hdl:`).
pub(super) fn canonical_host(name: &str) -> Option<String> {
    let mut name = name.strip_suffix('.').unwrap_or(name);
    if name.split('.').any(str::is_empty) {
        return None;
    }
    while let Some(rest) = strip_variant(name) {
        name = rest;
    }
    if let Some((_, host)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Some((*host).to_owned());
    }
    if let Some((site, domain)) = name.split_once(".m.")
        && WIKIMEDIA.contains(&domain)
    {
        return Some(format!("{site}.{domain}"));
    }
    if let Some((language, "facebook.com")) = name.split_once('.')
        && language.len() == 5
        && language.as_bytes().get(2) == Some(&b'-')
    {
        return Some("facebook.com".to_owned());
    }
    Some(if name.contains('.') { name.to_owned() } else { format!("{name}.") })
}

/// Returns true for a host of Google's search, in any country: `google.com`, `google.de`,
/// `google.co.uk`, `google.com.af`. `name` is a canonical host.
pub(super) fn is_google(name: &str) -> bool {
    let Some(suffix) = name.strip_prefix("google.") else { return false };
    let country = |text: &str| text.len() == 2;
    match suffix.split_once('.') {
        None => suffix == "com" || country(suffix),
        Some((second, last)) => ["co", "com"].contains(&second) && country(last),
    }
}

/// Returns true if a text may begin with the name of a site, as in an address without a scheme:
/// `example.com/a`, `www.example.com:8080`. A user before it is the sign of another scheme, such as
/// mailto.
pub(super) fn starts_with_site(text: &str) -> bool {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    let name = authority.split(':').next().unwrap_or_default();
    name.contains('.') && !authority.contains('@')
}
