//! `linecard serve`: runs the server until it is told to stop.

use std::path::Path;

use linecard_flow::Flow;
use linecard_http::HttpClient;
use linecard_server::{Server, ServerSettings, StandIn, links};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Config, ServerConfig};
use crate::{agi, log, parts};

pub(crate) async fn serve(config: Option<&Path>) -> anyhow::Result<()> {
    let config = Config::read(config, std::env::vars())?;
    log::start(&config.log)?;
    let (clock, entropy) = parts::clock_and_entropy();
    let store = parts::store(&config.store, &clock, &entropy).await?;
    let node = parts::node(&config.store, entropy.as_ref())?;
    let flow = parts::flow(store, node, &config.network, &config.imports, Vec::new()).await?;
    let identity = parts::identity(&config.network)?;
    let server = bind(&config.server, Vec::new(), identity, &flow).await?;
    let _dial_plans = agi::listen(&config.agi, &flow).await?;
    let set_up = links::create_set_up_link(
        flow.store(),
        clock.as_ref(),
        entropy.as_ref(),
        &config.server.home,
    );
    if let Some(link) = set_up.await? {
        crate::print(&format!("Set Linecard up at {link}"));
    }
    crate::print(&format!("Linecard runs at {}", config.server.home));
    until_stopped(server, &flow).await
}

/// Takes the port. `stand_ins` are the CRMs that run beside a demo; `identity` asks the identity
/// provider.
pub(crate) async fn bind(
    config: &ServerConfig,
    stand_ins: Vec<StandIn>,
    identity: HttpClient,
    flow: &Flow,
) -> anyhow::Result<Server> {
    let settings = ServerSettings {
        listen: config.listen,
        home: config.home.clone(),
        stand_ins,
        identity,
    };
    Ok(Server::bind(settings, flow.clone()).await?)
}

/// Serves until SIGINT or SIGTERM, then stops in order.
pub(crate) async fn until_stopped(server: Server, flow: &Flow) -> anyhow::Result<()> {
    server.run(stop_signal()?).await;
    flow.stop().await;
    Ok(())
}

/// Waits for SIGINT or SIGTERM.
pub(crate) fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send> {
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
