//! Answers the dial plans of Asterisk: whose caller is this?

use std::net::IpAddr;

use anyhow::Context as _;
use linecard_asterisk::agi::{Answer, Request, serve};
use linecard_flow::{Flow, Routed, Routing};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::config::AgiConfig;

/// The only thing a dial plan can ask: `agi://127.0.0.1:4573/owner`.
const SCRIPT: &str = "owner";

/// Takes the port, where one is configured, and answers until what is returned is dropped.
pub(crate) async fn listen(config: &AgiConfig, flow: &Flow) -> anyhow::Result<JoinSet<()>> {
    let mut listening = JoinSet::new();
    if let Some(address) = config.listen {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("agi.listen: cannot listen on {address}"))?;
        let routing = flow.routing().clone();
        listening.spawn(serve(listener, move |peer, request| {
            let routing = routing.clone();
            async move { answer(&routing, peer, &request).await }
        }));
    }
    Ok(listening)
}

async fn answer(routing: &Routing, peer: IpAddr, request: &Request) -> Answer {
    if request.script != SCRIPT {
        return default("no_such_script");
    }
    let token = request.argument("token").unwrap_or_default();
    if !peer.to_canonical().is_loopback() && !routing.admits(token) {
        return default("wrong_token");
    }
    match routing.route(request.caller()).await {
        Routed::Owner { extensions, name } => Answer {
            extension: extensions.into_iter().next().map(Into::into),
            name,
            reason: "owner",
        },
        Routed::Default(reason) => default(reason.as_str()),
    }
}

fn default(reason: &'static str) -> Answer {
    Answer {
        extension: None,
        name: None,
        reason,
    }
}
