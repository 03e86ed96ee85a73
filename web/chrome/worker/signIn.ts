// Signs this browser in for an agent: consent in a window, tokens for it, new tokens in time.
import { write } from "../kept";
import { newProof, randomText } from "./proof";

/** Who is signed in, and where; kept in `chrome.storage.local`. */
export interface SignedIn {
  readonly server: string;
  readonly access: string;
  /** From when on the access token is of no more use, in milliseconds since 1970. */
  readonly expires: number;
  readonly refresh: string;
  readonly name: string | null;
  readonly extension: string | null;
}

/** Why nobody is signed in, or not any more. */
export type SignInProblem = "refused" | "closed" | "unreachable" | "signed_out";

export class SignInFailed extends Error {
  constructor(readonly problem: SignInProblem) {
    super(problem);
  }
}

const KEY = "signedIn";
/** How long before its end a token is exchanged, so that it does not end on its way. */
const EARLY_MS = 60_000;

export async function signedIn(): Promise<SignedIn | null> {
  const kept = await chrome.storage.local.get(KEY);
  return (kept[KEY] as SignedIn | undefined) ?? null;
}

export function keep(known: SignedIn): Promise<void> {
  return chrome.storage.local.set({ [KEY]: known });
}

/** Nobody is signed in: nothing is marked any more, and links are the system's again. */
async function forget(): Promise<void> {
  await chrome.storage.local.remove(KEY);
  await write("country", null);
}

/** The server knows this sign-in no more: one is told so until somebody signs in. */
export async function end(): Promise<void> {
  await forget();
  await write("ended", true);
}

/** Asks the agent in a window of the server, and keeps the tokens. */
export async function signIn(server: string): Promise<void> {
  const redirect = chrome.identity.getRedirectURL("cb");
  const [proof, state] = [await newProof(), randomText()];
  const address = new URL("/authorize", server);
  address.search = new URLSearchParams({
    response_type: "code",
    client_id: "chrome",
    redirect_uri: redirect,
    code_challenge: proof.challenge,
    code_challenge_method: "S256",
    state,
  }).toString();
  const answer = await consent(address);
  if (answer.get("state") !== state) throw new SignInFailed("refused");
  const code = answer.get("code");
  if (code === null) throw new SignInFailed("refused");
  const tokens = await exchange(server, {
    grant_type: "authorization_code",
    code,
    code_verifier: proof.verifier,
    redirect_uri: redirect,
    client_id: "chrome",
  });
  await keep({ server, ...tokens, name: null, extension: null });
  await write("ended", false);
}

async function consent(address: URL): Promise<URLSearchParams> {
  try {
    const onward = await chrome.identity.launchWebAuthFlow({
      url: address.toString(),
      interactive: true,
    });
    return new URL(onward ?? "").searchParams;
  } catch {
    // Closed by the agent, or the page could not be loaded: Chrome says it in words only.
    throw new SignInFailed("closed");
  }
}

let refreshing: Promise<string> | null = null;

/**
 * An access token that is good for a minute at least. Two askers at once get the same one: the
 * server takes a refresh token that comes twice for stolen.
 */
export async function accessToken(): Promise<string> {
  const known = await signedIn();
  if (!known) throw new SignInFailed("signed_out");
  if (known.expires - EARLY_MS > Date.now()) return known.access;
  refreshing ??= refresh(known).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function refresh(known: SignedIn): Promise<string> {
  const tokens = await exchange(known.server, {
    grant_type: "refresh_token",
    refresh_token: known.refresh,
  });
  await keep({ ...known, ...tokens });
  return tokens.access;
}

/** The server says that the access token counts no more: the next one is a new one. */
export async function outdated(): Promise<void> {
  const known = await signedIn();
  if (known) await keep({ ...known, expires: 0 });
}

/** Takes back what this browser may, here and at the server. */
export async function signOut(): Promise<void> {
  const known = await signedIn();
  await forget();
  if (!known) return;
  // The server may be away; the agent can sign the device out there, too.
  await post(known.server, "/oauth/revoke", { token: known.refresh }).catch(() => {});
}

type Tokens = Pick<SignedIn, "access" | "expires" | "refresh">;

async function exchange(server: string, form: Record<string, string>): Promise<Tokens> {
  const answer = await post(server, "/oauth/token", form);
  if (answer.status === 400) throw new SignInFailed("signed_out");
  if (!answer.ok) throw new SignInFailed("unreachable");
  const tokens = await answer.json();
  return {
    access: tokens.access_token,
    refresh: tokens.refresh_token,
    expires: Date.now() + tokens.expires_in * 1000,
  };
}

async function post(server: string, path: string, form: Record<string, string>): Promise<Response> {
  try {
    return await fetch(new URL(path, server), {
      method: "POST",
      body: new URLSearchParams(form),
      credentials: "omit",
      cache: "no-store",
    });
  } catch {
    throw new SignInFailed("unreachable");
  }
}
