//! Identifiers of works: DOI, arXiv, Handle, ISBN, ISSN, as such and as the address of a resolver.

use super::characters::{decode, is_around, is_blank, is_digits, strip_prefix, trim};
use super::parts::Parts;

/// An identifier that was recognised, in the form by which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identifier {
    /// A DOI in lower case, `10.1000/abc.1`. DOIs have no case (DOI Handbook, "Case sensitivity").
    Doi(String),
    /// An arXiv identifier, `2101.00001`, `2101.00001v2` or `math/0309136`. Without a version it
    /// denotes the newest (arXiv, "Understanding the arXiv identifier"), so that with one it is
    /// another text.
    Arxiv(String),
    /// A Handle, `2027/AbC`. The prefix has no case; behind it each service decides (RFC 3652,
    /// section 2.1.3), so that the case is kept.
    Handle(String),
    /// An ISBN of 13 digits (ISO 2108). It identifies a whole book.
    Isbn(String),
    /// An ISSN, `0378-5955` (ISO 3297). It identifies a serial, and never a work in it.
    Issn(String),
}

/// The archives of arXiv before April 2007 (arXiv, "Understanding the arXiv identifier").
const ARXIV_ARCHIVES: [&str; 33] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int",
];

/// Names before an identifier in running text and in URN form.
const DOI_LABELS: [&str; 3] = ["info:doi/", "urn:doi:", "doi"];
const HANDLE_LABELS: [&str; 3] = ["info:hdl/", "hdl", "handle"];
const ISBN_LABELS: [&str; 3] = ["urn:isbn:", "e-isbn", "isbn"];
const ISSN_LABELS: [&str; 4] = ["urn:issn:", "e-issn", "eissn", "issn"];

/// Parameters of the Handle resolver that change how it answers and not what it finds; known from
/// use.
const HANDLE_PARAMETERS: [&str; 4] = ["auth", "noredirect", "nocert", "cert"];

/// The text behind one of these labels, a colon and blanks.
fn behind_label<'t>(text: &'t str, labels: &[&str]) -> Option<&'t str> {
    let rest = labels.iter().find_map(|label| strip_prefix(text, label))?;
    Some(rest.trim_start_matches(|c: char| c == ':' || is_blank(c)))
}

impl Identifier {
    /// Recognises the identifier that a text consists of: with a label before it, as the address of
    /// a resolver, or bare. `None` for any other text, and for an ISBN or ISSN whose check digit is
    /// wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let text = trim(text);
        if let Some(parts) = Parts::parse(text) {
            return of_address(&parts);
        }
        for (labels, read) in [
            (&DOI_LABELS[..], read_encoded_doi as fn(&str) -> Option<Identifier>),
            (&["arxiv"], read_arxiv),
            (&HANDLE_LABELS, read_handle),
            (&ISBN_LABELS, read_isbn),
            (&ISSN_LABELS, read_issn),
        ] {
            if let Some(found) = behind_label(text, labels).and_then(read) {
                return Some(found);
            }
        }
        // "doi: https://doi.org/10.…", and "doi.org/10.…" as people write it.
        let bare = behind_label(text, &["doi", "arxiv", "hdl"]).and_then(Parts::parse);
        let bare = bare.or_else(|| {
            let resolver = |host: &&str| strip_prefix(text, host).is_some();
            let known = RESOLVERS.iter().any(resolver);
            known.then(|| Parts::parse(&format!("https://{text}"))).flatten()
        });
        match bare {
            Some(parts) => of_address(&parts),
            None => read_encoded_doi(text)
                .or_else(|| read_arxiv(text))
                .or_else(|| read_isbn(text))
                .or_else(|| read_issn(text)),
        }
    }

    /// The text by which the identified work is compared: `doi:10.1000/abc.1`, `arxiv:2101.00001`,
    /// `hdl:2027/AbC`, `isbn:9780306406157`. An ISBN counts only where the work is a whole book: a
    /// chapter has that of its book. An ISSN never counts.
    pub fn canonical(&self, whole_book: bool) -> Option<String> {
        match self {
            Identifier::Doi(name) => Some(format!("doi:{name}")),
            Identifier::Arxiv(number) => Some(format!("arxiv:{number}")),
            Identifier::Handle(name) => Some(format!("hdl:{name}")),
            Identifier::Isbn(number) => whole_book.then(|| format!("isbn:{number}")),
            Identifier::Issn(_) => None,
        }
    }
}

/// Resolvers as people write them without a scheme.
const RESOLVERS: [&str; 5] =
    ["doi.org/", "dx.doi.org/", "www.doi.org/", "hdl.handle.net/", "arxiv.org/"];

/// The identifier that an address of its resolver gives: of doi.org, hdl.handle.net or arXiv.
pub(super) fn of_address(parts: &Parts) -> Option<Identifier> {
    if !parts.is_plain_host() {
        return None;
    }
    let path = parts.path.strip_prefix('/')?;
    match parts.host.as_str() {
        "doi.org" => {
            let name = decode(path)?;
            read_doi(behind_label(&name, &["doi"]).unwrap_or(&name))
        }
        "hdl.handle.net" => {
            let harmless = |one: &String| {
                let name = one.split('=').next().unwrap_or_default();
                HANDLE_PARAMETERS.contains(&name)
            };
            // Others, such as urlappend, lead to another place.
            parts.query.iter().all(harmless).then(|| read_handle(&decode(path)?)).flatten()
        }
        "arxiv.org" => {
            let (form, number) = path.split_once('/')?;
            let number = number.strip_suffix(".pdf").unwrap_or(number);
            let known = ["abs", "pdf", "html", "ps", "format"].contains(&form);
            known.then(|| read_arxiv(&decode(number)?)).flatten()
        }
        _ => None,
    }
}

/// A name without the slashes at its end, which an address may have, and what was copied along.
fn trim_name(text: &str) -> &str {
    trim(text).trim_end_matches(|c| c == '/' || is_around(c))
}

/// Reads a DOI: `10.`, the number of the registrant with its subdivisions, a slash and a suffix
/// without blanks (DOI Handbook, "Syntax"). The DOIs that arXiv registers are arXiv identifiers.
fn read_doi(text: &str) -> Option<Identifier> {
    let name = trim_name(text).to_ascii_lowercase();
    let (prefix, suffix) = name.split_once('/')?;
    let registrant = prefix.strip_prefix("10.")?;
    if !registrant.split('.').all(is_digits) || suffix.contains(is_blank) {
        return None;
    }
    if let Some(found) = name.strip_prefix("10.48550/arxiv.").and_then(read_arxiv) {
        return Some(found);
    }
    Some(Identifier::Doi(name))
}

/// Reads a DOI that may be percent-encoded, as it is copied out of an address.
fn read_encoded_doi(text: &str) -> Option<Identifier> {
    read_doi(&decode(text)?)
}

/// Reads a Handle: a prefix that begins with a digit, a slash and a local name without blanks (RFC
/// 3651, section 3). A DOI is a Handle, and is read as a DOI.
fn read_handle(text: &str) -> Option<Identifier> {
    let text = trim_name(text);
    if let Some(doi) = read_doi(text) {
        return Some(doi);
    }
    let (prefix, name) = text.split_once('/')?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || ['.', '-', '_'].contains(&c);
    let numbered = prefix.starts_with(|c: char| c.is_ascii_digit()) && prefix.chars().all(allowed);
    if !numbered || name.contains(is_blank) {
        return None;
    }
    Some(Identifier::Handle(format!("{}/{name}", prefix.to_ascii_lowercase())))
}

/// Returns true for the year and month at the start of an arXiv identifier, `YYMM`.
fn is_year_month(text: &str) -> bool {
    let month = text.get(2..4).filter(|month| is_digits(month)).and_then(|m| m.parse::<u8>().ok());
    is_digits(text) && month.is_some_and(|month| (1..=12).contains(&month))
}

/// Reads an arXiv identifier: `YYMM.NNNN` from 2007 on, `YYMM.NNNNN` from 2015 on, and
/// `archive/YYMMNNN` before. The subject class in old ones (`math.GT/0309136`) and the category
/// behind new ones (`[cs.CL]`) are no part of it.
fn read_arxiv(text: &str) -> Option<Identifier> {
    let lower = text.trim().to_ascii_lowercase();
    let bare = lower.split_once('[').map_or(lower.as_str(), |(number, _)| number.trim_end());
    let (number, version) = match bare.rsplit_once('v') {
        Some((number, version)) if is_digits(version) && !version.starts_with('0') => {
            (number, format!("v{version}"))
        }
        _ => (bare, String::new()),
    };
    if let Some((month, serial)) = number.split_once('.')
        && month.len() == 4
        && is_year_month(month)
    {
        // The form began in April 2007; what looks like 1991 is none of them.
        if !("0704".."9101").contains(&month) {
            return None;
        }
        let length = if month < "1501" { 4 } else { 5 };
        let valid = serial.len() == length && is_digits(serial);
        return valid.then(|| Identifier::Arxiv(format!("{number}{version}")));
    }
    let (archive, serial) = number.split_once('/')?;
    let archive = archive.split_once('.').map_or(archive, |(archive, _)| archive);
    let valid = ARXIV_ARCHIVES.contains(&archive) && serial.len() == 7 && is_year_month(serial);
    valid.then(|| Identifier::Arxiv(format!("{archive}/{serial}{version}")))
}

/// The digits of a number with hyphens and blanks between them, the last of which may be X for 10.
fn check_digits(text: &str) -> Option<Vec<u32>> {
    let hyphen =
        |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}') || c.is_whitespace();
    let mut digits = Vec::new();
    for c in text.chars().filter(|c| !hyphen(*c)) {
        match c {
            _ if digits.last() == Some(&10) => return None,
            'x' | 'X' => digits.push(10),
            c => digits.push(c.to_digit(10)?),
        }
    }
    Some(digits)
}

/// The sum of digits, each with a weight that falls from their number to 1; a valid ISBN of 10
/// digits and a valid ISSN have one that 11 divides.
fn is_mod_11(digits: &[u32]) -> bool {
    let weighted = digits.iter().rev().zip(1u32..).map(|(digit, weight)| digit * weight);
    weighted.sum::<u32>().is_multiple_of(11)
}

/// The sum of digits with the weights 1 and 3 in turn.
fn sum_1_3(digits: &[u32]) -> u32 {
    digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum()
}

/// Reads an ISBN of 10 or 13 digits, with `13:` or `10:` before it as in "ISBN-13: 978…", and
/// gives it 13 digits (ISBN Users' Manual).
fn read_isbn(text: &str) -> Option<Identifier> {
    let text = text.trim_start_matches(['-', ' ']);
    let length = ["13", "10"].iter().find_map(|length| text.strip_prefix(length));
    let behind = length.map(|rest| rest.trim_start_matches([':', ' ']));
    [Some(text), behind].into_iter().flatten().find_map(|text| {
        let digits = check_digits(text)?;
        let mut whole = match digits.as_slice() {
            [all @ .., _] if digits.len() == 10 && is_mod_11(&digits) => {
                let mut whole = vec![9, 7, 8];
                whole.extend(all);
                whole
            }
            [9, 7, 8 | 9, ..] if digits.len() == 13 && sum_1_3(&digits).is_multiple_of(10) => {
                digits.iter().take(12).copied().collect()
            }
            _ => return None,
        };
        if digits.len() == 13 && digits.contains(&10) {
            return None;
        }
        whole.push((10 - sum_1_3(&whole) % 10) % 10);
        let number = whole.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect();
        Some(Identifier::Isbn(number))
    })
}

/// Reads an ISSN: eight digits with a hyphen in the middle.
fn read_issn(text: &str) -> Option<Identifier> {
    let text = text.trim();
    let (start, end) = text.split_at_checked(4)?;
    let digits = check_digits(text)?;
    let formed = end.starts_with(['-', '\u{2010}', '\u{2011}', '\u{2013}']) && is_digits(start);
    let valid = formed && digits.len() == 8 && is_mod_11(&digits);
    valid.then(|| {
        Identifier::Issn(
            text.to_ascii_uppercase().replace(['\u{2010}', '\u{2011}', '\u{2013}'], "-"),
        )
    })
}
