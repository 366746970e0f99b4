//! Invalid settings are rejected at the start. The error names the setting and says what was expected.

use std::process::{Command, Output};

fn run(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spilno"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn error_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn invalid_values_are_reported_with_the_setting_name() {
    for (variable, value, parts) in [
        ("SPILNO_LISTEN", "localhost", ["listen: expected", "127.0.0.1:3000"]),
        ("SPILNO_LISTEN", "127.0.0.1:99999", ["listen: expected", "SPILNO_"]),
        ("DATABASE_URL", "mysql://root@localhost/spilno", ["database_url: expected", "sqlite:FILE or postgres://"]),
        ("SPILNO_DATABASE_URL", "spilno.db", ["database_url: expected", "sqlite:FILE or postgres://"]),
        ("SPILNO_BASE_URL", "portal.example.com", ["base_url: expected", "https://HOST"]),
        ("SPILNO_BASE_URL", "https://portal.example.com/", ["base_url: expected", "without a path or a slash"]),
        ("SPILNO_SMTP_URL", "mail.example.com:25", ["smtp_url: expected", "smtps://"]),
        ("SPILNO_SMTP_URL", "smtp://me:secret@host?tls=none", ["smtp_url: ", "unencrypted"]),
        ("SPILNO_SMTP_CA", "/nowhere/ca.pem", ["smtp_ca: expected a PEM file", "/nowhere/ca.pem"]),
        ("SPILNO_SMTP_CA", "Cargo.toml", ["smtp_ca: expected a PEM file", "no line -----BEGIN CERTIFICATE"]),
        ("SPILNO_MAIL_FROM", "nobody", ["mail_from: expected", "Spilno <portal@example.com>"]),
        ("SPILNO_LOG", "info,,=loud", ["log: expected", "server=debug"]),
        ("SPILNO_PORT", "3000", ["PORT: unknown setting", "listen, data, database_url"]),
    ] {
        let output = run(&[(variable, value)], &["migrate"]);
        assert!(!output.status.success(), "{variable}={value} was accepted");
        let error = error_text(&output);
        for part in parts {
            assert!(error.to_lowercase().contains(&part.to_lowercase()), "{variable}={value}: {error}");
        }
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn a_settings_file_is_read_and_its_errors_are_reported() {
    let folder = std::env::temp_dir().join(format!("spilno-settings-{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("spilno.toml");
    let config = file.to_str().unwrap();
    let database = format!("database_url = \"sqlite://{}?mode=rwc\"\n", folder.join("spilno.db").display());
    for (text, expected) in [
        ("smtp_server = \"mail.example.com\"\n", "smtp_server: unknown setting"),
        ("listen = 3000\n", "listen: expected an address and a port"),
        ("listen = \n", "spilno.toml"),
    ] {
        std::fs::write(&file, format!("{database}{text}")).unwrap();
        for output in [run(&[], &["migrate", "--config", config]), run(&[("SPILNO_CONFIG", config)], &["migrate"])] {
            assert!(!output.status.success(), "{text} was accepted");
            assert!(error_text(&output).contains(expected), "{text}: {}", error_text(&output));
        }
    }
    std::fs::write(&file, &database).unwrap();
    // Environment variables take precedence over the file.
    let output = run(&[("SPILNO_LISTEN", "[::1]:3000")], &["migrate", "--config", config]);
    assert!(output.status.success(), "{}", error_text(&output));
    assert!(folder.join("spilno.db").exists(), "the file was not read");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_invalid_certificate_file_is_reported() {
    let file = std::env::temp_dir().join(format!("spilno-damaged-{}.pem", uuid::Uuid::now_v7().simple()));
    std::fs::write(&file, "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n").unwrap();
    let path = file.to_str().unwrap();
    for url in ["", "smtps://mail.example.com"] {
        let output = run(&[("SPILNO_SMTP_URL", url)], &["migrate", "--smtp-ca", path]);
        assert!(!output.status.success(), "{path} was accepted");
        let error = error_text(&output);
        assert!(error.contains("smtp_ca: expected a PEM file") && error.contains("damaged"), "{error}");
    }
    let unencrypted = [("SPILNO_SMTP_URL", "smtp://127.0.0.1:25?tls=none"), ("SPILNO_SMTP_CA", path)];
    let error = error_text(&run(&unencrypted, &["migrate"]));
    assert!(error.contains("smtp_ca: expected"), "{error}");
    std::fs::remove_file(file).unwrap();
}

#[test]
fn a_missing_settings_file_is_reported() {
    let output = run(&[], &["migrate", "--config", "/nowhere/spilno.toml"]);
    assert!(!output.status.success());
    assert!(error_text(&output).contains("/nowhere/spilno.toml"), "{}", error_text(&output));
}
