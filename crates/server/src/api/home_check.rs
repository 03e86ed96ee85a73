//! Whether this Linecard is reached at its home addresses (A21).

mod answer_home_check;
mod check_home;
mod get_home_check;

use jiff::Timestamp;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::home_check::{Checked, Finding};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_home_check::get_home_check))
        .routes(routes!(check_home::check_home))
        .routes(routes!(answer_home_check::answer_home_check))
}

/// What a look at a home address showed.
#[derive(Serialize, ToSchema)]
pub(super) struct HomeCheck {
    /// The address.
    address: Url,
    /// When.
    at: Timestamp,
    /// What came of it.
    finding: HomeFinding,
    /// Whether somebody has to act.
    needs_person: bool,
    /// Until when the certificate is valid, where there is one and it is.
    #[schema(required)]
    certificate_until: Option<Timestamp>,
    /// What the machine or the other side said of it.
    #[schema(required)]
    words: Option<String>,
}

/// What a look at a home address can show.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum HomeFinding {
    /// All is well.
    Good,
    /// All is well, and the certificate ends soon.
    EndsSoon,
    /// It is an address of this machine, without encryption: good for a trial on it.
    ThisMachine,
    /// It is without encryption.
    NotEncrypted,
    /// It has no name: no public authority certifies it, and CRMs do not take it.
    NoName,
    /// The name does not lead anywhere.
    NotResolved,
    /// Nothing answers there.
    Unreachable,
    /// What answers does not speak TLS.
    NoTls,
    /// The certificate has ended.
    Expired,
    /// The certificate is not valid yet, or the server's clock is wrong.
    NotYetValid,
    /// The certificate is another name's.
    OtherName,
    /// Nobody whom the server trusts made the certificate.
    Untrusted,
    /// The certificate cannot be used for another reason.
    BadCertificate,
    /// Something else answers there, not this Linecard.
    SomethingElse,
}

impl From<Checked> for HomeCheck {
    fn from(checked: Checked) -> Self {
        Self {
            address: checked.address,
            at: checked.at,
            needs_person: checked.finding.needs_person(),
            finding: checked.finding.into(),
            certificate_until: checked.certificate_until,
            words: checked.words,
        }
    }
}

impl From<Finding> for HomeFinding {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::Good => Self::Good,
            Finding::EndsSoon => Self::EndsSoon,
            Finding::ThisMachine => Self::ThisMachine,
            Finding::NotEncrypted => Self::NotEncrypted,
            Finding::NoName => Self::NoName,
            Finding::NotResolved => Self::NotResolved,
            Finding::Unreachable => Self::Unreachable,
            Finding::NoTls => Self::NoTls,
            Finding::Expired => Self::Expired,
            Finding::NotYetValid => Self::NotYetValid,
            Finding::OtherName => Self::OtherName,
            Finding::Untrusted => Self::Untrusted,
            Finding::BadCertificate => Self::BadCertificate,
            Finding::SomethingElse => Self::SomethingElse,
        }
    }
}
