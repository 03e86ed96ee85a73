//! The call that is to be explained.

use jiff::Timestamp;
use linecard_flow::Question;
use linecard_number::Extension;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::problem::{FieldProblem, Problem};

/// A number with everything people write around it.
const LONGEST: usize = 64;

/// A call that may come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplainQuestion {
    /// The outside party's number, as the phone system gives it or as people write it; empty:
    /// withheld.
    #[schema(example = "+1 415 555 0134")]
    number: String,
    /// Who calls whom.
    direction: ExplainDirection,
    /// The agent; without it one who is bound in the most CRMs.
    #[serde(default)]
    #[schema(required = false)]
    extension: Option<String>,
    /// The company's number that is called.
    #[serde(default)]
    #[schema(required = false)]
    did: Option<String>,
    /// The trunk it comes over, as the phone system names it.
    #[serde(default)]
    #[schema(required = false, example = "PJSIP/provider")]
    trunk: Option<String>,
    /// When the call begins; without it now.
    #[serde(default)]
    #[schema(required = false)]
    at: Option<Timestamp>,
    /// Whether the CRMs are asked though they answered shortly before.
    #[serde(default)]
    #[schema(required = false)]
    anew: bool,
}

/// Who calls whom.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ExplainDirection {
    /// From outside to an extension.
    Inbound,
    /// From an extension to outside.
    Outbound,
}

impl ExplainQuestion {
    pub(super) fn read(self) -> Result<Question, Problem> {
        for (path, text) in [
            ("/number", Some(&self.number)),
            ("/did", self.did.as_ref()),
            ("/trunk", self.trunk.as_ref()),
        ] {
            if text.is_some_and(|text| text.len() > LONGEST) {
                return Err(Problem::invalid(vec![FieldProblem {
                    path: path.to_owned(),
                    code: "too_long",
                    detail: format!("This has at most {LONGEST} characters."),
                }]));
            }
        }
        Ok(Question {
            extension: extension(self.extension.as_deref())?,
            number: self.number,
            direction: match self.direction {
                ExplainDirection::Inbound => linecard_call::Direction::Inbound,
                ExplainDirection::Outbound => linecard_call::Direction::Outbound,
            },
            did: self.did,
            trunk: self.trunk,
            at: self.at,
            anew: self.anew,
        })
    }
}

/// An extension that was typed; nothing counts as none.
pub(super) fn extension(text: Option<&str>) -> Result<Option<Extension>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let extension = text.map(str::parse::<Extension>).transpose();
    extension.map_err(|error| {
        Problem::invalid(vec![FieldProblem {
            path: "/extension".to_owned(),
            code: "not_an_extension",
            detail: error.to_string(),
        }])
    })
}
