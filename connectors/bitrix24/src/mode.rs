//! Whether a portal works with leads. In simple CRM mode there are none.

use linecard_crm::Failure;
use linecard_http::{Daily, Purpose};
use serde_json::{Value, json};

use crate::api::Api;
use crate::command::Command;

/// The command that tells: 1 is classic, 2 is simple.
pub(crate) fn command() -> Command {
    Command::new("crm.settings.mode.get", json!({}))
}

/// Whether that answer means leads.
pub(crate) fn has_leads(result: &Value) -> bool {
    let mode = crate::php::id(result);
    mode != Some(2)
}

/// Asked for once a day.
#[derive(Default)]
pub(crate) struct Mode(Daily<bool>);

impl Mode {
    pub(crate) async fn has_leads(&self, api: &Api, purpose: Purpose) -> Result<bool, Failure> {
        let ask = async {
            let given = api.call(purpose, &command()).await?;
            Ok::<_, Failure>(has_leads(&given.result))
        };
        self.0.get(api.now(), ask).await
    }
}
