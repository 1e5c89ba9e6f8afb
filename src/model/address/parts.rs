//! The parts of an address, each written in one way.

use super::characters::{is_blank, normalize, strip_prefix, trim};
use super::host::canonical_host;
use url::{Host, Url};

/// The parts of an address, in the form by which they are compared. The scheme is none of them:
/// http and https address the same page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The name and the password before the host, with the `@`; empty where there are none.
    pub(super) user: String,
    /// The host, without the labels of its variants.
    pub(super) host: String,
    /// The port, unless it is the default of the scheme.
    pub(super) port: Option<u16>,
    /// The path, with the slash at its start and none at its end; empty for the root.
    pub(super) path: String,
    /// The parameters of the query, in their order.
    pub(super) query: Vec<String>,
    /// The fragment, where it addresses content.
    pub(super) fragment: Option<String>,
}

/// Splits an address behind its authority. `None` where the text does not begin with http or https
/// and an authority.
pub(super) fn split_authority(text: &str) -> Option<(&str, &str)> {
    let rest = ["http://", "https://"].iter().find_map(|scheme| strip_prefix(text, scheme))?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    Some(rest.split_at(end)).filter(|(authority, _)| !authority.is_empty())
}

/// Returns true if a second address follows in a text, behind a sign that separates.
fn names_another(text: &str) -> bool {
    let web = |part: &str| {
        ["http://", "https://"].iter().any(|scheme| strip_prefix(part, scheme).is_some())
    };
    text.split([',', ';', '|']).skip(1).any(web)
}

/// Returns true if a second address follows without a separator: `https://example.comhttps://…`.
fn runs_into_another(authority: &str, rest: &str) -> bool {
    let authority = authority.to_ascii_lowercase();
    rest.starts_with("//") && (authority.ends_with("http:") || authority.ends_with("https:"))
}

/// The part of a fragment that addresses content: a hashbang or the route of an application that
/// runs in the browser. An anchor and a text directive (`:~:text=`) address a place in the page.
fn content_fragment(fragment: &str) -> Option<&str> {
    let route = fragment.split(":~:").next().unwrap_or_default();
    let content = route.strip_prefix('!').unwrap_or(route);
    let addressed = route.starts_with(['!', '/']) && !["", "/"].contains(&content);
    addressed.then_some(route)
}

impl Parts {
    /// Parses an address as browsers do (WHATWG URL), which also removes dot segments, and
    /// normalises its parts. `None` where the text is not a single http or https address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = trim(text);
        let (authority, rest) = split_authority(text)?;
        if text.contains(is_blank) || names_another(text) || runs_into_another(authority, rest) {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let host = match url.host()? {
            Host::Domain(name) => canonical_host(name)?,
            Host::Ipv4(number) => number.to_string(),
            Host::Ipv6(number) => format!("[{number}]"),
        };
        let user = match (url.username(), url.password()) {
            ("", None) => String::new(),
            (name, None) => format!("{name}@"),
            (name, Some(password)) => format!("{name}:{password}@"),
        };
        let path = normalize(url.path().trim_end_matches('/'));
        let parameters = url.query().unwrap_or_default().split('&');
        let query = parameters.filter(|one| !one.is_empty()).map(normalize);
        let query: Vec<String> = query.collect();
        // Dots and encoded letters may have hidden it.
        if names_another(&path) || query.iter().any(|one| names_another(one)) {
            return None;
        }
        Some(Parts {
            user,
            host,
            port: url.port(),
            path,
            query,
            fragment: url.fragment().and_then(content_fragment).map(normalize),
        })
    }

    /// Returns true for the host itself, without a port or a user: the rules for a site hold for
    /// no other server.
    pub(super) fn is_plain_host(&self) -> bool {
        self.user.is_empty() && self.port.is_none()
    }

    /// The segments of the path, without empty ones.
    pub(super) fn segments(&self) -> Vec<String> {
        let segments = self.path.split('/').filter(|segment| !segment.is_empty());
        segments.map(str::to_owned).collect()
    }

    /// The value of the first parameter with this name.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut named = self.query.iter().filter_map(|one| one.split_once('='));
        named.find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// What stands behind the authority.
    pub(super) fn rest(&self) -> String {
        let mut text = self.path.clone();
        if !self.query.is_empty() {
            text.push('?');
            text.push_str(&self.query.join("&"));
        }
        if let Some(fragment) = &self.fragment {
            text.push('#');
            text.push_str(fragment);
        }
        text
    }

    /// The address as one text.
    pub(super) fn into_text(self) -> String {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{}{port}{}", self.user, self.host, self.rest())
    }
}
