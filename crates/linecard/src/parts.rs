//! Names every connector, and opens what a running Linecard is made of.

use std::sync::Arc;
use std::time::Duration;

use linecard_clock::{Clock, Entropy, SystemClock, SystemEntropy};
use linecard_crm::Connector;
use linecard_flow::{Flow, ImportFolder, Parts};
use linecard_http::{HttpClient, HttpSettings};
use linecard_pbx::{PbxKind, SampleCaller};
use linecard_store::{Node, Sealer, Store};

use crate::config::{ImportsConfig, NetworkConfig, StoreConfig};

/// How long a CRM may take to answer one request. Short enough that a few requests in a row fit
/// into one attempt of the outbox.
const HTTP_PATIENCE: Duration = Duration::from_secs(12);

/// How long the identity provider may take to answer: somebody waits at the page.
const IDENTITY_PATIENCE: Duration = Duration::from_secs(10);

/// How long a webhook's endpoint may take to answer.
const WEBHOOK_PATIENCE: Duration = Duration::from_secs(15);
/// The longest answer that is taken from a webhook's endpoint, in bytes: nobody reads much of it.
const WEBHOOK_ANSWER: usize = 64 * 1024;

/// The machine's clock and random source.
pub(crate) fn clock_and_entropy() -> (Arc<dyn Clock>, Arc<dyn Entropy>) {
    (Arc::new(SystemClock), Arc::new(SystemEntropy))
}

/// Opens the store, making it on the first start.
pub(crate) async fn store(
    config: &StoreConfig,
    clock: &Arc<dyn Clock>,
    entropy: &Arc<dyn Entropy>,
) -> anyhow::Result<Store> {
    let sealer = sealer(config, entropy.as_ref())?;
    Ok(Store::open(&config.url, sealer, Arc::clone(clock), Arc::clone(entropy)).await?)
}

/// Reads the key file, making it on the first start.
pub(crate) fn sealer(config: &StoreConfig, entropy: &dyn Entropy) -> anyhow::Result<Sealer> {
    if let Some(folder) = config.key_file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            anyhow::anyhow!("cannot make the folder {}: {error}", folder.display())
        })?;
    }
    Ok(Sealer::open_or_create(&config.key_file, entropy)?)
}

/// Takes this node's name, which lies beside the key file.
pub(crate) fn node(config: &StoreConfig, entropy: &dyn Entropy) -> anyhow::Result<Node> {
    let path = config.key_file.with_file_name("linecard.node");
    Ok(Node::open_or_create(&path, entropy)?)
}

/// What asks the identity provider.
pub(crate) fn identity(network: &NetworkConfig) -> anyhow::Result<HttpClient> {
    Ok(HttpClient::new(HttpSettings {
        allow_private: network.allow_private,
        total: IDENTITY_PATIENCE,
        ..HttpSettings::default()
    })?)
}

/// Starts the way of calls with every kind of phone system and CRM. `callers` are the outside
/// callers that a demo phone system offers.
pub(crate) async fn flow(
    store: Store,
    node: Node,
    network: &NetworkConfig,
    imports: &ImportsConfig,
    callers: Vec<SampleCaller>,
) -> anyhow::Result<Flow> {
    let (clock, entropy) = clock_and_entropy();
    let http = HttpClient::new(HttpSettings {
        allow_private: network.allow_private,
        total: HTTP_PATIENCE,
        ..HttpSettings::default()
    })?;
    let webhooks = HttpClient::new(HttpSettings {
        allow_private: network.allow_private,
        total: WEBHOOK_PATIENCE,
        body_bytes: WEBHOOK_ANSWER,
        ..HttpSettings::default()
    })?;
    let phone_systems: Vec<Arc<dyn PbxKind>> = vec![
        Arc::new(linecard_asterisk::AsteriskKind::new(
            Arc::clone(&clock),
            Arc::clone(&entropy),
        )),
        Arc::new(linecard_demo::DemoKind::new(
            Arc::clone(&clock),
            Arc::clone(&entropy),
            callers,
        )),
    ];
    let connectors: Vec<Arc<dyn Connector>> = vec![
        Arc::new(linecard_salesforce::Salesforce::new(
            http.clone(),
            Arc::clone(&clock),
        )),
        Arc::new(linecard_zoho::Zoho::new(http.clone(), Arc::clone(&clock))),
        Arc::new(linecard_bitrix24::Bitrix24::new(
            http.clone(),
            Arc::clone(&clock),
        )),
        Arc::new(linecard_hubspot::HubSpot::new(http, Arc::clone(&clock))),
    ];
    let parts = Parts {
        store,
        node,
        clock,
        entropy,
        phone_systems,
        connectors,
        disks: Arc::new(linecard_flow::SystemDisks),
        import_folder: ImportFolder {
            path: imports.folder.clone(),
            longest: u64::from(imports.megabytes) * 1_000_000,
        },
        webhooks,
    };
    Ok(Flow::start(parts).await?)
}
