//! What the outside world can do now.

use axum::Json;
use linecard_pbx::TargetKind;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::access::Demo as Player;
use crate::problem::Problem;
use crate::stand_in::StandIn;

/// What the outside world can do now.
#[derive(Serialize, ToSchema)]
pub(super) struct Demo {
    /// People who can call.
    callers: Vec<DemoCaller>,
    /// Where they can call.
    targets: Vec<DemoTarget>,
    /// The calls there are.
    calls: Vec<DemoCall>,
    /// The CRMs that run beside the demo.
    stand_ins: Vec<DemoCrm>,
}

/// A stand-in CRM. Nothing about it is secret.
#[derive(Serialize, ToSchema)]
struct DemoCrm {
    /// The kind of CRM.
    #[schema(example = "zoho")]
    kind: &'static str,
    /// The name of that CRM for people.
    name: &'static str,
    /// Where its pages are.
    page: Url,
    /// What is to be filled in to connect to it.
    settings: Vec<DemoCrmSetting>,
}

/// One thing to fill in.
#[derive(Serialize, ToSchema)]
struct DemoCrmSetting {
    /// The field's name.
    #[schema(example = "client_id")]
    name: &'static str,
    /// What belongs there.
    value: String,
}

/// Somebody outside.
#[derive(Serialize, ToSchema)]
struct DemoCaller {
    /// The person's name.
    name: String,
    /// The person's number.
    number: String,
}

/// Where an outside call can go.
#[derive(Serialize, ToSchema)]
struct DemoTarget {
    /// What it is.
    kind: DemoTargetKind,
    /// What is dialled.
    number: String,
    /// Its name.
    name: String,
}

/// What an outside call can go to.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DemoTargetKind {
    /// One person.
    Extension,
    /// Several phones that ring at once.
    Group,
    /// Callers wait in line.
    Queue,
}

/// A simulated call.
#[derive(Serialize, ToSchema)]
struct DemoCall {
    /// Its id.
    call: String,
    /// Who calls; `null`: withheld.
    #[schema(required)]
    from: Option<String>,
    /// What was dialled.
    to: String,
    /// How far it is.
    state: DemoCallState,
    /// The outside party is being rung and can pick up.
    can_answer: bool,
}

/// How far a simulated call is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DemoCallState {
    /// Somebody is being rung.
    Ringing,
    /// The two sides are connected.
    Talking,
}

impl From<&StandIn> for DemoCrm {
    fn from(stand_in: &StandIn) -> Self {
        let settings = stand_in.settings.iter();
        Self {
            kind: stand_in.kind,
            name: stand_in.name,
            page: stand_in.page.clone(),
            settings: settings
                .map(|(name, value)| DemoCrmSetting {
                    name,
                    value: value.clone(),
                })
                .collect(),
        }
    }
}

/// What the outside world can do now.
#[utoipa::path(
    get,
    path = "/demo",
    tag = "demo",
    responses((status = 200, description = "Callers, targets and calls", body = Demo)),
)]
pub(super) async fn get_demo(player: Player) -> Result<Json<Demo>, Problem> {
    let simulation = player.simulation()?;
    Ok(Json(Demo {
        callers: simulation
            .callers()
            .into_iter()
            .map(|caller| DemoCaller {
                name: caller.name,
                number: caller.number,
            })
            .collect(),
        targets: simulation
            .targets()
            .into_iter()
            .map(|target| DemoTarget {
                kind: match target.kind {
                    TargetKind::Extension => DemoTargetKind::Extension,
                    TargetKind::Group => DemoTargetKind::Group,
                    TargetKind::Queue => DemoTargetKind::Queue,
                },
                number: target.number,
                name: target.name,
            })
            .collect(),
        calls: simulation
            .calls()
            .into_iter()
            .map(|call| DemoCall {
                call: call.call.to_string(),
                from: call.from,
                to: call.to,
                state: if call.talking {
                    DemoCallState::Talking
                } else {
                    DemoCallState::Ringing
                },
                can_answer: call.outside_can_answer,
            })
            .collect(),
        stand_ins: player.stand_ins().iter().map(DemoCrm::from).collect(),
    }))
}
