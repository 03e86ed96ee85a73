//! Programs that are bound to agents: their codes, their tokens, the calls they ask for.

use linecard_store::{
    Account, Device, DeviceClient, DeviceTokens, KnownDial, NewDevice, NewDeviceCode,
    RefreshStanding,
};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    a_device_is_found_by_its_access_token_until_that_expires,
    the_current_refresh_token_is_good_and_an_older_one_is_not,
    a_pair_that_never_arrived_leaves_the_one_before_good,
    of_two_exchanges_at_once_one_is_too_late,
    a_code_is_exchanged_once_and_says_for_what,
    c2_a_call_that_is_asked_for_twice_is_new_once,
    a_device_that_is_taken_back_leaves_nothing,
    a_device_that_was_not_seen_for_long_goes_by_itself,
);

const LATER: i64 = 3_600;

fn tokens(fixture: &Fixture, mark: u8) -> DeviceTokens {
    DeviceTokens {
        access_sha256: [mark; 32],
        access_expires: fixture.later(LATER),
        refresh_sha256: [mark + 100; 32],
    }
}

async fn bound(fixture: &Fixture) -> (Account, Device) {
    let account = fixture.account().await;
    let mut unit = fixture.begin().await;
    let new = NewDevice {
        account: account.id,
        client: DeviceClient::Chrome,
        name: "Chrome on Linux".to_owned(),
    };
    let device = unit.devices().bind(new, &tokens(fixture, 1)).await.unwrap();
    unit.commit().await.unwrap();
    (account, device)
}

async fn standing(fixture: &Fixture, mark: u8) -> Option<RefreshStanding> {
    let mut unit = fixture.read().await;
    let shown = unit.devices().by_refresh(&[mark + 100; 32]).await.unwrap();
    shown.map(|shown| shown.standing)
}

async fn rotate(fixture: &Fixture, device: &Device, generation: i64, mark: u8) -> bool {
    let mut unit = fixture.begin().await;
    let tokens = tokens(fixture, mark);
    let rotated = unit.devices().rotate(device.id, generation, &tokens).await;
    unit.commit().await.unwrap();
    rotated.unwrap()
}

async fn arrived(fixture: &Fixture, device: &Device) {
    let mut unit = fixture.begin().await;
    unit.devices().arrived(device.id).await.unwrap();
    unit.commit().await.unwrap();
}

async fn a_device_is_found_by_its_access_token_until_that_expires(fixture: &Fixture) {
    let (account, device) = bound(fixture).await;
    let mut unit = fixture.read().await;
    let mut devices = unit.devices();
    let at = |seconds| fixture.later(seconds);
    let found = devices.by_access(&[1; 32], at(LATER - 1)).await.unwrap();
    assert_eq!(found, Some((device.clone(), account.clone())));
    assert_eq!(devices.by_access(&[1; 32], at(LATER)).await.unwrap(), None);
    assert_eq!(devices.by_access(&[2; 32], at(0)).await.unwrap(), None);
    assert_eq!(devices.list(Some(account.id)).await.unwrap(), [device]);
}

async fn the_current_refresh_token_is_good_and_an_older_one_is_not(fixture: &Fixture) {
    let (_, device) = bound(fixture).await;
    assert_eq!(standing(fixture, 1).await, Some(RefreshStanding::Good));
    assert!(rotate(fixture, &device, 1, 2).await);
    arrived(fixture, &device).await;
    assert_eq!(standing(fixture, 1).await, Some(RefreshStanding::Reused));
    assert_eq!(standing(fixture, 2).await, Some(RefreshStanding::Good));
    assert_eq!(standing(fixture, 9).await, None);
}

async fn a_pair_that_never_arrived_leaves_the_one_before_good(fixture: &Fixture) {
    let (_, device) = bound(fixture).await;
    assert!(rotate(fixture, &device, 1, 2).await);
    assert_eq!(standing(fixture, 1).await, Some(RefreshStanding::Good));
    assert!(rotate(fixture, &device, 2, 3).await);
    assert_eq!(standing(fixture, 1).await, Some(RefreshStanding::Reused));
    assert_eq!(standing(fixture, 2).await, Some(RefreshStanding::Good));
}

async fn of_two_exchanges_at_once_one_is_too_late(fixture: &Fixture) {
    let (_, device) = bound(fixture).await;
    assert!(rotate(fixture, &device, 1, 2).await);
    assert!(!rotate(fixture, &device, 1, 3).await);
    assert_eq!(standing(fixture, 3).await, None);
}

async fn a_code_is_exchanged_once_and_says_for_what(fixture: &Fixture) {
    let (account, device) = bound(fixture).await;
    let mut unit = fixture.begin().await;
    let new = NewDeviceCode {
        account: account.id,
        client: DeviceClient::Chrome,
        name: "Chrome on Linux".to_owned(),
        redirect: "https://abc.chromiumapp.org/cb".to_owned(),
        challenge: "challenge".to_owned(),
        expires: fixture.later(60),
    };
    let mut codes = unit.device_codes();
    codes.create(&[7; 32], &new).await.unwrap();
    let found = codes.find(&[7; 32], fixture.later(59)).await.unwrap();
    let found = found.unwrap();
    assert_eq!((found.account, found.device), (account.id, None));
    assert_eq!(found.redirect, new.redirect);
    assert!(codes.exchanged(&[7; 32], device.id).await.unwrap());
    assert!(!codes.exchanged(&[7; 32], device.id).await.unwrap());
    let found = codes.find(&[7; 32], fixture.now()).await.unwrap();
    assert_eq!(found.unwrap().device, Some(device.id));
    let expired = codes.find(&[7; 32], fixture.later(60)).await.unwrap();
    assert_eq!(expired, None);
}

async fn c2_a_call_that_is_asked_for_twice_is_new_once(fixture: &Fixture) {
    let (_, device) = bound(fixture).await;
    let mut unit = fixture.begin().await;
    let mut dials = unit.device_dials();
    assert_eq!(dials.begin(device.id, "d1").await.unwrap(), KnownDial::New);
    let asked = dials.begin(device.id, "d1").await.unwrap();
    assert_eq!(asked, KnownDial::Before(None));
    dials.answered(device.id, "d1", "call").await.unwrap();
    let asked = dials.begin(device.id, "d1").await.unwrap();
    assert_eq!(asked, KnownDial::Before(Some("call".to_owned())));
    assert_eq!(dials.begin(device.id, "d2").await.unwrap(), KnownDial::New);
}

async fn a_device_that_is_taken_back_leaves_nothing(fixture: &Fixture) {
    let (_, device) = bound(fixture).await;
    let mut unit = fixture.begin().await;
    unit.device_dials().begin(device.id, "d1").await.unwrap();
    let gone = unit.devices().delete(device.id).await.unwrap();
    assert_eq!(gone, Some(device.clone()));
    assert_eq!(unit.devices().find(device.id).await.unwrap(), None);
    let shown = unit.devices().by_refresh(&[101; 32]).await.unwrap();
    assert_eq!(shown, None);
    assert_eq!(unit.devices().delete(device.id).await.unwrap(), None);
}

async fn a_device_that_was_not_seen_for_long_goes_by_itself(fixture: &Fixture) {
    let (_, device) = bound(fixture).await;
    let mut unit = fixture.begin().await;
    let mut devices = unit.devices();
    devices.delete_unused(fixture.now()).await.unwrap();
    assert!(devices.find(device.id).await.unwrap().is_some());
    devices.delete_unused(fixture.later(1)).await.unwrap();
    assert_eq!(devices.find(device.id).await.unwrap(), None);
}
