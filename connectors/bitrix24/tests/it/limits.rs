//! The limits of a portal: how often, and how long each method may work.

use jiff::SignedDuration;
use linecard_crm::{Failure, Module};
use linecard_sandbox::bitrix24::{Fault, FaultKind, Operating, Options};

use crate::acme::{Acme, entry, options, phone, plan};

/// A portal whose methods may work for three calls.
async fn tight() -> Acme {
    let options = Options {
        operating: Operating {
            limit: 3.0,
            cost: 1.0,
        },
        ..options()
    };
    Acme::with(options, plan()).await
}

#[tokio::test]
async fn a_method_that_worked_too_long_is_left_alone_and_the_others_go_on() {
    let acme = tight().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    for _ in 0..3 {
        acme.crm.log(&call).await.unwrap();
    }
    let Err(Failure::Throttled {
        until: Some(until), ..
    }) = acme.crm.log(&call).await
    else {
        panic!("it was not blocked");
    };
    let (requests, again) = acme.requests(acme.crm.log(&call)).await;
    assert!(matches!(again, Err(Failure::Throttled { .. })), "{again:?}");
    assert_eq!(requests, 0, "nobody asks in vain");
    assert!(acme.crm.find(&phone("+14155550199")).await.is_ok());

    let wait = until.duration_since("2026-05-14T09:25:37Z".parse().unwrap());
    assert!(wait <= SignedDuration::from_mins(10), "{wait}");
    acme.clock.advance(wait);
    acme.crm.log(&call).await.unwrap();
}

#[tokio::test]
async fn a_portal_that_does_not_tell_how_long_it_worked_is_believed_for_a_minute() {
    let acme = Acme::switched(|switches| switches.tells_operating = false).await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.sandbox
        .add_fault(Fault::new(FaultKind::OperatingLimit, 1));
    let told = acme.crm.log(&call).await;
    assert!(
        matches!(&told, Err(Failure::Throttled { until: Some(_), .. })),
        "{told:?}"
    );
    acme.clock.advance(SignedDuration::from_mins(1));
    acme.crm.log(&call).await.unwrap();
}

#[tokio::test]
async fn f16_requests_are_counted() {
    let acme = Acme::new().await;
    acme.crm.find(&phone("+14155550134")).await.unwrap();
    acme.crm.changed(Module::Contact, None).await.unwrap();
    let usage = acme.crm.usage();
    assert_eq!((usage.used, usage.limit), (2, None));
}
