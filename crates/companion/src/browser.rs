//! Opens pages in the person's default browser.

use std::time::Duration;

use url::Url;

/// A browser that is being started runs on; what opens the page in one that runs already ends at once,
/// and so does what fails.
const FAILS_WITHIN: Duration = Duration::from_secs(1);

/// Opens the page; fails with what the desktop says.
pub(crate) async fn open(page: Url) -> Result<(), String> {
    let opening = move || open::that_detached_with_timeout(page.as_str(), FAILS_WITHIN);
    match tokio::task::spawn_blocking(opening).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}
