//! Whom does a number that looks like another's belong to? (X3, X4)

use linecard_number::Reading;

use crate::{Company, look_alike_records, look_alikes, plan};

/// Of all that share digits with a caller only those are found whose number it is. One with an
/// extension behind the number may be overlooked: a CRM's search need not see through it.
pub async fn x4_numbers_that_look_alike_never_show_the_wrong_person(company: &impl Company) {
    let records = look_alike_records();
    let kept: Vec<_> = records.iter().filter(|it| company.has(it.module)).collect();
    for record in &kept {
        company.put(record);
    }
    company.settle().await;
    let is_plain = |name: &str| {
        let record = kept.iter().find(|it| it.name == name);
        record.is_some_and(|it| !it.numbers[0].contains(char::is_alphabetic))
    };
    for caller in look_alikes() {
        let Reading::Phone(phone) = plan().read(caller.number) else {
            assert!(caller.right.is_empty(), "{caller:?} is nobody's");
            continue;
        };
        let found = company.crm().find(&phone).await.unwrap();
        let found: Vec<_> = found.iter().map(|record| record.name.as_str()).collect();
        // One of the company's own numbers is never asked for; that is not the CRM's to know.
        let wrong: Vec<_> = found
            .iter()
            .filter(|name| !caller.right.contains(name) && **name != "Polly Own")
            .collect();
        assert!(wrong.is_empty(), "{caller:?}: {wrong:?} is wrong");
        let mut right = caller.right.iter().filter(|name| is_plain(name));
        let missing = right.find(|name| !found.contains(name));
        assert_eq!(missing, None, "{caller:?}: found {found:?}");
    }
}
