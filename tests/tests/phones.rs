//! The scripted phones do towards a real Asterisk what the phones on a desk do.

use linecard_tests::Asterisk;
use linecard_tests::phone::Caller;

#[test]
fn a_scripted_phone_answers_holds_consults_and_transfers() {
    let asterisk = Asterisk::up().unwrap();
    let alice = asterisk.phone("101").unwrap();
    let dave = asterisk.phone("104").unwrap();
    let outside = asterisk.phone("trunk").unwrap();
    alice.answers_after(0.2);
    dave.answers_after(0.2);

    let caller = Caller::number("31600000001").named("Eve \"E\"");
    let call = outside.calls_as(&caller, "5551000").unwrap();
    call.rings().unwrap();
    call.is_answered().unwrap();
    let first = alice.incoming().unwrap();
    first.is_answered().unwrap();
    first.holds().unwrap();
    let second = alice.calls("104").unwrap();
    second.is_answered().unwrap();
    first.transfers_into(&second).unwrap();
    first.ends().unwrap();
    second.ends().unwrap();
    call.hangs_up().unwrap();
    assert_eq!(dave.incoming().unwrap().ends().unwrap(), 200);
}

#[test]
fn a_scripted_phone_refuses_forwards_and_is_given_up() {
    let asterisk = Asterisk::up().unwrap();
    let alice = asterisk.phone("101").unwrap();
    let bob = asterisk.phone("102").unwrap();
    let outside = asterisk.phone("trunk").unwrap();

    bob.is_busy();
    let call = outside.calls("5551011").unwrap();
    assert!(call.ends().unwrap() >= 400);

    bob.forwards_after(0.1, "101");
    let call = outside.calls("5551011").unwrap();
    let forwarded = alice.incoming().unwrap();
    forwarded.picks_up().unwrap();
    call.is_answered().unwrap();
    forwarded.transfers_to("105").unwrap();
    call.hangs_up().unwrap();

    alice.rings();
    let call = outside.calls("5551000").unwrap();
    call.rings().unwrap();
    call.hangs_up().unwrap();
    assert_eq!(alice.incoming().unwrap().ends().unwrap(), 487);
    assert_eq!(call.ends().unwrap(), 487);
}
