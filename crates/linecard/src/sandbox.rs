//! `linecard sandbox`: runs a stand-in CRM until it is told to stop.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use linecard_sandbox::{bitrix24, hubspot, salesforce, zoho};

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
        /// As what the organisation's admin has made Linecard known
        #[arg(long, value_enum, default_value_t)]
        app: App,
    },
    /// A stand-in for Zoho CRM, on loopback only
    Zoho {
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 8082)]
        port: u16,
    },
    /// A stand-in for a Bitrix24 portal, on loopback only
    Bitrix24 {
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 8083)]
        port: u16,
    },
    /// A stand-in for HubSpot, on loopback only
    Hubspot {
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 8084)]
        port: u16,
    },
}

/// The two kinds of application that Salesforce knows (A3, A4), set up as admins do.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum App {
    /// Wants PKCE, and replaces the refresh token at each use
    #[default]
    ExternalClientApp,
    /// The older kind: PKCE is not asked for, and the refresh token stays
    ConnectedApp,
}

impl App {
    fn application(self) -> salesforce::Application {
        let is_new = matches!(self, Self::ExternalClientApp);
        salesforce::Application {
            pkce_required: is_new,
            rotates_refresh_tokens: is_new,
            ..salesforce::Application::default()
        }
    }
}

pub(crate) async fn sandbox(arguments: SandboxArguments) -> anyhow::Result<()> {
    match arguments.crm {
        StandIn::Salesforce { port, data, app } => run_salesforce(port, data, app).await,
        StandIn::Zoho { port } => run_zoho(port).await,
        StandIn::Bitrix24 { port } => run_bitrix24(port).await,
        StandIn::Hubspot { port } => run_hubspot(port).await,
    }
}

async fn run_salesforce(port: u16, data: Option<PathBuf>, app: App) -> anyhow::Result<()> {
    let (clock, entropy) = clock_and_entropy();
    let options = salesforce::Options {
        port,
        data,
        application: app.application(),
        ..salesforce::Options::default()
    };
    let application = options.application.clone();
    let sandbox = salesforce::Sandbox::start(options, clock, entropy).await?;
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

async fn run_zoho(port: u16) -> anyhow::Result<()> {
    let (clock, entropy) = clock_and_entropy();
    let options = zoho::Options {
        port,
        ..zoho::Options::default()
    };
    let application = options.application.clone();
    let sandbox = zoho::Sandbox::start(options, clock, entropy).await?;
    crate::print(&format!(
        "The stand-in for Zoho CRM runs at {}\n  client ID      {}\n  client secret  {}",
        sandbox.base_url(),
        application.client_id,
        application.client_secret,
    ));
    crate::serve::stop_signal()?.await;
    sandbox.stop().await;
    Ok(())
}

async fn run_bitrix24(port: u16) -> anyhow::Result<()> {
    let (clock, _) = clock_and_entropy();
    let options = bitrix24::Options {
        port,
        ..bitrix24::Options::default()
    };
    let sandbox = bitrix24::Sandbox::start(options, clock).await?;
    crate::print(&format!(
        "The stand-in for Bitrix24 runs at {}\n  inbound webhook  {}",
        sandbox.base_url(),
        sandbox.webhook_url(),
    ));
    crate::serve::stop_signal()?.await;
    sandbox.stop().await;
    Ok(())
}

async fn run_hubspot(port: u16) -> anyhow::Result<()> {
    let (clock, entropy) = clock_and_entropy();
    let options = hubspot::Options {
        port,
        ..hubspot::Options::default()
    };
    let told = (
        options.service_key.clone(),
        options.client_id.clone(),
        options.client_secret.clone(),
    );
    let sandbox = hubspot::Sandbox::start(options, clock, entropy).await?;
    crate::print(&format!(
        "The stand-in for HubSpot runs at {}\n  service key    {}\n  client ID      {}\n  \
         client secret  {}",
        sandbox.base_url(),
        told.0,
        told.1,
        told.2,
    ));
    crate::serve::stop_signal()?.await;
    sandbox.stop().await;
    Ok(())
}
