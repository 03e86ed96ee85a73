// An identity provider that we did not write: tests/clients/oidc-provider-mock.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CHECKOUT } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

const CLIENTS = join(CHECKOUT, "tests/clients");

/**
 * @param {Record<string, object>} people for each `sub` what the provider says of the person
 */
export async function startIdentityProvider(people) {
  execFileSync(join(CLIENTS, "prepare"), { stdio: ["ignore", "ignore", "inherit"] });
  const installed = execFileSync(join(CLIENTS, "prepare"), ["--where"], { encoding: "utf8" });
  const provider = spawn(
    join(installed.trim(), "oidc-provider-mock/bin/python"),
    ["-B", join(CLIENTS, "oidc-provider-mock/provider.py"), JSON.stringify(people)],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  const ended = once(provider, "close");
  atTheEnd(async () => {
    provider.stdin.end();
    await ended;
  });
  const [port] = await once(createInterface({ input: provider.stdout }), "line");
  const issuer = `http://localhost:${port}`;
  return {
    issuer,
    /** Its pages ask for a style sheet of the open internet, which no test reaches. */
    async isShownPlainTo(person) {
      await person.context.route("**/*.min.css", (route) => route.abort());
    },
    /** What an administrator does there: registers a web application. */
    async registers(redirect) {
      const answer = await fetch(`${issuer}/oauth2/clients`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ redirect_uris: [redirect] }),
      });
      const { client_id: id, client_secret: secret } = await answer.json();
      return { id, secret };
    },
  };
}
