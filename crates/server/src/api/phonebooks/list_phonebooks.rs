//! Lists the phonebooks.

use axum::Json;

use super::Phonebook;
use crate::access::Admin;
use crate::problem::Problem;

/// The phonebooks, by name.
#[utoipa::path(
    get,
    path = "/phonebooks",
    tag = "phonebooks",
    responses((status = 200, description = "All of them", body = Vec<Phonebook>)),
)]
pub(super) async fn list_phonebooks(admin: Admin) -> Result<Json<Vec<Phonebook>>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let counts = work.phonebooks().counts().await?;
    let all = work.phonebooks().list().await?;
    let all = all.into_iter().map(|phonebook| {
        let contacts = counts.get(&phonebook.id).copied().unwrap_or_default();
        Phonebook::of(phonebook, contacts)
    });
    Ok(Json(all.collect()))
}
