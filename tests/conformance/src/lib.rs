//! What every CRM connector must do, written once.
//!
//! A connector's tests tell how its stand-in is set up ([`Company`]) and write
//! `linecard_conformance::suite!(TheirCompany)`: every case becomes a test of its own, named after
//! the behaviour. A case asks only what the trait [`Crm`](linecard_crm::Crm) promises, and looks
//! at the CRM from the other side: what stands in it now? A CRM that cannot have a trouble
//! (Bitrix24 has no duplicate rules) says so, and the case shows nothing there.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a case is a test: it panics when the connector is wrong"
)]

mod company;
mod entries;
mod look_alikes;

pub mod cases;

pub use company::{Company, Seed, Trouble, Written, WrittenTask};
pub use entries::{entry, phone, plan, started};
pub use look_alikes::{LookAlike, look_alike_records, look_alikes};

/// Makes a test of every case for one connector. `$company` is a type that is [`Company`]; every
/// test sets up one of its own.
#[macro_export]
macro_rules! suite {
    ($company:ty) => {
        $crate::suite!(@cases $company, finding, [
            b1_the_people_who_use_the_crm_are_listed,
            a_caller_is_found_however_the_number_was_typed,
            leads_and_accounts_are_found_too,
            a_number_that_only_ends_alike_is_nobodys,
            a_lookup_creates_nothing,
            f14_people_are_found_by_the_beginning_of_their_name,
            a13_the_check_list_of_a_good_connection_has_no_refusal,
        ]);
        $crate::suite!(@cases $company, look_alikes, [
            x4_numbers_that_look_alike_never_show_the_wrong_person,
        ]);
        $crate::suite!(@cases $company, logging, [
            e9_an_answered_call_has_owner_person_direction_start_and_duration,
            e1_missed_and_outbound_calls_are_told_apart,
            calls_of_leads_and_accounts_stand_at_them,
            x6_a_lost_answer_is_found_again_and_nothing_is_doubled,
            x6_an_entry_that_was_not_written_is_not_found,
            x6_a_key_that_begins_alike_is_another_call,
            an_inactive_owner_does_not_lose_the_call,
            a_person_who_is_gone_does_not_block_the_queue,
            a_rule_of_the_organisation_refuses_in_its_own_words,
            x3_a_written_call_moves_to_another_record_and_back,
        ]);
        $crate::suite!(@cases $company, backlog, [
            many_calls_go_with_one_request,
            x6_of_many_calls_each_has_its_own_fate,
            x6_many_lost_answers_are_found_again,
        ]);
        $crate::suite!(@cases $company, late_parts, [
            x1_a_note_and_a_disposition_come_into_the_same_record,
            x2_a_recording_link_comes_into_the_same_record,
            x1_what_came_in_time_is_written_at_once,
            x1_what_people_typed_survives_whatever_comes_late,
            x10_a_follow_up_is_a_task_for_a_person,
        ]);
        $crate::suite!(@cases $company, creating, [
            g3_a_contact_is_created_with_name_number_and_owner,
            g3_a_lead_is_created_where_there_are_leads,
            g4_the_crms_own_duplicate_is_a_match,
            g4_a_lost_answer_leaves_one_record,
            g11_what_was_created_can_be_removed_again,
        ]);
        $crate::suite!(@cases $company, troubles, [
            a_revoked_consent_needs_a_person,
            an_expired_token_is_renewed_and_nothing_is_lost,
            too_many_requests_write_nothing_and_say_when_to_come_back,
            a_page_of_the_edge_is_no_answer,
        ]);
        $crate::suite!(@cases $company, hostile, [
            texts_with_syntax_are_stored_as_they_are,
            a_name_with_syntax_is_created_as_it_is,
            long_texts_are_cut_or_refused_never_broken,
            numbers_that_are_none_find_nobody,
        ]);
        $crate::suite!(@cases $company, following, [
            f19_a_first_reading_gives_everybody_once_over_pages,
            f10_an_edit_is_seen_and_nothing_else,
            f19_a_reading_goes_on_where_it_was_cut,
            f19_edits_are_followed_from_a_moment_on_without_a_first_reading,
            f10_a_deletion_is_seen,
            records_are_read_by_their_ids,
        ]);
    };
    (@cases $company:ty, $room:ident, [$($case:ident,)*]) => {
        mod $room {
            use super::*;
            $(
                #[tokio::test]
                async fn $case() {
                    let company = <$company as $crate::Company>::found().await;
                    $crate::cases::$room::$case(&company).await;
                }
            )*
        }
    };
}
