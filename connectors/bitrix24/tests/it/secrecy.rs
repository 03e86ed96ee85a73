//! The webhook's address opens the whole CRM: nobody ever reads it (A18).

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use linecard_clock::TestClock;
use linecard_crm::{AdviceCode, Connector as _, EntryKey, Failure, LogEntry};
use linecard_http::{HttpClient, HttpSettings};
use linecard_sandbox::bitrix24::{Fault, FaultKind, SECRET};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::acme::{Acme, entry, phone, settings};

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn a18_the_address_is_in_no_log_line_and_in_no_failure_whatever_happens() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .init();
    let acme = Acme::new().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.crm.log(&call).await.unwrap();
    let failing = LogEntry {
        key: EntryKey::new("key-2"),
        ..call
    };
    let mut told = Vec::new();
    for kind in [
        FaultKind::Unavailable,
        FaultKind::HtmlPage,
        FaultKind::UnexpectedAnswer,
        FaultKind::RateLimit,
        FaultKind::OperatingLimit,
        FaultKind::WrongSecret,
        FaultKind::Expired,
        FaultKind::NoPlan,
        FaultKind::Moved,
        FaultKind::Deleted,
        FaultKind::DropAfterCommit,
    ] {
        acme.clock.advance(jiff::SignedDuration::from_mins(11));
        acme.sandbox.add_fault(Fault::new(kind, 1));
        let failed = acme.crm.log(&failing).await;
        told.push(match &failed {
            Err(failure) => format!("{failure} {failure:?}"),
            // Its answer was lost, and it was found.
            Ok(logged) => format!("{logged:?}"),
        });
        acme.sandbox.clear_faults();
    }
    let Acme { sandbox, crm, .. } = acme;
    sandbox.stop().await;
    let gone = crm.find(&phone("+14155550134")).await.unwrap_err();
    told.push(format!("{gone} {gone:?}"));
    tracing::info!("the last line");

    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("the last line"), "nothing was caught");
    let said = told.iter().find(|words| words.contains(SECRET));
    assert_eq!(said, None);
    let leak = logged.lines().find(|line| line.contains(SECRET));
    assert_eq!(leak, None);
}

#[tokio::test]
async fn an_address_inside_ones_own_network_is_not_asked() {
    let http = HttpClient::new(HttpSettings::default()).unwrap();
    let clock = Arc::new(TestClock::at("2026-05-14T09:25:37Z".parse().unwrap()));
    let kind = linecard_bitrix24::Bitrix24::new(http, clock);
    for host in [
        "10.0.0.1",
        "169.254.169.254",
        "127.0.0.1",
        "[::1]",
        "localhost",
    ] {
        let pasted = format!("https://{host}/rest/1/{SECRET}/");
        match kind.connect(&settings(&pasted)).await.err() {
            Some(failure @ Failure::NeedsPerson { .. }) => {
                let advice = failure.advice_code();
                assert_eq!(advice, Some(AdviceCode::AddressPrivate), "{host}");
                assert!(!format!("{failure:?}").contains(SECRET), "{failure:?}");
            }
            other => panic!("{host}: {other:?}"),
        }
    }
}
