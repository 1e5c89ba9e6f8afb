//! Logs in to a server as libpq does: with the settings of the URL, of a service file and of the environment, the password
//! of a password file, and TLS as `sslmode` says.

use super::tls::{Checked, connector};
use crate::error::{Error, Result};
use crate::model::{PASSWORD_HINT, ServerAddress, password_in, service_settings};
use postgres::config::SslMode;
use postgres::error::SqlState;
use postgres::{Client, Config};
use std::collections::BTreeMap;
use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The time that a host has to answer, unless `connect_timeout` says another.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// The folder of the socket of a server on this machine, where no host is named: that of Debian, then that of libpq.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// The files in the home of a user that libpq reads.
const PASSFILE: &str = ".pgpass";
const SERVICE_FILE: &str = ".pg_service.conf";
const ROOTS: &str = ".postgresql/root.crt";

/// The values of `sslmode`.
const SSL_MODES: [&str; 5] = ["disable", "prefer", "require", "verify-ca", "verify-full"];

/// The settings of a login, from wherever they come.
struct Settings<'a> {
    address: &'a ServerAddress,
    service: BTreeMap<String, String>,
}

impl Settings<'_> {
    fn of(address: &ServerAddress) -> Result<Settings<'_>> {
        let mut settings = Settings { address, service: BTreeMap::new() };
        if let Some(service) = address.setting("service") {
            let named = address.variable("PGSERVICEFILE").map(PathBuf::from);
            let path = named.or_else(|| settings.in_home(SERVICE_FILE));
            let text = path.as_deref().and_then(|path| std::fs::read_to_string(path).ok());
            let found = text.and_then(|text| service_settings(&text, service));
            settings.service = found.ok_or_else(|| Error::Refused {
                what: format!("cannot connect to {address}: there is no service {service:?}"),
                hint: "a section [NAME] of ~/.pg_service.conf, or of the file that PGSERVICEFILE names, says what it is"
                    .to_owned(),
            })?;
        }
        Ok(settings)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let of_service = || self.service.get(name).map(String::as_str);
        self.address.of_url(name).or_else(of_service).or_else(|| self.address.of_environment(name))
    }

    fn in_home(&self, name: &str) -> Option<PathBuf> {
        Some(Path::new(self.address.variable("HOME")?).join(name))
    }

    fn refused(&self, why: &str, hint: &str) -> Error {
        refused(self.address, why, hint)
    }

    fn user(&self) -> Result<&str> {
        self.get("user").or_else(|| self.address.variable("USER")).ok_or_else(|| {
            self.refused("it names no user", "write postgres://USER@HOST/DATABASE, or set PGUSER")
        })
    }

    /// The hosts with their ports.
    fn hosts(&self) -> Result<Vec<(String, u16)>> {
        let default = || {
            let there = SOCKET_FOLDERS.iter().find(|folder| Path::new(folder).is_dir());
            if cfg!(unix) { there.unwrap_or(&"localhost") } else { "localhost" }
        };
        let hosts: Vec<&str> = self.get("host").unwrap_or_default().split(',').collect();
        let ports: Vec<&str> = self.get("port").unwrap_or_default().split(',').collect();
        if ports.len() > 1 && ports.len() != hosts.len() {
            return Err(self.refused(
                "it has another number of ports than of hosts",
                "write one port for all hosts, or one for each",
            ));
        }
        let port = |n: usize| ports.get(if ports.len() == 1 { 0 } else { n }).copied();
        let with_port = |(n, host): (usize, &&str)| {
            let host = if host.is_empty() { default() } else { *host };
            let port = match port(n).filter(|port| !port.is_empty()) {
                None => 5432,
                Some(port) => port.parse().map_err(|_| {
                    self.refused(&format!("{port:?} is no port"), "a port is a number up to 65535")
                })?,
            };
            Ok((host.to_owned(), port))
        };
        hosts.iter().enumerate().map(with_port).collect()
    }

    /// The password for a host, if there is one.
    fn password(&self, login: [&str; 4], remark: &mut dyn FnMut(&str)) -> Option<String> {
        if let Some(password) = self.get("password") {
            return Some(password.to_owned());
        }
        let path = self.get("passfile").map(PathBuf::from).or_else(|| self.in_home(PASSFILE))?;
        let text = std::fs::read_to_string(&path).ok()?;
        if is_open_to_others(&path) {
            remark(&format!(
                "the password file {} is left out: others may read it; `chmod 0600` it",
                path.display()
            ));
            return None;
        }
        password_in(&text, login)
    }

    /// The mode of TLS that is asked for, and how the certificate of the server is checked.
    fn tls(&self) -> Result<(SslMode, MakeRustlsConnect)> {
        let mode = self.get("sslmode").unwrap_or("prefer");
        if !SSL_MODES.contains(&mode) {
            let hint = format!("it is one of {}", SSL_MODES.join(", "));
            return Err(self.refused(&format!("sslmode is {mode:?}"), &hint));
        }
        let named = self.get("sslrootcert").map(PathBuf::from);
        let own = self.in_home(ROOTS).filter(|path| path.exists());
        let roots = named.or(own);
        if mode.starts_with("verify") && roots.is_none() {
            return Err(self.refused(
                &format!("sslmode is {mode}, and nothing says which root certificates to trust"),
                "sslrootcert=FILE names a file of them in PEM; that of the system is often called ca-certificates.crt",
            ));
        }
        // As in libpq, roots that are there are asked, whatever the mode.
        let checked = match (mode, &roots) {
            ("verify-full", _) => Checked::Host,
            ("disable", _) | (_, None) => Checked::Nothing,
            _ => Checked::Authority,
        };
        let wanted = match mode {
            "disable" => SslMode::Disable,
            "prefer" => SslMode::Prefer,
            _ => SslMode::Require,
        };
        let roots = roots.as_deref().filter(|_| wanted != SslMode::Disable);
        let tls = connector(checked, roots).map_err(|why| {
            self.refused(&why, "sslrootcert=FILE names a file of certificates in PEM")
        })?;
        Ok((wanted, tls))
    }
}

/// A connection, and by what to cancel what it runs.
pub(super) struct LoggedIn {
    pub(super) client: Client,
    pub(super) tls: MakeRustlsConnect,
}

/// Connects to the first host of an address that answers. `remark` is told what concerns the login beside its result.
pub(super) fn log_in(address: &ServerAddress, remark: &mut dyn FnMut(&str)) -> Result<LoggedIn> {
    let settings = Settings::of(address)?;
    let user = settings.user()?;
    let dbname = settings.get("dbname").unwrap_or(user);
    let (mode, tls) = settings.tls()?;
    let seconds = settings.get("connect_timeout").and_then(|text| text.parse().ok());
    let timeout = match seconds {
        Some(0) => None,
        Some(seconds) => Some(Duration::from_secs(seconds)),
        None => Some(CONNECT_TIMEOUT),
    };
    let mut failed = None;
    for (host, port) in settings.hosts()? {
        let is_socket = host.starts_with('/');
        let of_passfile = if SOCKET_FOLDERS.contains(&host.as_str()) { "localhost" } else { &host };
        let port_text = port.to_string();
        let password = settings.password([of_passfile, &port_text, dbname, user], remark);
        let mut config = Config::new();
        config.user(user).dbname(dbname).host(&host).port(port);
        config.application_name(settings.get("application_name").unwrap_or("onrecord"));
        timeout.map(|timeout| config.connect_timeout(timeout));
        password.map(|password| config.password(password));
        // A socket leads nowhere else: it has no TLS.
        let first = if is_socket { SslMode::Disable } else { mode };
        config.ssl_mode(first);
        let mut connected = config.connect(tls.clone());
        if first == SslMode::Prefer && connected.as_ref().is_err_and(is_about_tls) {
            config.ssl_mode(SslMode::Disable);
            connected = config.connect(tls.clone());
        }
        match connected {
            Ok(client) => return Ok(LoggedIn { client, tls }),
            Err(error) => {
                let is_last_word = error.code().is_some();
                let error = not_connected(address, &host, &error);
                if is_last_word {
                    return Err(error);
                }
                failed.get_or_insert(error);
            }
        }
    }
    Err(failed.unwrap_or_else(|| settings.refused("it names no host", "")))
}

/// Returns true if a connection may fail with TLS and succeed without it.
fn is_about_tls(error: &postgres::Error) -> bool {
    error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION)
        || error.to_string().starts_with("error performing TLS handshake")
}

fn refused(address: &ServerAddress, why: &str, hint: &str) -> Error {
    Error::Refused { what: format!("cannot connect to {address}: {why}"), hint: hint.to_owned() }
}

/// The error of a login.
fn not_connected(address: &ServerAddress, host: &str, error: &postgres::Error) -> Error {
    let why = reason(error);
    let hint = match error.code() {
        Some(code) if *code == SqlState::INVALID_PASSWORD => PASSWORD_HINT.to_owned(),
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => {
            "`onrecord export postgres FOLDER` writes a folder that makes the database; psql --list shows those that are there"
                .to_owned()
        }
        Some(code) if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "whoever runs the server says who may connect from where: CREATE ROLE, and its pg_hba.conf"
                .to_owned()
        }
        Some(code) if *code == SqlState::TOO_MANY_CONNECTIONS => "try again later".to_owned(),
        Some(_) => "whoever runs the server can say more: its log has the reason".to_owned(),
        None if why.contains("password missing") => PASSWORD_HINT.to_owned(),
        None if error.to_string().contains("TLS") => {
            "sslmode=disable, prefer, require, verify-ca or verify-full says what TLS is wanted, and sslrootcert=FILE whom to trust"
                .to_owned()
        }
        None => format!("is the server running, and is {host} its host, with this port?"),
    };
    refused(address, &why, &hint)
}

/// The reason of an error in one line, without that of the layers above it.
pub(super) fn reason(error: &postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        return [Some(db.message()), db.detail()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ");
    }
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// Returns true if others than its owner may read or write a file.
fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        path.metadata().is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}
