// Where a CRM sends the browser back to after consent.
import type { CrmConnection } from "@/api/types";

/** The server's own word for the saved home address; the same rule (A8) for one just picked. */
export function redirectUri(connection: CrmConnection, home: string): string {
  if (connection.redirect_uri && connection.home_address === home) return connection.redirect_uri;
  return `${home.replace(/\/$/, "")}/integration/callback/api/crm/${connection.kind}/`;
}

/** The saved home address; before that the one by which the admin came, if it is one of them. */
export function startHome(
  connection: CrmConnection,
  homes: readonly string[],
  here: string,
): string {
  if (connection.home_address) return connection.home_address;
  return (
    homes.find((home) => URL.canParse(home) && new URL(home).origin === here) ?? homes[0] ?? here
  );
}
