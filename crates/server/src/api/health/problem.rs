//! Something that is wrong, as the API tells it.

use jiff::Timestamp;
use linecard_flow::{HealthProblem as Found, Ill};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::crm::CrmProblemKind;
use crate::api::home_check::HomeFinding;
use crate::api::phone_systems::LinkProblemKind;
use crate::crm_advice::CrmAdvice;
use crate::home_check::Checked;

/// Something that is wrong.
#[derive(Serialize, ToSchema)]
pub(super) struct HealthProblem {
    /// What.
    what: HealthIll,
    /// Whether it stays so until somebody acts.
    needs_person: bool,
    /// Whose it is: the name of a phone system, of a CRM, of a webhook; where a certificate is. Empty:
    /// Linecard's own.
    subject: String,
    /// The kind of CRM, where it is one's.
    #[schema(required, example = "salesforce")]
    crm: Option<String>,
    /// What is wrong with the link, where it is one; `null` there: its settings cannot be used.
    #[schema(required)]
    link: Option<LinkProblemKind>,
    /// Why the CRM stands still, where it does.
    #[schema(required)]
    trouble: Option<CrmProblemKind>,
    /// What is wrong with the home address, where it is one.
    #[schema(required)]
    home: Option<HomeFinding>,
    /// How many entries were refused or wait; how many percent of the quota are used; how many
    /// bytes of the disk are free; how many days the certificate is still valid.
    #[schema(required)]
    amount: Option<u64>,
    /// Since when, where that is known.
    #[schema(required)]
    since: Option<Timestamp>,
    /// The other side's own words. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it, where it is a CRM.
    #[schema(required)]
    advice: Option<CrmAdvice>,
}

/// What can be wrong.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum HealthIll {
    /// The link to a phone system is not up.
    Link,
    /// Something is wrong although the link is up.
    LinkNotice,
    /// A CRM stands still.
    Crm,
    /// A CRM refused entries.
    Refused,
    /// Entries have waited long, although the CRM works.
    Waiting,
    /// A CRM's quota is nearly used.
    Quota,
    /// The disk is nearly full.
    Disk,
    /// The certificate that browsers are shown ends soon.
    CertificateEnds,
    /// A newer certificate could not be used; the one before it stays.
    CertificateRefused,
    /// Linecard has switched a webhook off.
    WebhookOff,
    /// People or CRMs do not reach this Linecard at a home address.
    HomeAddress,
}

impl HealthProblem {
    /// What is wrong with a home address, where somebody has to act.
    pub(super) fn of_home(checked: Checked) -> Option<Self> {
        checked.finding.needs_person().then(|| Self {
            what: HealthIll::HomeAddress,
            needs_person: true,
            subject: checked.address.to_string(),
            crm: None,
            link: None,
            trouble: None,
            home: Some(checked.finding.into()),
            amount: None,
            since: None,
            words: checked.words,
            advice: None,
        })
    }

    pub(super) fn needs_person(&self) -> bool {
        self.needs_person
    }
}

impl From<Found> for HealthProblem {
    fn from(found: Found) -> Self {
        let (mut link, mut trouble, mut amount) = (None, None, None);
        let what = match found.ill {
            Ill::Link(kind) => {
                link = kind.map(LinkProblemKind::from);
                HealthIll::Link
            }
            Ill::LinkNotice(kind) => {
                link = Some(kind.into());
                HealthIll::LinkNotice
            }
            Ill::Crm(word) => {
                trouble = Some(CrmProblemKind::from_code(&word));
                HealthIll::Crm
            }
            Ill::Refused(count) => {
                amount = Some(count);
                HealthIll::Refused
            }
            Ill::Waiting(count) => {
                amount = Some(count);
                HealthIll::Waiting
            }
            Ill::Quota(percent) => {
                amount = Some(percent);
                HealthIll::Quota
            }
            Ill::Disk(disk) => {
                amount = Some(disk.free);
                HealthIll::Disk
            }
            Ill::CertificateEnds(days) => {
                amount = Some(days);
                HealthIll::CertificateEnds
            }
            Ill::CertificateRefused => HealthIll::CertificateRefused,
            Ill::WebhookOff => HealthIll::WebhookOff,
        };
        Self {
            what,
            needs_person: found.needs_person,
            subject: found.subject,
            crm: found.crm,
            link,
            trouble,
            home: None,
            amount,
            since: found.since,
            words: found.words,
            advice: found.advice.map(CrmAdvice::from),
        }
    }
}
