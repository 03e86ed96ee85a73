//! `linecard serve`: runs the server until it is told to stop.

use std::path::Path;

use linecard_flow::Flow;
use linecard_http::HttpClient;
use linecard_server::{
    ExtensionId, Reload, Server, ServerSettings, StandIn, TlsSettings, TrustedProxies, links,
};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Config, TlsConfig, TlsMode};
use crate::{agi, ice, log, parts};

pub(crate) async fn serve(config: Option<&Path>) -> anyhow::Result<()> {
    let config = Config::read(config, std::env::vars())?;
    log::start(&config.log)?;
    let (clock, entropy) = parts::clock_and_entropy();
    let store = parts::store(&config.store, &clock, &entropy).await?;
    let node = parts::node(&config.store, entropy.as_ref())?;
    let flow = parts::flow(store, node, &config.network, &config.imports, Vec::new()).await?;
    let identity = parts::identity(&config.network)?;
    let server = bind(&config, Vec::new(), identity, &flow).await?;
    if config.tls.mode != TlsMode::Off {
        reload_on_hang_up(server.reload())?;
    }
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
    config: &Config,
    stand_ins: Vec<StandIn>,
    identity: HttpClient,
    flow: &Flow,
) -> anyhow::Result<Server> {
    let settings = ServerSettings {
        listen: config.server.listen,
        home: config.server.home.clone(),
        stand_ins,
        tls: tls(&config.tls),
        redirect_from: config.tls.redirect_from,
        trusted_proxies: TrustedProxies::read(&config.server.trusted_proxies)?,
        chrome_extensions: chrome_extensions(config)?,
        identity,
        ice: ice::settings(&config.softphone)?,
    };
    Ok(Server::bind(settings, flow.clone()).await?)
}

/// The extension for Chrome that comes with Linecard, and the company's own.
fn chrome_extensions(config: &Config) -> anyhow::Result<Vec<ExtensionId>> {
    let mut known = vec![ExtensionId::ours()];
    for id in &config.server.chrome_extensions {
        known.push(id.parse()?);
    }
    Ok(known)
}

fn tls(config: &TlsConfig) -> Option<TlsSettings> {
    match config.mode {
        TlsMode::Off => None,
        TlsMode::Files => Some(TlsSettings::Files {
            certificate: config.certificate.clone(),
            key: config.key.clone(),
        }),
        TlsMode::Authority => Some(TlsSettings::Authority {
            names: config.names.clone(),
        }),
    }
}

/// Has the certificate looked at on SIGHUP.
fn reload_on_hang_up(reload: Reload) -> anyhow::Result<()> {
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hang_up.recv().await.is_some() {
            reload.now();
        }
    });
    Ok(())
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
