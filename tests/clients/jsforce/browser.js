// Plays the browser: submits the sign-in and consent forms, and reports where it is sent at last.

"use strict";

/** The value of the hidden field that ties a form to its request. */
function ticketIn(page) {
  const field = /name="request" value="([^"]+)"/.exec(page);
  if (!field) {
    throw new Error(`no form in:\n${page}`);
  }
  return field[1];
}

async function submit(address, fields, cookie) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: cookie ? { cookie } : {},
    redirect: "manual",
  });
}

/** Signs in and answers the consent page. Gives the address that the application gets back. */
async function consent(authorizationUrl, { username, password, decision }) {
  const { origin } = new URL(authorizationUrl);
  const page = await fetch(authorizationUrl);
  const request = ticketIn(await page.text());
  const signedIn = await submit(`${origin}/services/oauth2/authorize/sign-in`, {
    request,
    username,
    password,
  });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];
  const asked = await fetch(new URL(signedIn.headers.get("location"), origin), {
    headers: { cookie },
  });
  const answered = await submit(
    `${origin}/services/oauth2/authorize/consent`,
    { request: ticketIn(await asked.text()), decision },
    cookie,
  );
  return new URL(answered.headers.get("location"));
}

module.exports = { consent };
