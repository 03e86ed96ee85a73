//! A stand-in CRM that runs beside a demo, and how one connects to it.

use url::Url;

/// A stand-in CRM that runs beside a demo. Nothing about it is secret.
#[derive(Debug, Clone)]
pub struct StandIn {
    /// The kind of CRM: `zoho`.
    pub kind: &'static str,
    /// The name of that CRM for people.
    pub name: &'static str,
    /// Where its pages are.
    pub page: Url,
    /// What is to be filled in to connect to it, by the names of the connector's settings.
    pub settings: Vec<(&'static str, String)>,
}
