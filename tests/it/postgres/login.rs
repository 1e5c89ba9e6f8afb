//! Logging in: errors with what to do, passwords from where libpq has them, and TLS.

use super::Server;
use crate::common::{Run, Sandbox, run};

/// Runs a report at an address with these variables.
fn report(sandbox: &Sandbox, url: &str, variables: &[(&str, &str)]) -> Run {
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    command.env("HOME", sandbox.path("")).args(["-f", url, "report", "status", "--format", "csv"]);
    run(command.envs(variables.iter().copied()))
}

#[test]
fn what_is_wrong_with_an_address_or_a_database_is_said() {
    let sandbox = Sandbox::seeded();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load(&sandbox, "formats");
    let refused = |url: &str, why: &str, hint: &str| {
        let said = report(&sandbox, url, &[]).failed();
        assert!(said.contains(why) && said.contains(&format!("hint: {hint}")), "{url}: {said}");
    };
    refused(
        "postgres://me@localhost:1/d",
        "Connection refused",
        "is the server running, and is localhost its host",
    );
    refused("postgres://me@nowhere.invalid/d", "failed to lookup address", "is the server running");
    refused(
        "postgres://me@/d?host=/nowhere",
        "No such file",
        "is the server running, and is /nowhere its host",
    );
    refused(
        &server.url("nothing"),
        "database \"nothing\" does not exist",
        "`onrecord export postgres FOLDER` writes",
    );
    refused(
        &server.url("postgres"),
        "the database holds no record of onrecord",
        "`onrecord export postgres FOLDER` writes",
    );
    refused(&server.url_of("stranger", "formats"), "role \"stranger\" does not exist", "");
    refused(
        "postgres://me:secret@h/d",
        "the address of the server has a password in it",
        "leave it out of the address; keep",
    );
    refused(
        "postgres://me@h/d?sslmode=maybe",
        "sslmode is \"maybe\"",
        "it is one of disable, prefer",
    );
    refused(
        "postgres://me@h/d?sslmode=verify-full",
        "nothing says which root certificates to trust",
        "sslrootcert=FILE",
    );
    refused(
        "postgres://me@h/d?sslmode=require&sslrootcert=none.crt",
        "cannot read the root certificates in none.crt",
        "",
    );
    refused("postgres://me@h/d?colour=red", "\"colour\" is not known", "it takes application_name");
    refused("postgres://me@h:x/d", "\"x\" is no port", "a port is a number");
    refused(
        "postgres://me@h/d?service=none",
        "there is no service \"none\"",
        "a section [NAME] of",
    );
    // Records of other programs.
    let url = server.url("formats");
    let format = |sql: &str| {
        server.ask("formats", &format!("ALTER TABLE archive DISABLE TRIGGER USER; {sql}"))
    };
    for (sql, why, hint) in [
        (
            "UPDATE archive SET installed = installed + 1",
            "a newer onrecord made it (format ",
            "use that one",
        ),
        (
            "UPDATE archive SET installed = installed - 2",
            "an older onrecord made it (format ",
            "with that one, `onrecord import",
        ),
        (
            "UPDATE archive SET installed = installed + 1, version = version - 1",
            "an older onrecord made it",
            "with that one",
        ),
        ("UPDATE archive SET version = version + 2", "a newer onrecord made it", "use that one"),
    ] {
        format(sql);
        refused(&url, why, hint);
        let said = sandbox.run(&["push", &url]).failed();
        assert!(said.contains("cannot write to the record") && said.contains(why), "{said}");
    }
    format("DELETE FROM archive");
    refused(&url, "the database holds no record of onrecord", "");
}

#[test]
fn passwords_come_from_where_libpq_has_them_and_tls_is_as_asked() {
    let sandbox = Sandbox::seeded();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load(&sandbox, "secrets");
    for user in ["tls", "plain"] {
        server.ask(
            "secrets",
            &format!(
                "CREATE ROLE {user} LOGIN PASSWORD 'open:\\sesame'; GRANT onrecord_reader TO {user}"
            ),
        );
    }
    let wanted = sandbox.run(&["report", "status", "--format", "csv"]).done();
    let port = server.port.to_string();
    let url = |user: &str, host: &str, more: &str| {
        format!("postgres://{user}@{host}:{port}/secrets?connect_timeout=10{more}")
    };
    let password = [("PGPASSWORD", "open:\\sesame")];
    let works = |url: &str, variables: &[(&str, &str)]| {
        let answered = report(&sandbox, url, variables);
        assert_eq!(
            (answered.out.as_str(), answered.code),
            (wanted.as_str(), 0),
            "{url}: {}",
            answered.err
        );
        answered.err
    };
    let fails = |url: &str, variables: &[(&str, &str)], why: &str| {
        let said = report(&sandbox, url, variables).failed();
        assert!(said.contains(why) && said.contains("hint: "), "{url}: {said}");
        assert!(!said.contains("sesame") && !said.contains("wrong-one"), "{said}");
    };
    // No password, a wrong one, and the right one from each place.
    let plain = url("plain", "127.0.0.1", "");
    fails(&plain, &[], "password missing");
    fails(
        &plain,
        &[("PGPASSWORD", "wrong-one")],
        "password authentication failed for user \"plain\"",
    );
    works(&plain, &password);
    let line = format!("127.0.0.1:{port}:secrets:plain:open\\:\\\\sesame\n");
    let open_to_all = sandbox.write("open.pass", &line);
    let mode = std::os::unix::fs::PermissionsExt::from_mode;
    std::fs::set_permissions(&open_to_all, mode(0o640)).unwrap();
    let said = report(&sandbox, &plain, &[("PGPASSFILE", "open.pass")]).failed();
    assert!(
        said.contains(
            "the password file open.pass is left out: others may read it; `chmod 0600` it"
        ),
        "{said}"
    );
    assert!(said.contains("password missing"), "{said}");
    std::fs::set_permissions(&open_to_all, mode(0o600)).unwrap();
    assert_eq!(works(&plain, &[("PGPASSFILE", "open.pass")]), "");
    works(&format!("{plain}&passfile=open.pass"), &[]);
    let of_home =
        sandbox.write(".pgpass", "other:*:*:*:wrong-one\n*:*:secrets:*:open\\:\\\\sesame\n");
    std::fs::set_permissions(&of_home, mode(0o600)).unwrap();
    works(&plain, &[]);
    // A service, and variables alone.
    sandbox.write(
        ".pg_service.conf",
        format!("[desk]\nhost=127.0.0.1\nport={port}\nuser=plain\ndbname=secrets\n"),
    );
    works("postgres://?service=desk", &[]);
    works("postgres:///", &[("PGSERVICE", "desk")]);
    works(
        "postgres:///secrets",
        &[("PGHOST", "127.0.0.1"), ("PGPORT", &port), ("PGUSER", "plain")],
    );
    // The second host answers.
    works(&format!("postgres://plain@localhost:1,127.0.0.1:{port}/secrets"), &[]);
    std::fs::remove_file(of_home).unwrap();
    // TLS as asked.
    let data = server.folder.path().join("data");
    if !data.join("server.crt").exists() {
        return;
    }
    // A folder that this user may read.
    for file in ["root.crt", "other.crt", "own.crt"] {
        std::fs::copy(data.join(file), sandbox.path(file)).unwrap();
    }
    for (more, host) in [
        ("", "127.0.0.1"),
        ("&sslmode=prefer", "127.0.0.1"),
        ("&sslmode=require", "127.0.0.1"),
        ("&sslmode=verify-ca&sslrootcert=root.crt", "127.0.0.1"),
        ("&sslmode=verify-full&sslrootcert=root.crt", "localhost"),
        ("&sslmode=require&sslrootcert=root.crt", "localhost"),
    ] {
        works(&url("tls", host, more), &password);
    }
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    command
        .args(["-f", &url("tls", "127.0.0.1", ""), "sql", sql, "--format", "csv"])
        .envs(password);
    assert_eq!(run(&mut command).done(), "ssl\n1\n");
    for (more, host, why) in [
        ("&sslmode=disable", "127.0.0.1", "no pg_hba.conf entry"),
        ("&sslmode=verify-full&sslrootcert=root.crt", "127.0.0.1", "not valid for name"),
        ("&sslmode=verify-full&sslrootcert=other.crt", "localhost", "invalid peer certificate"),
        ("&sslmode=verify-ca&sslrootcert=other.crt", "127.0.0.1", "invalid peer certificate"),
        ("&sslmode=require&sslrootcert=other.crt", "localhost", "invalid peer certificate"),
    ] {
        fails(&url("tls", host, more), &password, why);
    }
    // The server takes this user without TLS alone, which `prefer` then does.
    works(&plain, &password);
    works(&format!("{plain}&sslrootcert=other.crt"), &password);
    fails(&format!("{plain}&sslmode=require"), &password, "no pg_hba.conf entry");
    // A server whose own certificate is the root.
    for file in ["ssl_cert_file = 'own.crt'", "ssl_key_file = 'own.key'"] {
        server.ask("postgres", &format!("ALTER SYSTEM SET {file}"));
    }
    server.ask("postgres", "SELECT pg_reload_conf()");
    std::thread::sleep(std::time::Duration::from_millis(300));
    works(&url("tls", "localhost", "&sslmode=verify-full&sslrootcert=own.crt"), &password);
    works(&url("tls", "127.0.0.1", "&sslmode=verify-ca&sslrootcert=own.crt"), &password);
    fails(
        &url("tls", "127.0.0.1", "&sslmode=verify-full&sslrootcert=own.crt"),
        &password,
        "not valid for name",
    );
    fails(
        &url("tls", "localhost", "&sslmode=verify-full&sslrootcert=root.crt"),
        &password,
        "invalid peer certificate",
    );
    for file in ["ssl_cert_file", "ssl_key_file"] {
        server.ask("postgres", &format!("ALTER SYSTEM RESET {file}"));
    }
    server.ask("postgres", "SELECT pg_reload_conf()");
}
