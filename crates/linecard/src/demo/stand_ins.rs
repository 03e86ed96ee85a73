//! The stand-in CRMs beside a demo: started together, stopped together, and how one connects to
//! each.

use std::path::Path;
use std::sync::Arc;

use linecard_clock::{Clock, Entropy};
use linecard_sandbox::{bitrix24, hubspot, salesforce, zoho};
use linecard_server::StandIn;

use super::DemoArguments;

/// Every stand-in, running.
pub(super) struct StandIns {
    pub(super) salesforce: salesforce::Sandbox,
    pub(super) application: salesforce::Application,
    zoho: zoho::Sandbox,
    zoho_application: zoho::Application,
    bitrix24: bitrix24::Sandbox,
    hubspot: hubspot::Sandbox,
    hubspot_key: String,
}

impl StandIns {
    pub(super) async fn start(
        arguments: &DemoArguments,
        data: &Path,
        clock: &Arc<dyn Clock>,
        entropy: &Arc<dyn Entropy>,
    ) -> anyhow::Result<Self> {
        let salesforce = salesforce::Options {
            port: arguments.salesforce_port,
            data: Some(data.join("salesforce.json")),
            // As in a real organisation: a search finds nobody who was written down just now.
            setup: salesforce::Setup {
                index_lag_seconds: 90,
                ..salesforce::Setup::default()
            },
            ..salesforce::Options::default()
        };
        let zoho = zoho::Options {
            port: arguments.zoho_port,
            ..zoho::Options::default()
        };
        let bitrix24 = bitrix24::Options {
            port: arguments.bitrix24_port,
            ..bitrix24::Options::default()
        };
        let hubspot = hubspot::Options {
            port: arguments.hubspot_port,
            ..hubspot::Options::default()
        };
        Ok(Self {
            application: salesforce.application.clone(),
            zoho_application: zoho.application.clone(),
            hubspot_key: hubspot.service_key.clone(),
            salesforce: salesforce::Sandbox::start(
                salesforce,
                Arc::clone(clock),
                Arc::clone(entropy),
            )
            .await?,
            zoho: zoho::Sandbox::start(zoho, Arc::clone(clock), Arc::clone(entropy)).await?,
            bitrix24: bitrix24::Sandbox::start(bitrix24, Arc::clone(clock)).await?,
            hubspot: hubspot::Sandbox::start(hubspot, Arc::clone(clock), Arc::clone(entropy))
                .await?,
        })
    }

    /// Where each is and what is to be filled in, in the order of the tiles.
    pub(super) fn list(&self) -> anyhow::Result<Vec<StandIn>> {
        let stand_in = |kind, name, base: &str, settings: Vec<(&'static str, String)>| {
            Ok::<_, url::ParseError>(StandIn {
                kind,
                name,
                page: base.parse()?,
                settings,
            })
        };
        let (salesforce, zoho) = (self.salesforce.base_url(), self.zoho.base_url());
        let (bitrix24, hubspot) = (self.bitrix24.base_url(), self.hubspot.base_url());
        Ok(vec![
            stand_in(
                "salesforce",
                "Salesforce",
                salesforce,
                vec![
                    ("login_url", salesforce.to_owned()),
                    ("client_id", self.application.consumer_key.clone()),
                    ("client_secret", self.application.consumer_secret.clone()),
                ],
            )?,
            stand_in(
                "zoho",
                "Zoho CRM",
                zoho,
                vec![
                    ("accounts_url", zoho.to_owned()),
                    ("crm_url", zoho.to_owned()),
                    ("client_id", self.zoho_application.client_id.clone()),
                    ("client_secret", self.zoho_application.client_secret.clone()),
                ],
            )?,
            stand_in(
                "bitrix24",
                "Bitrix24",
                bitrix24,
                vec![
                    ("webhook_url", self.bitrix24.webhook_url()),
                    ("portal_url", bitrix24.to_owned()),
                ],
            )?,
            stand_in(
                "hubspot",
                "HubSpot",
                hubspot,
                vec![
                    ("service_key", self.hubspot_key.clone()),
                    ("api_url", hubspot.to_owned()),
                    ("app_url", hubspot.to_owned()),
                ],
            )?,
        ])
    }

    /// Lets each finish what it is answering.
    pub(super) async fn stop(self) {
        self.salesforce.stop().await;
        self.zoho.stop().await;
        self.bitrix24.stop().await;
        self.hubspot.stop().await;
    }
}
