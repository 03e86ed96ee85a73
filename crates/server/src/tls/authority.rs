//! A certificate authority of the company's own, for where no public one can help: a network
//! without a public name.
//!
//! Its key lies sealed in the store, so every node issues from the same one and a restored backup
//! is trusted by the same browsers. The server's own key is made anew with each certificate and
//! never leaves memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use linecard_store::{Store, UnitOfWork};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Host;

use super::error::TlsError;
use super::served::{Served, valid_until};

/// The name under which the store keeps it.
const SETTING: &str = "tls_authority";
/// How long the authority lasts: whoever trusts it once does not want to do so again.
const YEARS: i32 = 20;
/// How long a server's certificate lasts. Browsers refuse long ones: Apple's those over 825 days
/// (support.apple.com/103769).
const DAYS: i64 = 90;
/// A certificate is made anew when it is valid no longer than this.
pub(super) const RENEW_DAYS: i64 = 30;

/// What everybody may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Whose authority it is.
    name: String,
    /// In PEM.
    certificate: String,
}

/// The authority, ready to issue. No `Debug`: it holds its key.
pub(super) struct Authority {
    kept: Kept,
    key: KeyPair,
}

/// The authority's certificate in PEM, for machines that shall trust it. It is made when there is
/// none; `host` is part of its name.
///
/// # Errors
///
/// When the store fails or a key cannot be made.
pub async fn certificate_of_authority(
    store: &Store,
    host: &str,
    now: Timestamp,
) -> Result<String, TlsError> {
    let authority = Authority::open_or_make(store, host, now).await?;
    Ok(authority.kept.certificate)
}

/// The authority's certificate in PEM; `None` before there is one.
pub(crate) async fn kept_certificate(
    work: &mut UnitOfWork,
) -> Result<Option<String>, linecard_store::StoreError> {
    let kept: Option<Kept> = work.settings().get(SETTING).await?;
    Ok(kept.map(|kept| kept.certificate))
}

impl Authority {
    pub(super) async fn open_or_make(
        store: &Store,
        host: &str,
        now: Timestamp,
    ) -> Result<Self, TlsError> {
        let mut work = store.read().await?;
        if let Some(found) = Self::find(&mut work).await? {
            return Ok(found);
        }
        drop(work);
        let mut work = store.begin().await?;
        if let Some(found) = Self::find(&mut work).await? {
            return Ok(found);
        }
        let made = Self::make(&format!("Linecard at {host}"), now)?;
        work.settings().put(SETTING, &made.kept).await?;
        let secret = made.key.serialize_pem();
        work.settings().put_secret(SETTING, Some(&secret)).await?;
        work.commit().await?;
        Ok(made)
    }

    async fn find(work: &mut UnitOfWork) -> Result<Option<Self>, TlsError> {
        let kept: Option<Kept> = work.settings().get(SETTING).await?;
        let secret: Option<String> = work.settings().secret(SETTING).await?;
        let (Some(kept), Some(secret)) = (kept, secret) else {
            return Ok(None);
        };
        let key = KeyPair::from_pem(&secret).map_err(not_issued)?;
        Ok(Some(Self { kept, key }))
    }

    fn make(name: &str, now: Timestamp) -> Result<Self, TlsError> {
        let key = KeyPair::generate().map_err(not_issued)?;
        let mut params = of_authority(name);
        lasts(&mut params, day(now), Span::new().years(YEARS));
        let certificate = params.self_signed(&key).map_err(not_issued)?;
        let kept = Kept {
            name: name.to_owned(),
            certificate: certificate.pem(),
        };
        Ok(Self { kept, key })
    }

    /// A certificate for `names`, which are host names and IP addresses.
    pub(super) fn issue(
        &self,
        names: &BTreeSet<String>,
        now: Timestamp,
    ) -> Result<Served, TlsError> {
        let key = KeyPair::generate().map_err(not_issued)?;
        let names: Vec<String> = names.iter().cloned().collect();
        let mut params = CertificateParams::new(names.clone()).map_err(not_issued)?;
        let first = names.first().map_or("Linecard", String::as_str);
        // Longer ones do not fit into a common name (RFC 5280, appendix A.1); nobody reads it.
        let first: String = first.chars().take(64).collect();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, first);
        lasts(&mut params, day(now), Span::new().days(DAYS));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let issuer = Issuer::new(of_authority(&self.kept.name), &self.key);
        let made = params.signed_by(&key, &issuer).map_err(not_issued)?;
        let until = valid_until(made.der()).map_err(TlsError::NotIssued)?;
        let secret = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let pair = CertifiedKey::from_der(vec![made.der().clone()], secret, &super::provider());
        Ok(Served {
            key: Arc::new(pair.map_err(not_issued)?),
            until,
            made_from: self.fingerprint(&names),
            place: names.join(", "),
        })
    }

    /// Changes when the authority or the names do.
    pub(super) fn fingerprint<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> Vec<u8> {
        let mut digest = Sha256::new_with_prefix(&self.kept.certificate);
        for name in names {
            digest.update(b"\0");
            digest.update(name);
        }
        digest.finalize().to_vec()
    }
}

/// What a certificate says of a host: a name, or a number without brackets.
pub(super) fn subject(host: &Host<&str>) -> String {
    match host {
        Host::Domain(name) => (*name).to_owned(),
        Host::Ipv4(number) => number.to_string(),
        Host::Ipv6(number) => number.to_string(),
    }
}

fn of_authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    let name: String = name.chars().take(64).collect();
    params.distinguished_name.push(DnType::CommonName, name);
    // It signs servers and no further authority.
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn not_issued(error: impl std::fmt::Display) -> TlsError {
    TlsError::NotIssued(error.to_string())
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Valid from yesterday, because clocks differ, until so long after today.
fn lasts(params: &mut CertificateParams, today: Date, long: Span) {
    let at = |day: Date| {
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        rcgen::date_time_ymd(day.year().into(), month, of_month)
    };
    params.not_before = at(today.saturating_sub(Span::new().days(1)));
    params.not_after = at(today.saturating_add(long));
}

#[cfg(test)]
mod tests {
    use linecard_clock::{Clock as _, SystemEntropy, TestClock};
    use linecard_store::Sealer;
    use rustls::RootCertStore;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::ServerCertVerifier as _;
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

    use super::*;

    /// Whether a browser that trusts the authority takes `served` for `name` at `now`.
    fn trusted(authority: &Authority, served: &Served, name: &str, now: Timestamp) -> bool {
        let root = CertificateDer::from_pem_slice(authority.kept.certificate.as_bytes()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(root).unwrap();
        let provider = crate::tls::provider();
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
        let then = now.duration_since(Timestamp::UNIX_EPOCH).unsigned_abs();
        verifier
            .build()
            .unwrap()
            .verify_server_cert(
                served.key.end_entity_cert().unwrap(),
                &[],
                &ServerName::try_from(name.to_owned()).unwrap(),
                &[],
                UnixTime::since_unix_epoch(then),
            )
            .is_ok()
    }

    #[test]
    fn what_the_authority_issues_is_trusted_for_its_names_and_its_time_and_no_others() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let later = |days: i64| now + jiff::SignedDuration::from_hours(24 * days);
        let authority = Authority::make("Linecard at pbx.lan", now).unwrap();
        let names = ["pbx.lan", "192.168.1.5", "fd00::5"].map(str::to_owned);
        let served = authority.issue(&names.into(), now).unwrap();
        for name in ["pbx.lan", "192.168.1.5", "fd00::5"] {
            assert!(trusted(&authority, &served, name, later(89)), "{name}");
        }
        assert!(!trusted(&authority, &served, "other.lan", now));
        assert!(!trusted(&authority, &served, "pbx.lan", later(91)));
        let stranger = Authority::make("Linecard at pbx.lan", now).unwrap();
        assert!(!trusted(&stranger, &served, "pbx.lan", now));
    }

    #[tokio::test]
    async fn the_authority_is_made_once_and_its_key_is_sealed() {
        let clock = Arc::new(TestClock::at("2026-03-01T12:00:00Z".parse().unwrap()));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("linecard.db");
        let url = format!("sqlite://{}", path.display());
        let entropy = Arc::new(SystemEntropy);
        let store = Store::open(&url, Sealer::for_tests(), Arc::clone(&clock) as _, entropy);
        let store = store.await.unwrap();
        let now = clock.now();
        let first = certificate_of_authority(&store, "pbx.lan", now).await;
        let second = Authority::open_or_make(&store, "other.lan", now).await;
        let second = second.unwrap();
        assert_eq!(first.unwrap(), second.kept.certificate);
        let mut work = store.read().await.unwrap();
        let kept = kept_certificate(&mut work).await.unwrap();
        assert_eq!(kept.as_ref(), Some(&second.kept.certificate));
        let names = ["pbx.lan".to_owned()].into();
        let served = second.issue(&names, now).unwrap();
        assert!(trusted(&second, &served, "pbx.lan", now));
        let key = second.key.serialize_pem();
        let key = key.lines().nth(1).unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains(key));
        }
    }
}
