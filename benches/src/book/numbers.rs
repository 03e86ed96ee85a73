//! Numbers of four countries, no two alike, and none in order.

use linecard_number::E164;

/// Odd and no multiple of five: it leads through all of [`RANGE`] before it comes back.
const STEP: u64 = 2_654_435_761;
const RANGE: u64 = 8_000_000_000;
/// Where the numbers of each country begin.
const COUNTRIES: [u64; 4] = [
    12_000_000_000,
    4_910_000_000_000,
    8_610_000_000_000,
    330_000_000_000,
];

/// A place that has nothing to do with those before and after it.
pub(super) fn spread(place: u64) -> u64 {
    place % RANGE * STEP % RANGE
}

/// The number at that place.
pub(super) fn number(place: u64) -> anyhow::Result<E164> {
    let [first, second, third, fourth] = COUNTRIES;
    let begins = match place % 4 {
        0 => first,
        1 => second,
        2 => third,
        _ => fourth,
    };
    Ok(format!("+{}", begins + spread(place)).parse()?)
}

/// The same in SQL, for the place `i`.
pub(super) fn in_sql() -> String {
    let [first, second, third, fourth] = COUNTRIES;
    format!(
        "'+' || CAST((CASE i % 4 WHEN 0 THEN {first} WHEN 1 THEN {second} WHEN 2 THEN {third} \
         ELSE {fourth} END) + i * {STEP} % {RANGE} AS TEXT)"
    )
}
