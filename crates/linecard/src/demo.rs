//! `linecard demo`: a Linecard ready to try, with a phone system and a CRM beside it.

mod seed;

use std::path::PathBuf;

use clap::Args;
use linecard_pbx::SampleCaller;
use linecard_sandbox::salesforce::{Options, Sandbox};
use linecard_server::links;
use url::Url;

use crate::config::{AgiConfig, Config, LogConfig, NetworkConfig, ServerConfig, StoreConfig};
use crate::{log, parts, serve};

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Where Linecard listens on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the stand-in for Salesforce listens on 127.0.0.1
    #[arg(long, default_value_t = 8081)]
    salesforce_port: u16,
    /// Where the demo keeps its data; remove the folder to start afresh
    #[arg(long, default_value = "data/demo", value_name = "FOLDER")]
    data: PathBuf,
    /// Use a real Asterisk instead of the simulation: the line that `cargo xtask asterisk up
    /// --json` prints
    #[arg(long, value_name = "JSON")]
    asterisk: Option<String>,
}

pub(crate) async fn demo(arguments: DemoArguments) -> anyhow::Result<()> {
    let config = config(&arguments)?;
    log::start(&config.log)?;
    std::fs::create_dir_all(&arguments.data)
        .map_err(|error| anyhow::anyhow!("cannot make {}: {error}", arguments.data.display()))?;
    let (clock, entropy) = parts::clock_and_entropy();
    let options = Options {
        port: arguments.salesforce_port,
        data: Some(arguments.data.join("salesforce.json")),
        ..Options::default()
    };
    let application = options.application.clone();
    let salesforce = Sandbox::start(options, clock.clone(), entropy.clone()).await?;
    let store = parts::store(&config.store, &clock, &entropy).await?;
    let simulated = arguments.asterisk.is_none();
    let asterisk = arguments
        .asterisk
        .as_deref()
        .map(seed::asterisk)
        .transpose()?;
    let account = seed::seed(
        &store,
        &config.server.home,
        &salesforce,
        &application,
        asterisk,
    )
    .await?;
    let node = parts::node(&config.store, entropy.as_ref())?;
    let flow = parts::flow(store.clone(), node, &config.network, callers(&salesforce)).await?;
    let server = serve::bind(&config.server, &flow).await?;
    let home = &config.server.home;
    let link =
        links::create_sign_in_link(&store, clock.as_ref(), entropy.as_ref(), home, account).await?;
    crate::print(&welcome(home, salesforce.base_url(), &link, simulated));
    serve::until_stopped(server, &flow).await?;
    salesforce.stop().await;
    Ok(())
}

fn config(arguments: &DemoArguments) -> anyhow::Result<Config> {
    let data = std::path::absolute(&arguments.data)?;
    Ok(Config {
        server: ServerConfig {
            listen: ([127, 0, 0, 1], arguments.port).into(),
            home: Url::parse(&format!("http://127.0.0.1:{}", arguments.port))?,
        },
        store: StoreConfig {
            url: format!("sqlite://{}", data.join("linecard.db").display()),
            key_file: data.join("linecard.key"),
        },
        agi: AgiConfig { listen: None },
        // The stand-in is on loopback.
        network: NetworkConfig {
            allow_private: true,
        },
        log: LogConfig {
            filter: "warn".to_owned(),
            format: crate::config::LogFormat::Text,
        },
    })
}

/// The stand-in's contacts with a number, and a stranger.
fn callers(salesforce: &Sandbox) -> Vec<SampleCaller> {
    let known = ["Contact", "Lead"].into_iter().flat_map(|object| {
        salesforce.records(object).into_iter().filter_map(|record| {
            let text = |field: &str| record.get(field)?.as_str().map(str::to_owned);
            Some(SampleCaller {
                name: text("Name")?,
                number: text("Phone").or_else(|| text("MobilePhone"))?,
            })
        })
    });
    known
        .chain([SampleCaller {
            name: "Somebody unknown".to_owned(),
            number: "+14155550199".to_owned(),
        }])
        .collect()
}

fn welcome(home: &Url, salesforce: &str, link: &Url, simulated: bool) -> String {
    let (outside_line, how) = if simulated {
        (
            format!("  Outside line   {home}outside-line\n"),
            "then let somebody call 101 from the Outside line",
        )
    } else {
        (String::new(), "then let SIPp call 101 from outside")
    };
    format!(
        "\nLinecard runs. Open this link; it signs you in as Alice Adams, extension 101:\n\n    \
         {link}\n\n  Desk           {home}desk/\n{outside_line}  Console        {home}\n  \
         Salesforce     {salesforce} (a stand-in)\n\nGo on duty in Desk, {how}. Ctrl-C stops \
         it.\n"
    )
}
