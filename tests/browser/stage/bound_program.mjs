// A program that acts for an agent, signed in without a screen: what the extension for Chrome asks for, and
// what it does with the answer.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";

const VERIFIER = "of-a-story-that-needs-a-device-and-none-of-its-deeds";
/** The extension's id, as its key makes it. */
const ID = "nfpfpbdegemmnogicmhclnmahjafbejg";
const REDIRECT = `https://${ID}.chromiumapp.org/cb`;
const ASKED = {
  client_id: "chrome",
  redirect_uri: REDIRECT,
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
  state: "s1",
};

/** Where the program sends the agent's browser. */
export const CONSENT_PAGE = `/authorize?${new URLSearchParams(ASKED)}`;

/** Where the companion sends it. */
export const CONSENT_PAGE_OF_COMPANION = `/authorize?${new URLSearchParams({
  ...ASKED,
  client_id: "companion",
  redirect_uri: "http://127.0.0.1:49152/cb",
})}`;

/** The agent whose API this is allows it; from now on it is one of the agent's devices. */
export async function bindsProgram(home, api) {
  const { redirect } = await api.send("/devices/consent", { ...ASKED, allow: true });
  const answer = await fetch(`${home}/oauth/token`, {
    method: "POST",
    headers: { origin: `chrome-extension://${ID}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: new URL(redirect).searchParams.get("code"),
      code_verifier: VERIFIER,
      redirect_uri: REDIRECT,
      client_id: ASKED.client_id,
    }),
  });
  assert.equal(answer.status, 200, await answer.text());
}
