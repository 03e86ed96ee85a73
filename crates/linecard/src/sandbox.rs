//! `linecard sandbox`: runs a stand-in CRM until it is told to stop.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use linecard_sandbox::salesforce::{Options, Sandbox};

use crate::parts::clock_and_entropy;

#[derive(Debug, Args)]
pub(crate) struct SandboxArguments {
    #[command(subcommand)]
    crm: StandIn,
}

#[derive(Debug, Subcommand)]
enum StandIn {
    /// A stand-in for Salesforce, on loopback only
    Salesforce {
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 8081)]
        port: u16,
        /// Where records and tokens are kept; without it they are gone when it stops
        #[arg(long, value_name = "FILE")]
        data: Option<PathBuf>,
    },
}

pub(crate) async fn sandbox(arguments: SandboxArguments) -> anyhow::Result<()> {
    let StandIn::Salesforce { port, data } = arguments.crm;
    let (clock, entropy) = clock_and_entropy();
    let options = Options {
        port,
        data,
        ..Options::default()
    };
    let application = options.application.clone();
    let sandbox = Sandbox::start(options, clock, entropy).await?;
    crate::print(&format!(
        "The stand-in for Salesforce runs at {}\n  consumer key     {}\n  consumer secret  {}",
        sandbox.base_url(),
        application.consumer_key,
        application.consumer_secret,
    ));
    crate::serve::stop_signal()?.await;
    sandbox.stop().await;
    Ok(())
}
