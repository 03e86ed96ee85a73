//! The simulation as a phone system that Linecard is linked to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use linecard_call::{CallId, Event};
use linecard_clock::Clock;
use linecard_number::Extension;
use linecard_pbx::{
    Abilities, CommandError, Device, Dial, DialFailure, DialTarget, LinkState, Pbx, QueuePause,
    Report, Reports, SampleCaller, SimulatedCall, Simulation, Target, TargetKind, Whose,
};
use tokio::sync::{Notify, oneshot};

use crate::Exchange;

/// How long the own phone rings when a call is placed by a click.
const RING: Duration = Duration::from_secs(30);

/// A link to an [`Exchange`].
pub struct DemoLink {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    happened: Notify,
}

struct State {
    exchange: Exchange,
    /// What happened and has not been reported.
    waiting: Vec<Report>,
    /// Who waits for an own phone to be picked up.
    placed: BTreeMap<CallId, oneshot::Sender<Result<(), DialFailure>>>,
}

impl State {
    /// Tells those who wait for a phone that rings no more.
    fn settle(&mut self) {
        let exchange = &self.exchange;
        let over: Vec<CallId> = self
            .placed
            .keys()
            .filter(|call| !exchange.own_phone_rings(call))
            .cloned()
            .collect();
        for call in over {
            let lives = exchange.calls().iter().any(|one| one.call == call);
            if let Some(told) = self.placed.remove(&call) {
                // Who gave up waiting has told why.
                let _ = told.send(if lives {
                    Ok(())
                } else {
                    Err(DialFailure::Cancelled)
                });
            }
        }
    }
}

impl DemoLink {
    /// A link that is up as soon as it runs.
    #[must_use]
    pub fn new(exchange: Exchange, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            state: Mutex::new(State {
                exchange,
                waiting: Vec::new(),
                placed: BTreeMap::new(),
            }),
            happened: Notify::new(),
        }
    }

    fn with<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Carries a command out and queues what it made happen.
    fn command<T>(
        &self,
        command: impl FnOnce(&mut Exchange) -> Result<(T, Vec<Event>), CommandError>,
    ) -> Result<T, CommandError> {
        let at = self.clock.now();
        let result = self.with(|state| {
            let (result, events) = command(&mut state.exchange)?;
            let reports = events.into_iter().map(|event| Report::Event { at, event });
            state.waiting.extend(reports);
            state.settle();
            Ok(result)
        })?;
        self.happened.notify_one();
        Ok(result)
    }
}

#[async_trait]
impl Pbx for DemoLink {
    fn abilities(&self) -> Abilities {
        Abilities {
            answer: true,
            hang_up: true,
            dial: true,
            transfer: true,
            pick_up: false,
            simulation: true,
        }
    }

    async fn run(&self, reports: Reports) {
        let up = LinkState::Up {
            version: concat!("Linecard demo ", env!("CARGO_PKG_VERSION")).to_owned(),
        };
        let mut batch = vec![Report::Link(up)];
        loop {
            if !batch.is_empty() && reports.send(batch).await.is_err() {
                return;
            }
            tokio::select! {
                () = self.happened.notified() => {}
                () = reports.closed() => return,
            }
            batch = self.with(|state| std::mem::take(&mut state.waiting));
        }
    }

    async fn devices(&self) -> Result<Vec<Device>, CommandError> {
        Ok(self.with(|state| {
            let people = &state.exchange.cast().people;
            people
                .iter()
                .map(|person| Device {
                    whose: Whose::Extension(person.extension.clone()),
                    device: format!("Demo/{}", person.extension),
                    name: Some(person.name.clone()),
                    email: Some(person.email.clone()),
                })
                .collect()
        }))
    }

    async fn hang_up(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError> {
        self.command(|exchange| Ok(((), exchange.hang_up(call, Some(extension))?)))
    }

    async fn answer(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError> {
        self.command(|exchange| Ok(((), exchange.answer(call, Some(extension))?)))
    }

    async fn transfer(
        &self,
        call: &CallId,
        extension: &Extension,
        to: &DialTarget,
    ) -> Result<(), CommandError> {
        self.command(|exchange| Ok(((), exchange.pass_on(call, extension, to)?)))
    }

    async fn pause(&self, wanted: &[QueuePause]) -> Result<(), CommandError> {
        self.with(|state| {
            for QueuePause { extension, reason } in wanted {
                state.exchange.pause(extension, reason.is_some());
            }
        });
        Ok(())
    }

    async fn dial(&self, order: Dial) -> Result<(), DialFailure> {
        let number = match &order.to {
            DialTarget::Extension(extension) => extension.as_str(),
            DialTarget::Outside { number, .. } => number.as_str(),
        };
        let (tell, told) = oneshot::channel();
        let at = self.clock.now();
        self.with(|state| {
            let events = state
                .exchange
                .place(&order.call, &order.extension, number)?;
            let reports = events.into_iter().map(|event| Report::Event { at, event });
            state.waiting.extend(reports);
            state.placed.insert(order.call.clone(), tell);
            Ok(())
        })?;
        self.happened.notify_one();
        if let Ok(told) = tokio::time::timeout(RING, told).await {
            return told.unwrap_or(Err(DialFailure::Cancelled));
        }
        if !self.with(|state| state.exchange.own_phone_rings(&order.call)) {
            return Ok(());
        }
        // Picked up or given up at this very moment, it is somebody else's to end.
        let _ = self.hang_up(&order.call, &order.extension).await;
        Err(DialFailure::NotAnswered)
    }

    fn simulation(&self) -> Option<&dyn Simulation> {
        Some(self)
    }
}

impl Simulation for DemoLink {
    fn callers(&self) -> Vec<SampleCaller> {
        self.with(|state| state.exchange.cast().callers.clone())
    }

    fn targets(&self) -> Vec<Target> {
        self.with(|state| {
            let cast = state.exchange.cast();
            let people = cast.people.iter().map(|person| Target {
                kind: TargetKind::Extension,
                number: person.extension.to_string(),
                name: person.name.clone(),
            });
            let groups = cast.groups.iter().map(|group| Target {
                kind: if group.queue {
                    TargetKind::Queue
                } else {
                    TargetKind::Group
                },
                number: group.number.clone(),
                name: group.name.clone(),
            });
            people.chain(groups).collect()
        })
    }

    fn calls(&self) -> Vec<SimulatedCall> {
        self.with(|state| state.exchange.calls())
    }

    fn ring(
        &self,
        from: Option<&str>,
        name: Option<&str>,
        to: &str,
    ) -> Result<CallId, CommandError> {
        self.command(|exchange| exchange.ring(from, name, to))
    }

    fn dial(&self, extension: &Extension, number: &str) -> Result<CallId, CommandError> {
        self.command(|exchange| exchange.dial(extension, number))
    }

    fn outside_answers(&self, call: &CallId) -> Result<(), CommandError> {
        self.command(|exchange| Ok(((), exchange.answer(call, None)?)))
    }

    fn outside_hangs_up(&self, call: &CallId) -> Result<(), CommandError> {
        self.command(|exchange| Ok(((), exchange.hang_up(call, None)?)))
    }
}
