//! The configuration: the built-in default, the file, the environment, in this order.

use std::path::{Path, PathBuf};

use linecard_server::{ExtensionId, TrustedProxies};
use serde::Deserialize;
use toml::{Table, Value};
use url::Url;

/// The commented default, which is also the documentation.
pub(crate) const DEFAULT: &str = include_str!("linecard.toml");

const PREFIX: &str = "LINECARD_";
/// Variables of the test suite, which are no configuration.
const TEST_PREFIX: &str = "LINECARD_TEST_";

/// Everything that is configured. The keys are explained in the default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) server: ServerConfig,
    pub(crate) tls: TlsConfig,
    pub(crate) store: StoreConfig,
    pub(crate) imports: ImportsConfig,
    pub(crate) agi: AgiConfig,
    pub(crate) softphone: SoftphoneConfig,
    pub(crate) network: NetworkConfig,
    pub(crate) log: LogConfig,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerConfig {
    pub(crate) listen: std::net::SocketAddr,
    pub(crate) home: Url,
    pub(crate) trusted_proxies: Vec<String>,
    pub(crate) chrome_extensions: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TlsConfig {
    pub(crate) mode: TlsMode,
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
    pub(crate) names: Vec<String>,
    #[serde(deserialize_with = "address_or_none")]
    pub(crate) redirect_from: Option<std::net::SocketAddr>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TlsMode {
    #[default]
    Off,
    Files,
    Authority,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoreConfig {
    pub(crate) url: String,
    pub(crate) key_file: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportsConfig {
    pub(crate) folder: PathBuf,
    pub(crate) megabytes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgiConfig {
    #[serde(deserialize_with = "address_or_none")]
    pub(crate) listen: Option<std::net::SocketAddr>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SoftphoneConfig {
    pub(crate) stun: Vec<String>,
    pub(crate) turn: Vec<String>,
    pub(crate) turn_secret_file: PathBuf,
    pub(crate) turn_minutes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkConfig {
    pub(crate) allow_private: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogConfig {
    pub(crate) filter: String,
    pub(crate) format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Reads the configuration. Without a file the default and the environment count.
    pub(crate) fn read(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> anyhow::Result<Self> {
        let mut table: Table = toml::from_str(DEFAULT)?;
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .map_err(|error| anyhow::anyhow!("cannot read {}: {error}", path.display()))?;
            let given: Table = toml::from_str(&text)
                .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            merge(&mut table, given);
        }
        for (name, value) in environment {
            override_by(&mut table, &name, &value)?;
        }
        let config: Self = table.try_into()?;
        config.fits_together()?;
        Ok(config)
    }

    /// What one key alone does not show.
    fn fits_together(&self) -> anyhow::Result<()> {
        TrustedProxies::read(&self.server.trusted_proxies)?;
        for id in &self.server.chrome_extensions {
            id.parse::<ExtensionId>()?;
        }
        let (tls, home) = (&self.tls, &self.server.home);
        if tls.mode == TlsMode::Off {
            anyhow::ensure!(
                tls.redirect_from.is_none(),
                "tls.redirect_from sends browsers to https, but tls.mode is \"off\": set it, or let \
                 the reverse proxy redirect"
            );
            return Ok(());
        }
        anyhow::ensure!(
            home.scheme() == "https",
            "tls.mode is on, but server.home is {home}: it must begin with https://, as browsers \
             will reach Linecard"
        );
        if tls.mode == TlsMode::Files {
            let is_empty = |path: &PathBuf| path.as_os_str().is_empty();
            anyhow::ensure!(
                !is_empty(&tls.certificate) && !is_empty(&tls.key),
                "tls.mode is \"files\": name the PEM files in tls.certificate and tls.key"
            );
        }
        for name in &tls.names {
            let is_host = name.parse::<std::net::IpAddr>().is_ok()
                || matches!(url::Host::parse(name), Ok(url::Host::Domain(host)) if host == *name);
            anyhow::ensure!(
                is_host,
                "{name:?} in tls.names is no host name in small ASCII letters and no IP address"
            );
        }
        Ok(())
    }
}

/// TOML has no way to say nothing: an empty text does.
fn address_or_none<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<std::net::SocketAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    let address = text.parse().map_err(|_| {
        serde::de::Error::custom(format_args!(
            "{text:?} is no address and port, such as 127.0.0.1:4573"
        ))
    })?;
    Ok(Some(address))
}

fn merge(base: &mut Table, given: Table) {
    for (key, value) in given {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(section)), Value::Table(given)) => merge(section, given),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn override_by(table: &mut Table, name: &str, text: &str) -> anyhow::Result<()> {
    let Some(path) = name
        .strip_prefix(PREFIX)
        .filter(|_| !name.starts_with(TEST_PREFIX))
    else {
        return Ok(());
    };
    let path = path.to_ascii_lowercase();
    let known = path
        .split_once('_')
        .and_then(|(section, key)| table.get_mut(section)?.as_table_mut()?.get_mut(key));
    let Some(value) = known else {
        anyhow::bail!("the environment variable {name} overrides no key of the configuration");
    };
    *value = match value {
        Value::Boolean(_) => Value::Boolean(text.parse().map_err(|_| {
            anyhow::anyhow!("the environment variable {name} must be true or false")
        })?),
        Value::Integer(_) => Value::Integer(text.parse().map_err(|_| {
            anyhow::anyhow!("the environment variable {name} must be a whole number")
        })?),
        Value::Array(_) => {
            let parts = text.split(',').map(str::trim).filter(|it| !it.is_empty());
            Value::Array(parts.map(|it| Value::String(it.to_owned())).collect())
        }
        _ => Value::String(text.to_owned()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, environment: &[(&str, &str)]) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("linecard.toml");
        std::fs::write(&path, file)?;
        let environment = environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::read(Some(&path), environment)
    }

    #[test]
    fn without_a_file_the_commented_default_counts() {
        let config = Config::read(None, std::iter::empty()).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert!(!config.network.allow_private);
        assert_eq!(config.agi.listen, None);
    }

    #[test]
    fn an_address_that_is_none_is_named_and_an_empty_one_is_none() {
        let read = |listen: &str| read(&format!("[agi]\nlisten = \"{listen}\"\n"), &[]);
        assert_eq!(read("").unwrap().agi.listen, None);
        assert_eq!(read("[::1]:4573").unwrap().agi.listen.unwrap().port(), 4573);
        let error = read("localhost").unwrap_err().to_string();
        assert!(error.contains("127.0.0.1:4573"), "{error}");
    }

    #[test]
    fn the_file_overrides_the_default_and_the_environment_the_file() {
        let file = "[server]\nlisten = \"127.0.0.1:1\"\n[log]\nfilter = \"warn\"\n";
        let config = read(file, &[("LINECARD_SERVER_LISTEN", "127.0.0.1:2")]).unwrap();
        assert_eq!(config.server.listen.port(), 2);
        assert_eq!(config.log.filter, "warn");
        let allowed = read("", &[("LINECARD_NETWORK_ALLOW_PRIVATE", "true")]).unwrap();
        assert!(allowed.network.allow_private);
        let smaller = read("", &[("LINECARD_IMPORTS_MEGABYTES", "7")]).unwrap();
        assert_eq!(smaller.imports.megabytes, 7);
        assert!(read("", &[("LINECARD_IMPORTS_MEGABYTES", "many")]).is_err());
    }

    #[test]
    fn a_list_is_given_in_the_environment_with_commas() {
        let names = |text: &str| {
            let home = ("LINECARD_SERVER_HOME", "https://pbx.lan");
            let mode = ("LINECARD_TLS_MODE", "authority");
            read("", &[home, mode, ("LINECARD_TLS_NAMES", text)])
        };
        assert_eq!(names("").unwrap().tls.names, [""; 0]);
        let given = names("pbx, 192.168.1.5,fd00::5").unwrap().tls.names;
        assert_eq!(given, ["pbx", "192.168.1.5", "fd00::5"]);
        let error = names("https://pbx.lan").unwrap_err().to_string();
        assert!(error.contains("tls.names"), "{error}");
    }

    #[test]
    fn a_proxy_that_is_no_address_is_named() {
        let read = |text: &str| read("", &[("LINECARD_SERVER_TRUSTED_PROXIES", text)]);
        let config = read("127.0.0.1,10.0.0.0/24").unwrap();
        assert_eq!(config.server.trusted_proxies, ["127.0.0.1", "10.0.0.0/24"]);
        let error = read("proxy.lan").unwrap_err().to_string();
        assert!(error.contains("proxy.lan"), "{error}");
    }

    #[test]
    fn tls_settings_that_do_not_fit_together_are_told() {
        let refusal = |text: &str| read(text, &[]).unwrap_err().to_string();
        let files = "certificate = \"c.pem\"\nkey = \"k.pem\"\n";
        let https = "[server]\nhome = \"https://pbx.example\"\n[tls]\nmode = \"files\"\n";
        assert!(read(&format!("{https}{files}"), &[]).is_ok());
        assert!(refusal(https).contains("tls.certificate and tls.key"));
        let http = refusal(&format!("[tls]\nmode = \"files\"\n{files}"));
        assert!(http.contains("http://127.0.0.1:8080"), "{http}");
        let off = refusal("[tls]\nredirect_from = \"127.0.0.1:80\"\n");
        assert!(off.contains("tls.mode"), "{off}");
    }

    #[test]
    fn a_key_that_does_not_exist_is_an_error_that_names_it() {
        let error = read("[server]\nlissten = \"x\"\n", &[]).unwrap_err();
        assert!(error.to_string().contains("lissten"), "{error}");
        let error = read("", &[("LINECARD_SERVER_LISSTEN", "x")]).unwrap_err();
        assert!(
            error.to_string().contains("LINECARD_SERVER_LISSTEN"),
            "{error}"
        );
    }

    #[test]
    fn a_broken_file_is_an_error_that_names_file_and_line() {
        let error = read("[server\n", &[]).unwrap_err().to_string();
        assert!(
            error.contains("linecard.toml") && error.contains("line 1"),
            "{error}"
        );
    }
}
