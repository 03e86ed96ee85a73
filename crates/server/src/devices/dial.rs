//! A call that a device asks for: placed once, however often it asks with the same id.

use linecard_flow::{DialError, refusal_word};
use linecard_store::{KnownDial, StoreError};
use serde::{Deserialize, Serialize};

use super::messages::DeviceDown;
use crate::access::Device;

/// The most characters of an id; devices make a UUID.
const LONGEST_ID: usize = 64;

/// What a device was answered, as it is kept to be answered again.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Placed { call: String },
    NotPlaced { code: String, detail: String },
}

/// Places the call unless one was placed for this id before, and says what became of it.
pub(super) async fn dial(device: &Device, id: String, number: String) -> DeviceDown {
    if id.is_empty() || id.len() > LONGEST_ID {
        let detail = format!("A call's id has 1 to {LONGEST_ID} characters.");
        return DeviceDown::not_dialled(id, "not_understood".to_owned(), detail);
    }
    let answer = match once(device, &id, number).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::error!(%error, "what a device asked for cannot be kept");
            let code = "storage_failed".to_owned();
            let detail = format!("The call was not placed: {error}");
            Answer::NotPlaced { code, detail }
        }
    };
    match answer {
        Answer::Placed { call } => DeviceDown::Dialled { id, call },
        Answer::NotPlaced { code, detail } => DeviceDown::not_dialled(id, code, detail),
    }
}

async fn once(device: &Device, id: &str, number: String) -> Result<Answer, StoreError> {
    match device.begin_dial(id).await? {
        KnownDial::New => {}
        KnownDial::Before(kept) => return Ok(kept.map_or_else(not_known, |kept| read(&kept))),
    }
    let answer = match device.dial(number).await {
        Ok(call) => Answer::Placed {
            call: call.to_string(),
        },
        Err(error) => Answer::NotPlaced {
            code: code(&error).to_owned(),
            detail: error.to_string(),
        },
    };
    match serde_json::to_string(&answer) {
        Ok(kept) => device.keep_dial(id, &kept).await?,
        Err(error) => tracing::error!(%error, "an answer to a device cannot be written"),
    }
    Ok(answer)
}

fn read(kept: &str) -> Answer {
    serde_json::from_str(kept).unwrap_or_else(|error| {
        tracing::error!(%error, "a kept answer to a device cannot be read");
        not_known()
    })
}

/// It was asked for, and Linecard was stopped before the answer was kept.
fn not_known() -> Answer {
    Answer::NotPlaced {
        code: "dial_not_known".to_owned(),
        detail: "Linecard was stopped while this call was asked for. Look whether your phone \
                 rings before you click again."
            .to_owned(),
    }
}

/// The stable word for why a call was not placed.
fn code(error: &DialError) -> &'static str {
    match error {
        DialError::Refused(refusal) => refusal_word(refusal),
        DialError::TooMany(_) => "too_many_calls",
        DialError::CannotDial => "cannot_dial",
        DialError::NotConnected => "phone_system_not_connected",
        DialError::Store(_) => "storage_failed",
    }
}
