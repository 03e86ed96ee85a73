//! `linecard demo`: a Linecard ready to try, with a phone system and CRMs beside it.

mod seed;
mod stand_ins;

use std::path::PathBuf;

use clap::Args;
use linecard_pbx::SampleCaller;
use linecard_sandbox::salesforce::Sandbox;
use linecard_server::{StandIn, links};
use url::Url;

use crate::config::{
    AgiConfig, Config, ImportsConfig, LogConfig, NetworkConfig, ServerConfig, SoftphoneConfig,
    StoreConfig, TlsConfig,
};
use crate::{log, parts, serve};
use stand_ins::StandIns;

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Where Linecard listens on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the stand-in for Salesforce listens on 127.0.0.1
    #[arg(long, default_value_t = 8081)]
    salesforce_port: u16,
    /// Where the stand-in for Zoho CRM listens on 127.0.0.1
    #[arg(long, default_value_t = 8082)]
    zoho_port: u16,
    /// Where the stand-in for Bitrix24 listens on 127.0.0.1
    #[arg(long, default_value_t = 8083)]
    bitrix24_port: u16,
    /// Where the stand-in for HubSpot listens on 127.0.0.1
    #[arg(long, default_value_t = 8084)]
    hubspot_port: u16,
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
    let stand_ins = StandIns::start(&arguments, &arguments.data, &clock, &entropy).await?;
    let listed = stand_ins.list()?;
    let store = parts::store(&config.store, &clock, &entropy).await?;
    let simulated = arguments.asterisk.is_none();
    let asterisk = arguments
        .asterisk
        .as_deref()
        .map(seed::asterisk)
        .transpose()?;
    let account = seed::seed(&store, &config.server.home, &stand_ins, &listed, asterisk).await?;
    let node = parts::node(&config.store, entropy.as_ref())?;
    let flow = parts::flow(
        store.clone(),
        node,
        &config.network,
        &config.imports,
        callers(&stand_ins.salesforce),
    )
    .await?;
    let identity = parts::identity(&config.network)?;
    let server = serve::bind(&config, listed.clone(), identity, &flow).await?;
    let home = &config.server.home;
    let link =
        links::create_sign_in_link(&store, clock.as_ref(), entropy.as_ref(), home, account).await?;
    crate::print(&welcome(home, &listed, &link, simulated));
    serve::until_stopped(server, &flow).await?;
    stand_ins.stop().await;
    Ok(())
}

fn config(arguments: &DemoArguments) -> anyhow::Result<Config> {
    let data = std::path::absolute(&arguments.data)?;
    Ok(Config {
        server: ServerConfig {
            listen: ([127, 0, 0, 1], arguments.port).into(),
            home: Url::parse(&format!("http://127.0.0.1:{}", arguments.port))?,
            trusted_proxies: Vec::new(),
            chrome_extensions: Vec::new(),
        },
        tls: TlsConfig::default(),
        store: StoreConfig {
            url: format!("sqlite://{}", data.join("linecard.db").display()),
            key_file: data.join("linecard.key"),
        },
        imports: ImportsConfig {
            folder: data.join("imports"),
            megabytes: 500,
        },
        agi: AgiConfig { listen: None },
        softphone: SoftphoneConfig::default(),
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

fn welcome(home: &Url, stand_ins: &[StandIn], link: &Url, simulated: bool) -> String {
    let (outside_line, how) = if simulated {
        (
            format!("  Outside line   {home}outside-line\n"),
            "then let somebody call 101 from the Outside line",
        )
    } else {
        (String::new(), "then let SIPp call 101 from outside")
    };
    let crms: Vec<_> = stand_ins
        .iter()
        .map(|it| format!("  {:<14} {} (a stand-in)", it.name, it.page))
        .collect();
    let crms = crms.join("\n");
    format!(
        "\nLinecard runs. Open this link; it signs you in as Alice Adams, extension 101:\n\n    \
         {link}\n\n  Desk           {home}desk/\n{outside_line}  Console        {home}\n{crms}\n\n\
         Salesforce is connected. To connect another, open it under Integrations > CRM: its\n\
         settings are filled in. Go on duty in Desk, {how}. Ctrl-C stops it.\n"
    )
}
