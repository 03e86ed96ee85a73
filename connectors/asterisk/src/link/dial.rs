//! Click-to-call: which device rings, and the `Originate` that makes it ring.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use linecard_call::CallId;
use linecard_number::Extension;
use linecard_pbx::{CommandError, Dial, DialFailure, DialTarget, Whose};
use tokio::sync::oneshot;

use super::command::{Asks, ask};
use super::drive::Ask;
use crate::ami::Action;
use crate::dialling::Dialling;
use crate::session::{Dialled, Order, Purpose};
use crate::settings::AsteriskSettings;

/// The display of a desk phone shows far less.
const LONGEST_NAME: usize = 60;

/// The calls whose agent's phone rings now, and whether each was given up.
#[derive(Debug, Default)]
pub(super) struct Ringing(Mutex<BTreeMap<CallId, Own>>);

#[derive(Debug)]
struct Own {
    extension: Extension,
    given_up: bool,
}

impl Ringing {
    /// Gives `extension`'s call up; `false` when its phone does not ring (any more).
    pub(super) async fn give_up(
        &self,
        asks: &Asks,
        call: &CallId,
        extension: &Extension,
    ) -> Result<bool, CommandError> {
        let is_own = self.with(|all| {
            let own = all.get_mut(call).filter(|own| own.extension == *extension);
            own.map(|own| own.given_up = true).is_some()
        });
        if !is_own {
            return Ok(false);
        }
        // 16 = normal clearing (Q.850): nobody refused anything.
        let hangup = Action::new("Hangup")
            .header("Channel", call.as_str())
            .header("Cause", "16");
        match ask(asks, hangup).await {
            // Answered or over at this very moment.
            Err(CommandError::Gone) => Ok(false),
            other => other.map(|_| true),
        }
    }

    fn with<T>(&self, f: impl FnOnce(&mut BTreeMap<CallId, Own>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Places a call.
pub(super) async fn dial(
    asks: &Asks,
    settings: &AsteriskSettings,
    ringing: &Ringing,
    order: Dial,
) -> Result<(), DialFailure> {
    let call = order.call.clone();
    let own = Own {
        extension: order.extension.clone(),
        given_up: false,
    };
    ringing.with(|all| all.insert(call.clone(), own));
    let result = place(asks, settings, order).await;
    let own = ringing.with(|all| all.remove(&call));
    let given_up = own.is_some_and(|own| own.given_up);
    match result {
        Err(_) if given_up => Err(DialFailure::Cancelled),
        result => result,
    }
}

async fn place(asks: &Asks, settings: &AsteriskSettings, order: Dial) -> Result<(), DialFailure> {
    let phone = phone(asks, settings, &order).await?;
    let order = Order {
        action: originate(&phone, &settings.dialling, &order),
        channel: order.call.as_str().to_owned(),
        ring: settings.dialling.ring,
        purpose: Purpose::Call,
    };
    ring(asks, order).await.map(drop)
}

/// Has a phone rung, and tells what came of it.
pub(super) async fn ring(asks: &Asks, order: Order) -> Dialled {
    let way = asks.borrow().clone().ok_or(DialFailure::NotConnected)?;
    let (answer, answered) = oneshot::channel();
    let sent = way.send(Ask::Dial { order, answer }).await;
    sent.map_err(|_| DialFailure::NotConnected)?;
    // The connection that took it may end before the outcome is told.
    answered.await.map_err(|_| DialFailure::LinkLost)?
}

/// What rings.
#[derive(Debug, PartialEq, Eq)]
enum Phone {
    /// One device: `PJSIP/101`.
    Device(String),
    /// All devices, by the dial plan: `Local/101@ring/n`.
    All(String),
}

/// Chooses what rings for the agent: the softphone, when the call was asked for from there; else of
/// the extension's devices the first that is registered; or all of
/// them where the admin has named the context that rings them. That context is never guessed:
/// the one in which people dial may end in a voice mailbox, which would answer, and the customer
/// would be called by a greeting.
async fn phone(
    asks: &Asks,
    settings: &AsteriskSettings,
    order: &Dial,
) -> Result<Phone, DialFailure> {
    let extension = &order.extension;
    let translator = settings.translator();
    let states = ask(asks, Action::new("DeviceStateList")).await;
    let states = states.map_err(|error| failure("write = call", error))?;
    let mut devices: Vec<(bool, String)> = states
        .list
        .iter()
        .filter_map(|entry| {
            let device = entry.get("Device")?.into_owned();
            let away = matches!(
                entry.get("State").as_deref(),
                Some("UNAVAILABLE" | "INVALID" | "UNKNOWN")
            );
            (translator.whose(&device) == Whose::Extension(extension.clone()))
                .then_some((away, device))
        })
        .collect();
    devices.sort();
    devices.dedup();
    let Some((_, first)) = devices.first() else {
        return Err(DialFailure::Unreachable);
    };
    if order.auto_answer
        && let Some(softphones) = &settings.softphones
    {
        let softphone = softphones.endpoint(extension);
        if devices.contains(&(false, softphone.clone())) {
            return Ok(Phone::Device(softphone));
        }
    }
    if let Some(context) = &settings.dialling.ring_context {
        let reachable = devices.iter().filter(|(away, _)| !away).count();
        if reachable > 1 || has_several_contacts(asks, first).await {
            return Ok(Phone::All(format!("Local/{extension}@{context}/n")));
        }
    }
    Ok(Phone::Device(first.clone()))
}

/// Whether several phones have registered as one endpoint.
async fn has_several_contacts(asks: &Asks, device: &str) -> bool {
    let Some(endpoint) = device.strip_prefix("PJSIP/") else {
        return false;
    };
    let contacts = format!("PJSIP_DIAL_CONTACTS({endpoint})");
    let getvar = Action::new("Getvar").header("Variable", &contacts);
    // Who may not ask rings one device, as without the setting.
    ask(asks, getvar)
        .await
        .ok()
        .and_then(|answer| Some(answer.response.get("Value")?.contains('&')))
        .unwrap_or(false)
}

/// The action. It has no `CallerID`: that would become the caller id of the agent's channel, and
/// a dial plan that sets only the number would show the customer the name they have in the CRM.
/// The connected line is what the phone's display shows, and nothing else.
fn originate(phone: &Phone, dialling: &Dialling, order: &Dial) -> Action {
    let (channel, is_one_device) = match phone {
        Phone::Device(device) => (device, true),
        Phone::All(local) => (local, false),
    };
    let number = match &order.to {
        DialTarget::Extension(extension) => extension.as_str(),
        DialTarget::Outside { local, .. } => local,
    };
    let mut action = Action::new("Originate")
        .header("Channel", channel)
        .header("Context", &dialling.context)
        .header("Exten", &dialling.digits(&order.to))
        .header("Priority", "1")
        .header("Async", "true")
        .header("Timeout", &dialling.ring.as_millis().to_string())
        .header("ChannelId", order.call.as_str())
        .header("OtherChannelId", &format!("{}-2", order.call))
        .header(
            "Variable",
            &format!("CONNECTEDLINE(num,i)={}", keys(number)),
        );
    let name = display(order.name.as_deref().unwrap_or_default());
    if !name.is_empty() {
        action = action.header("Variable", &format!("CONNECTEDLINE(name,i)={name}"));
    }
    // Several phones that pick up by themselves would fight over the call.
    if order.auto_answer && is_one_device && channel.starts_with("PJSIP/") {
        action = answers_by_itself(action, &order.call);
    }
    action
}

/// Asks the one phone that the action rings to pick up by itself, and tells it which call it is.
pub(super) fn answers_by_itself(mut action: Action, call: &CallId) -> Action {
    let call = format!("X-Linecard-Call)={call}");
    for header in [
        "X-Linecard-Auto)=1",
        &call,
        "Call-Info)=<sip:linecard>;answer-after=0",
    ] {
        action = action.header("Variable", &format!("PJSIP_HEADER(add,{header}"));
    }
    action
}

fn keys(number: &str) -> String {
    number
        .chars()
        .filter(|letter| letter.is_ascii_digit() || matches!(letter, '+' | '*' | '#'))
        .collect()
}

/// A name from a CRM, fit for a variable of the dial plan: nothing in it parts arguments, ends a
/// text, or is evaluated.
fn display(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            ',' | ';' | '|' | '"' | '\'' | '\\' | '$' | '{' | '}' | '[' | ']' | '(' | ')' | '<'
            | '>' | '&' | '=' | '^' | '~' | '`' => ' ',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST_NAME).collect()
}

pub(super) fn failure(right: &str, error: CommandError) -> DialFailure {
    match error {
        CommandError::NotConnected => DialFailure::NotConnected,
        CommandError::Refused(words) if words == "Permission denied" => {
            DialFailure::MissingRight(right.to_owned())
        }
        CommandError::Refused(words) => DialFailure::Refused(words),
        CommandError::Unsupported | CommandError::Gone => DialFailure::Refused(error.to_string()),
        CommandError::TimedOut => DialFailure::TimedOut,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::dialling::NumberForm;

    fn order(name: &str, auto_answer: bool) -> Dial {
        Dial {
            call: CallId::new("lc-7f3a"),
            extension: "101".parse().unwrap(),
            to: DialTarget::Outside {
                number: "+14155550134".parse().unwrap(),
                local: "4155550134".to_owned(),
            },
            name: Some(name.to_owned()),
            auto_answer,
        }
    }

    fn written(phone: &Phone, order: &Dial) -> String {
        let dialling = Dialling {
            context: "internal".to_owned(),
            ring_context: None,
            outside_prefix: "9".to_owned(),
            form: NumberForm::Local,
            ring: Duration::from_secs(30),
        };
        let mut out = Vec::new();
        originate(phone, &dialling, order).write("lc-1", &mut out);
        String::from_utf8(out).unwrap()
    }

    fn device() -> Phone {
        Phone::Device("PJSIP/101".to_owned())
    }

    #[test]
    fn c2_the_agents_phone_is_shown_the_customer_and_the_caller_id_is_left_alone() {
        let text = written(&device(), &order("Acme Ltd", false));
        assert_eq!(
            text,
            "Action: Originate\r\nActionID: lc-1\r\nChannel: PJSIP/101\r\nContext: internal\r\n\
             Exten: 94155550134\r\nPriority: 1\r\nAsync: true\r\nTimeout: 30000\r\n\
             ChannelId: lc-7f3a\r\nOtherChannelId: lc-7f3a-2\r\n\
             Variable: CONNECTEDLINE(num,i)=4155550134\r\n\
             Variable: CONNECTEDLINE(name,i)=Acme Ltd\r\n\r\n"
        );
    }

    #[test]
    fn c2_only_a_single_phone_is_asked_to_answer_by_itself() {
        let asks = |phone: &Phone| written(phone, &order("", true)).contains("PJSIP_HEADER");
        assert!(asks(&device()));
        assert!(!asks(&Phone::All("Local/101@ring/n".to_owned())));
        assert!(!asks(&Phone::Device("SIP/101".to_owned())));
        assert!(!written(&device(), &order("", false)).contains("PJSIP_HEADER"));
    }

    #[test]
    fn a_name_can_neither_become_an_argument_nor_a_second_header() {
        assert_eq!(
            display("O'Brien, \"Acme\" & Söhne 客户"),
            "O Brien Acme Söhne 客户"
        );
        assert_eq!(
            display("${SHELL(rm)}\r\nAction: Ping"),
            "SHELL rm Action: Ping"
        );
        let long = written(&device(), &order(&"名".repeat(5_000), true));
        assert!(long.split("\r\n").all(|line| line.len() < 1_000));
    }
}
