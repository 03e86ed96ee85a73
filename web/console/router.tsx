// Which address shows which page of the Console.
import { createRootRoute, createRoute, createRouter, Outlet } from "@tanstack/react-router";
import { CallsPage } from "./calls/CallsPage";
import { ExtensionsPage } from "./extensions/ExtensionsPage";
import { HomePage } from "./home/HomePage";
import { CrmTilesPage } from "./integrations/CrmTilesPage";
import { ConnectionPage } from "./integrations/connection/ConnectionPage";
import { PhoneSystemPage } from "./phone-system/PhoneSystemPage";
import { SetUpPage } from "./set-up/SetUpPage";
import { SettingsPage } from "./settings/SettingsPage";
import { Guard } from "./shell/Guard";
import { MissingPage } from "./shell/MissingPage";
import { PageFailed } from "./shell/PageFailed";
import { SignInPage } from "./shell/SignInPage";

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

interface LinkSearch {
  token?: string;
  to?: string;
}

const linkSearch = (search: Record<string, unknown>): LinkSearch => ({
  ...(typeof search.token === "string" ? { token: search.token } : {}),
  ...(typeof search.to === "string" ? { to: search.to } : {}),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up",
  validateSearch: linkSearch,
  component: SetUpPage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: linkSearch,
  component: SignInPage,
});

const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Guard });

const home = createRoute({ getParentRoute: () => inside, path: "/", component: HomePage });
const phoneSystem = createRoute({
  getParentRoute: () => inside,
  path: "/phone-system",
  component: PhoneSystemPage,
});
const extensions = createRoute({
  getParentRoute: () => inside,
  path: "/extensions",
  component: ExtensionsPage,
});
const crmTiles = createRoute({
  getParentRoute: () => inside,
  path: "/integrations/crm",
  component: CrmTilesPage,
});
const connection = createRoute({
  getParentRoute: () => inside,
  path: "/integrations/crm/$kind",
  component: ConnectionPage,
});
const calls = createRoute({ getParentRoute: () => inside, path: "/calls", component: CallsPage });
const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: SettingsPage,
});

export const router = createRouter({
  routeTree: root.addChildren([
    setUp,
    signIn,
    inside.addChildren([home, phoneSystem, extensions, crmTiles, connection, calls, settings]),
  ]),
  defaultErrorComponent: PageFailed,
  // TanStack's own scroll handling writes an inline script, which the CSP forbids.
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
