//! Placing a call over a real socket.

use linecard_call::CallId;
use linecard_pbx::{Dial, DialFailure, DialTarget, LinkState, Pbx, Report};
use std::sync::Arc;
use tokio::sync::mpsc;

use crate::link::Server;
use crate::stand_in::StandIn;

fn order(extension: &str) -> Dial {
    Dial {
        call: CallId::new("lc-7f3a"),
        extension: extension.parse().unwrap(),
        to: DialTarget::Extension("102".parse().unwrap()),
        name: None,
        auto_answer: false,
    }
}

/// Runs the link until it is up.
async fn up(link: &Arc<dyn Pbx>) -> mpsc::Receiver<Vec<Report>> {
    let (reports, mut told) = mpsc::channel(64);
    let running = Arc::clone(link);
    tokio::spawn(async move { running.run(reports).await });
    loop {
        let batch = told.recv().await.unwrap();
        let is_up = |report: &Report| matches!(report, Report::Link(LinkState::Up { .. }));
        if batch.iter().any(is_up) {
            return told;
        }
    }
}

#[tokio::test]
async fn c2_an_extension_without_a_phone_cannot_be_reached() {
    let server = Server::start(vec![StandIn::default()]).await;
    let link = server.link();
    let _told = up(&link).await;
    let failure = link.dial(order("199")).await;
    assert_eq!(failure, Err(DialFailure::Unreachable));
}

#[tokio::test]
async fn c2_before_the_link_is_up_nothing_is_sent() {
    let server = Server::start(vec![StandIn::default()]).await;
    let link = server.link();
    assert_eq!(
        link.dial(order("101")).await,
        Err(DialFailure::NotConnected)
    );
}

#[tokio::test]
async fn c2_a_link_that_is_lost_during_the_ringing_says_that_nobody_knows_and_does_not_ring_again()
{
    let server = Server::start(vec![StandIn::default()]).await;
    let link = server.link();
    let mut told = up(&link).await;
    let dialling = tokio::spawn({
        let link = Arc::clone(&link);
        async move { link.dial(order("101")).await }
    });
    server.heard("Originate").await;
    server.cuts().await;
    assert_eq!(dialling.await.unwrap(), Err(DialFailure::LinkLost));
    // Up again: whatever was to be sent has been sent by the time this is answered.
    loop {
        let batch = told.recv().await.unwrap();
        let is_up = |report: &Report| matches!(report, Report::Link(LinkState::Up { .. }));
        if batch.iter().any(is_up) {
            break;
        }
    }
    link.devices().await.unwrap();
    assert_eq!(server.count("Originate"), 1);
}
