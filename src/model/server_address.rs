//! The address of a database in PostgreSQL, with what else says how to log in there, by the rules of libpq: a URL, a
//! service file, variables of the environment, a password file.

use std::collections::BTreeMap;

/// The beginnings of a URL of PostgreSQL.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// The settings that a URL may have, by the keywords of libpq, and the variable of the environment that stands for each.
const SETTINGS: [(&str, &str); 11] = [
    ("application_name", "PGAPPNAME"),
    ("connect_timeout", "PGCONNECT_TIMEOUT"),
    ("dbname", "PGDATABASE"),
    ("host", "PGHOST"),
    ("passfile", "PGPASSFILE"),
    ("password", "PGPASSWORD"),
    ("port", "PGPORT"),
    ("service", "PGSERVICE"),
    ("sslmode", "PGSSLMODE"),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("user", "PGUSER"),
];

/// The place where a password belongs, for hints.
pub const PASSWORD_HINT: &str = "keep the password in ~/.pgpass, which only you may read (a line \
    HOST:PORT:DATABASE:USER:PASSWORD), or in the file that PGPASSFILE names, or in PGPASSWORD";

/// Says what is wrong with an address, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressFault {
    /// The fault. It repeats no password.
    pub what: String,
    /// The way out.
    pub hint: String,
}

/// The address of a database on a server.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerAddress {
    /// The URL as it was written, which has no password.
    url: String,
    /// The settings of the URL, by the keywords of libpq.
    settings: BTreeMap<String, String>,
    /// The variables of the environment.
    variables: BTreeMap<String, String>,
}

/// Shows the URL alone: a variable may hold a password.
impl std::fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.url)
    }
}

impl std::fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.url)
    }
}

impl ServerAddress {
    /// Returns true for a text that is the URL of a server, and no name of a file.
    pub fn is_url(text: &str) -> bool {
        SCHEMES.iter().any(|scheme| text.starts_with(scheme))
    }

    /// Reads a URL: `postgres://USER@HOST:PORT/DATABASE?KEYWORD=VALUE`, any part of which may be left out. `variables`
    /// are those of the environment: `PG…`, `HOME`, and `USER` for who has no `PGUSER`.
    ///
    /// # Errors
    /// Fails if the URL has a password, or a keyword that is not known.
    pub fn parse(
        url: &str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<ServerAddress, AddressFault> {
        let rest = SCHEMES.iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or_default();
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, dbname) = place.split_once('/').unwrap_or((place, ""));
        let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
        let mut settings = BTreeMap::new();
        let mut set = |name: &str, value: &str| {
            let value = decoded(value).ok_or_else(|| AddressFault {
                what: format!(
                    "the {name} of the address of the server is not percent-encoded as a URL"
                ),
                hint: "write % as %25".to_owned(),
            })?;
            if !value.is_empty() {
                settings.insert(name.to_owned(), value);
            }
            Ok::<(), AddressFault>(())
        };
        if user.contains(':') || query.split('&').any(|pair| pair.starts_with("password=")) {
            return Err(AddressFault {
                what: "the address of the server has a password in it, which others on this machine can read"
                    .to_owned(),
                hint: format!("leave it out of the address; {PASSWORD_HINT}"),
            });
        }
        set("user", user)?;
        set("dbname", dbname)?;
        let (mut names, mut ports) = (Vec::new(), Vec::new());
        for host in hosts.split(',') {
            let (name, port) = split_port(host);
            names.push(name);
            ports.push(port);
        }
        set("host", &names.join(","))?;
        if ports.iter().any(|port| !port.is_empty()) {
            set("port", &ports.join(","))?;
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !SETTINGS.iter().any(|(known, _)| *known == name) {
                let known = SETTINGS.iter().map(|(known, _)| *known).filter(|n| *n != "password");
                return Err(AddressFault {
                    what: format!("cannot read the address of the server: {name:?} is not known"),
                    hint: format!("it takes {}", known.collect::<Vec<_>>().join(", ")),
                });
            }
            set(name, value)?;
        }
        let variables = variables.into_iter().collect();
        Ok(ServerAddress { url: url.to_owned(), settings, variables })
    }

    /// The server and the database, without the user and the settings: for a record that others read.
    pub fn place(&self) -> String {
        let of = |name: &str| self.setting(name).unwrap_or_default().to_owned();
        let host = of("host");
        // The folder of a socket is of no use to others.
        let host = if host.starts_with('/') { String::new() } else { host };
        format!("postgres://{host}/{}", of("dbname"))
    }

    /// A setting of the URL, else of its variable in the environment.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str).or_else(|| self.of_environment(name))
    }

    /// A setting of the URL alone.
    pub fn of_url(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// A setting of its variable in the environment.
    pub fn of_environment(&self, name: &str) -> Option<&str> {
        let (_, variable) = SETTINGS.iter().find(|(known, _)| *known == name)?;
        self.variable(variable)
    }

    /// A variable of the environment that holds something.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// A host and its port; an address of IPv6 is in brackets.
fn split_port(host: &str) -> (&str, &str) {
    if let Some(inside) = host.strip_prefix('[')
        && let Some((address, rest)) = inside.split_once(']')
    {
        return (address, rest.strip_prefix(':').unwrap_or_default());
    }
    host.rsplit_once(':').unwrap_or((host, ""))
}

/// The text that stands percent-encoded in a URL. `None` for what is not.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let number = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
        bytes.push(u8::try_from(number).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// The settings of a service in the text of a service file (`pg_service.conf`); `None` where it has no such service.
pub fn service_settings(text: &str, service: &str) -> Option<BTreeMap<String, String>> {
    let mut found: Option<BTreeMap<String, String>> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            if found.is_some() {
                break;
            }
            found = (name == service).then(BTreeMap::new);
        } else if let (Some(settings), Some((name, value))) = (&mut found, line.split_once('=')) {
            settings.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
    found
}

/// The password for a database in the text of a password file (`.pgpass`): that of the first line whose host, port,
/// database and user are these, or `*`.
pub fn password_in(text: &str, login: [&str; 4]) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut rest = line;
        for wanted in login {
            let (field, after) = rest.split_at(field_end(rest));
            if field != "*" && without_backslashes(field) != wanted {
                return None;
            }
            rest = after.strip_prefix(':')?;
        }
        Some(without_backslashes(&rest[..field_end(rest)]))
    })
}

/// The length of the first field of a line of a password file: up to a colon without a backslash.
fn field_end(line: &str) -> usize {
    let mut escaped = false;
    let ends = |sign: char| {
        let is_end = sign == ':' && !escaped;
        escaped = sign == '\\' && !escaped;
        is_end
    };
    line.find(ends).unwrap_or(line.len())
}

/// A field of a password file as it is meant: a backslash goes, and the sign after it stays.
fn without_backslashes(field: &str) -> String {
    let mut meant = String::new();
    let mut signs = field.chars();
    while let Some(sign) = signs.next() {
        meant.extend(if sign == '\\' { signs.next() } else { Some(sign) });
    }
    meant
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ServerAddress, password_in, service_settings};

    fn parse(url: &str) -> ServerAddress {
        let variables = [("PGUSER", "envy"), ("PGPORT", "5433"), ("PGDATABASE", "")];
        let owned = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        ServerAddress::parse(url, owned).unwrap()
    }

    #[test]
    fn a_url_gives_the_settings_of_libpq() {
        let address = parse("postgres://o%40w@db.example.org:6000/rec%2Ford?sslmode=require");
        for (name, value) in [
            ("user", Some("o@w")),
            ("host", Some("db.example.org")),
            ("port", Some("6000")),
            ("dbname", Some("rec/ord")),
            ("sslmode", Some("require")),
            ("sslrootcert", None),
        ] {
            assert_eq!(address.setting(name), value, "{name}");
        }
        let address = parse("postgresql:///record?host=/run/pg");
        assert_eq!(address.setting("host"), Some("/run/pg"));
        assert_eq!((address.setting("user"), address.of_url("user")), (Some("envy"), None));
        assert_eq!(
            (address.setting("port"), address.setting("dbname")),
            (Some("5433"), Some("record"))
        );
        let address = parse("postgres://owner@[::1]:6001,b:6002");
        assert_eq!(
            (address.setting("host"), address.setting("port")),
            (Some("::1,b"), Some("6001,6002"))
        );
        assert_eq!(address.setting("dbname"), None);
        assert_eq!(parse("postgres://o@h:1/d?sslmode=disable").place(), "postgres://h/d");
        assert_eq!(parse("postgres:///d?host=/run/pg").place(), "postgres:///d");
        assert!(ServerAddress::is_url("postgresql://x") && !ServerAddress::is_url("postgres.db"));
    }

    #[test]
    fn a_url_with_a_password_or_an_unknown_keyword_is_refused() {
        for url in ["postgres://o:secret@h/d", "postgres://h/d?password=secret", "postgres://o:@h"]
        {
            let error = ServerAddress::parse(url, []).unwrap_err();
            assert!(error.what.contains("has a password in it"), "{error:?}");
            assert!(!format!("{error:?}").contains("secret"), "{error:?}");
            assert!(error.hint.contains(".pgpass"), "{error:?}");
        }
        let error = ServerAddress::parse("postgres://h/d?sslcert=x", []).unwrap_err();
        assert!(error.what.contains("\"sslcert\" is not known"), "{error:?}");
        assert!(!error.hint.contains("password"), "{error:?}");
        assert!(ServerAddress::parse("postgres://h/d%2", []).is_err());
        let secret = [("PGPASSWORD".to_owned(), "secret".to_owned())];
        let address = ServerAddress::parse("postgres://h/d", secret).unwrap();
        assert_eq!(format!("{address:?} {address}"), "postgres://h/d postgres://h/d");
        assert_eq!(address.setting("password"), Some("secret"));
    }

    #[test]
    fn a_password_file_is_read_as_libpq_reads_it() {
        let text = "# a comment\nother:5432:*:me:no\n*:*:a\\:b:m\\*:back\\\\sl\\:ash\nh:5432:*:*:yes\nshort:line\n";
        for (login, password) in [
            (["h", "5432", "d", "me"], Some("yes")),
            (["other", "5432", "d", "me"], Some("no")),
            (["x", "1", "a:b", "m*"], Some("back\\sl:ash")),
            (["x", "1", "a:b", "mm"], None),
            (["h", "5433", "d", "me"], None),
        ] {
            assert_eq!(password_in(text, login).as_deref(), password, "{login:?}");
        }
    }

    #[test]
    fn a_service_is_a_section_of_the_service_file() {
        let text = "[a]\nhost=x\n# [b]\n[b]\nhost = y\nport=6000\n[c]\nhost=z\n";
        let settings = service_settings(text, "b").unwrap();
        let found: Vec<_> = settings.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(found, ["host=y", "port=6000"]);
        assert_eq!(service_settings(text, "d"), None);
    }
}
