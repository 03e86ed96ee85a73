//! The link on a real socket: what the house sees of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use linecard_asterisk::AsteriskKind;
use linecard_call::{Call, CallState, Change, Outcome, Settings, Tracker};
use linecard_clock::{SystemClock, TestEntropy};
use linecard_pbx::{CommandError, LinkState, Pbx, PbxKind, PbxSettings, ProblemKind, Report};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use crate::session::settings;
use crate::stand_in::{StandIn, actions, events, talking};

/// Far more than anything here takes.
const GENEROUS: Duration = Duration::from_mins(1);

/// A stand-in on a port of its own.
pub(crate) struct Server {
    port: u16,
    /// What each connection is answered from; the last one stays.
    stand_ins: Arc<Mutex<Vec<StandIn>>>,
    /// Bytes to write into the connection that stands; `None` cuts it.
    says: mpsc::Sender<Option<Vec<u8>>>,
    /// When each connection was made.
    connections: Arc<Mutex<Vec<Instant>>>,
    /// The name of every action that came.
    heard: Arc<watch::Sender<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start(stand_ins: Vec<StandIn>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (says, mut to_say) = mpsc::channel::<Option<Vec<u8>>>(16);
        let server = Self {
            port,
            stand_ins: Arc::new(Mutex::new(stand_ins)),
            says,
            connections: Arc::default(),
            heard: Arc::default(),
        };
        let (stand_ins, connections) = (server.stand_ins.clone(), server.connections.clone());
        let heard = Arc::clone(&server.heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.lock().unwrap().push(Instant::now());
                let stand_in = {
                    let mut stand_ins = stand_ins.lock().unwrap();
                    if stand_ins.len() > 1 {
                        stand_ins.remove(0)
                    } else {
                        stand_ins[0].clone()
                    }
                };
                serve(stream, &stand_in, &mut to_say, &heard).await;
            }
        });
        server
    }

    fn settings(&self) -> PbxSettings {
        settings(&[("port", &self.port.to_string())])
    }

    pub(crate) fn link(&self) -> Arc<dyn Pbx> {
        self.link_with(&[])
    }

    /// A link with some settings changed.
    pub(crate) fn link_with(&self, changes: &[(&str, &str)]) -> Arc<dyn Pbx> {
        let mut settings = self.settings();
        for (name, value) in changes {
            settings.0.insert((*name).to_owned(), (*value).to_owned());
        }
        kind().open(&settings).unwrap()
    }

    async fn says(&self, text: impl Into<Vec<u8>>) {
        self.says.send(Some(text.into())).await.unwrap();
    }

    pub(crate) async fn cuts(&self) {
        self.says.send(None).await.unwrap();
    }

    /// Waits until an action of that name has come.
    pub(crate) async fn heard(&self, action: &str) {
        let mut heard = self.heard.subscribe();
        let come = heard.wait_for(|all| all.iter().any(|name| name == action));
        tokio::time::timeout(GENEROUS, come).await.unwrap().unwrap();
    }

    /// How many actions of that name have come.
    pub(crate) fn count(&self, action: &str) -> usize {
        let heard = self.heard.borrow();
        heard.iter().filter(|name| *name == action).count()
    }
}

/// One connection, until the other side goes or the test cuts it. A refused login is closed.
async fn serve(
    mut stream: TcpStream,
    stand_in: &StandIn,
    to_say: &mut mpsc::Receiver<Option<Vec<u8>>>,
    heard: &watch::Sender<Vec<String>>,
) {
    let banner = format!("{}\r\n", stand_in.banner);
    let mut sent = Vec::new();
    let mut bytes = [0; 4096];
    if stream.write_all(banner.as_bytes()).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            read = stream.read(&mut bytes) => {
                let Ok(length @ 1..) = read else { return };
                sent.extend_from_slice(&bytes[..length]);
                for asked in actions(&mut sent) {
                    heard.send_modify(|all| all.push(asked.name().to_owned()));
                    let answer = stand_in.answer(&asked);
                    let refused = asked.name() == "Login" && answer.contains("Error");
                    if stream.write_all(answer.as_bytes()).await.is_err() || refused {
                        return;
                    }
                }
            }
            said = to_say.recv() => match said {
                Some(Some(text)) if stream.write_all(&text).await.is_ok() => {}
                _ => return,
            },
        }
    }
}

fn kind() -> AsteriskKind {
    AsteriskKind::new(Arc::new(SystemClock), Arc::new(TestEntropy::default()))
}

/// A link that runs, and what it reported so far.
pub(crate) struct House {
    pub(crate) link: Arc<dyn Pbx>,
    reports: mpsc::Receiver<Vec<Report>>,
    seen: Vec<Report>,
    tracker: Tracker,
    ended: Vec<Call>,
}

impl House {
    pub(crate) fn run(link: Arc<dyn Pbx>) -> Self {
        let (sender, reports) = mpsc::channel(64);
        let running = link.clone();
        tokio::spawn(async move { running.run(sender).await });
        Self {
            link,
            reports,
            seen: Vec::new(),
            tracker: Tracker::new(Settings::default()),
            ended: Vec::new(),
        }
    }

    /// Takes in reports until `wanted` holds.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + GENEROUS;
        while !wanted(self) {
            let batch = tokio::time::timeout_at(deadline, self.reports.recv()).await;
            let batch = batch.expect("it comes in time").expect("the link runs");
            for report in batch {
                if let Report::Event { at, event } = &report {
                    self.tracker.handle(*at, event.clone());
                }
                self.seen.push(report);
            }
            self.take_ended();
        }
    }

    fn take_ended(&mut self) {
        while let Some(change) = self.tracker.poll() {
            if let Change::Ended(call) = change {
                self.ended.push(*call);
            }
        }
    }

    pub(crate) fn ups(&self) -> usize {
        let up = |report: &&Report| matches!(report, Report::Link(LinkState::Up { .. }));
        self.seen.iter().filter(up).count()
    }

    fn call(&self, state: CallState) -> Option<&Call> {
        self.tracker.calls().find(|call| call.state == state)
    }

    /// The problem a person must mend, if one was reported.
    fn needs_person(&self) -> Option<ProblemKind> {
        self.seen.iter().find_map(|report| match report {
            Report::Link(LinkState::NeedsPerson(problem)) => Some(problem.kind),
            _ => None,
        })
    }
}

fn one_call_alive() -> StandIn {
    StandIn {
        channels: vec![
            talking("PJSIP/trunk-00000001", "a.1", "a.1", "Dial", "b-1"),
            talking("PJSIP/101-00000002", "a.2", "a.1", "AppDial", "b-1"),
        ],
        ..StandIn::default()
    }
}

#[tokio::test]
async fn a_call_on_the_wire_is_seen_from_ring_to_end() {
    let server = Server::start(vec![StandIn::default()]).await;
    let mut house = House::run(server.link());
    house.until(|house| house.ups() == 1).await;
    server.says(events::rings()).await;
    house
        .until(|house| house.call(CallState::Ringing).is_some())
        .await;
    server.says(events::answers()).await;
    house
        .until(|house| house.call(CallState::Talking).is_some())
        .await;
    server.says(events::ends()).await;
    house
        .until(|house| house.call(CallState::Talking).is_none())
        .await;
}

#[tokio::test]
async fn a_link_cut_in_mid_call_comes_back_and_the_call_is_one() {
    let server = Server::start(vec![StandIn::default(), one_call_alive()]).await;
    let mut house = House::run(server.link());
    house.until(|house| house.ups() == 1).await;
    server
        .says([events::rings(), events::answers()].concat())
        .await;
    house
        .until(|house| house.call(CallState::Talking).is_some())
        .await;
    server.cuts().await;
    house.until(|house| house.ups() == 2).await;
    assert!(house.seen.iter().any(|report| matches!(
        report,
        Report::Link(LinkState::Down(problem)) if problem.kind == ProblemKind::Lost
    )));
    server.says(events::ends()).await;
    house
        .until(|house| house.call(CallState::Talking).is_none())
        .await;

    house.tracker.tick(jiff::Timestamp::MAX);
    house.take_ended();
    assert_eq!(house.ended.len(), 1);
    assert_eq!(house.ended[0].outcome, Some(Outcome::Answered));
}

#[tokio::test]
async fn an_extension_is_hung_up_in_the_call_it_is_in_and_in_no_other() {
    let server = Server::start(vec![one_call_alive()]).await;
    let mut house = House::run(server.link());
    house.until(|house| house.ups() == 1).await;
    let call = house.call(CallState::Talking).unwrap().id.clone();
    let other = linecard_call::CallId::new("b.9");
    let (in_it, not_in_it) = ("101".parse().unwrap(), "102".parse().unwrap());
    assert_eq!(house.link.hang_up(&call, &in_it).await, Ok(()));
    let gone = Err(CommandError::Gone);
    assert_eq!(house.link.hang_up(&call, &not_in_it).await, gone);
    assert_eq!(house.link.hang_up(&other, &in_it).await, gone);
}

#[tokio::test]
async fn a_link_that_does_not_run_is_not_connected() {
    let server = Server::start(vec![StandIn::default()]).await;
    let answer = server.link().devices().await;
    assert_eq!(answer, Err(CommandError::NotConnected));
}

#[tokio::test]
async fn a_wrong_secret_is_told_and_tried_again_only_after_minutes() {
    let refusing = StandIn {
        refuses_login: Some("Authentication failed"),
        ..StandIn::default()
    };
    let server = Server::start(vec![refusing, StandIn::default()]).await;
    let mut house = House::run(server.link());
    house.until(|house| house.needs_person().is_some()).await;
    assert_eq!(house.needs_person(), Some(ProblemKind::WrongSecret));

    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(119)).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    tokio::time::advance(Duration::from_mins(3)).await;
    tokio::time::resume();

    house.until(|house| house.ups() == 1).await;
    let connections = server.connections.lock().unwrap().clone();
    assert_eq!(connections.len(), 2);
    assert!(connections[1] - connections[0] >= Duration::from_mins(2));
}

#[tokio::test]
async fn a_house_that_does_not_listen_ends_the_link() {
    let server = Server::start(vec![StandIn::default()]).await;
    let (sender, mut reports) = mpsc::channel(64);
    let link = server.link();
    let running = tokio::spawn(async move { link.run(sender).await });
    reports.recv().await.unwrap();
    drop(reports);
    let ended = tokio::time::timeout(GENEROUS, running).await;
    ended.expect("it ends").expect("without a panic");
}

#[tokio::test]
async fn reading_goes_on_while_the_house_is_slow() {
    let server = Server::start(vec![StandIn::default()]).await;
    let (sender, reports) = mpsc::channel(1);
    let link = server.link();
    tokio::spawn(async move { link.run(sender).await });
    // Nobody takes reports, and far more is written than socket buffers hold: the stand-in
    // could not finish if the link stopped reading.
    let noise = format!("Event: VarSet\r\nValue: {}\r\n\r\n", "x".repeat(1_000)).repeat(1_000);
    for _ in 0..32 {
        let said = tokio::time::timeout(GENEROUS, server.says(noise.clone())).await;
        said.expect("the link reads on");
    }
    drop(reports);
}

#[tokio::test]
async fn a_probe_tells_the_version_or_what_is_wrong() {
    let probe = async |stand_in: StandIn, changes: &[(&str, &str)]| {
        let server = Server::start(vec![stand_in]).await;
        let mut settings = server.settings();
        for (name, value) in changes {
            settings.0.insert((*name).to_owned(), (*value).to_owned());
        }
        let probed = tokio::time::timeout(GENEROUS, kind().probe(&settings)).await;
        probed
            .expect("it ends")
            .map_err(|problem| (problem.kind, problem.words))
    };
    let told = |kind: ProblemKind, words: &str| Err((kind, words.to_owned()));

    assert_eq!(
        probe(StandIn::default(), &[]).await,
        Ok("Asterisk 22.10.1".to_owned())
    );
    assert_eq!(
        probe(StandIn::default(), &[("secret", "wrong")]).await,
        told(ProblemKind::WrongSecret, "Authentication failed")
    );
    let web = StandIn {
        banner: "HTTP/1.1 400 Bad Request",
        ..StandIn::default()
    };
    assert_eq!(
        probe(web, &[]).await,
        told(ProblemKind::NotAPhoneSystem, "HTTP/1.1 400 Bad Request")
    );
    let denied = StandIn {
        denied: &["CoreStatus"],
        ..StandIn::default()
    };
    assert_eq!(
        probe(denied, &[]).await,
        told(ProblemKind::MissingRight, "write = reporting")
    );
}

#[tokio::test]
async fn an_address_where_nothing_listens_is_unreachable() {
    // Bound and let go again: a port that nobody has.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    drop(listener);
    let problem = kind().probe(&settings(&[("port", &port)])).await;
    assert_eq!(problem.unwrap_err().kind, ProblemKind::Unreachable);
}
