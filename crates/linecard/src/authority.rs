//! `linecard authority`: prints what machines must trust where the certificate comes from Linecard.

use std::path::Path;

use linecard_server::certificate_of_authority;

use crate::config::{Config, TlsMode};
use crate::parts;

/// Prints the certificate in PEM. The authority is made now when there is none.
pub(crate) async fn authority(config: Option<&Path>) -> anyhow::Result<()> {
    let config = Config::read(config, std::env::vars())?;
    anyhow::ensure!(
        config.tls.mode == TlsMode::Authority,
        "the certificate does not come from an authority of Linecard's: tls.mode is not \
         \"authority\""
    );
    let (clock, entropy) = parts::clock_and_entropy();
    let store = parts::store(&config.store, &clock, &entropy).await?;
    let host = config.server.home.host_str().unwrap_or_default();
    let certificate = certificate_of_authority(&store, host, clock.now()).await?;
    crate::print(certificate.trim_end());
    Ok(())
}
