// Which address shows which page of the Console. Each page is fetched when it is first shown.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  useLocation,
} from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Loading } from "@/theme/Loaded";
import { callSearch } from "./calls/filter";
import { explainSearch } from "./explain/question";
import { figureSearch } from "./figures/days";
import { partSearch } from "./integrations/connection/parts";
import { MissingPage } from "./shell/MissingPage";
import { PageFailed } from "./shell/PageFailed";

const root = createRootRoute({ component: Root, notFoundComponent: MissingPage });

/** The first pages there are; all others wait for their texts and styles. */
const FIRST = ["/", "/sign-in"];

const Behind = lazy(async () => {
  const { Behind } = await import("./shell/Behind");
  return { default: Behind };
});

function Root() {
  const { pathname } = useLocation();
  if (FIRST.includes(pathname)) return <Outlet />;
  return (
    <Suspense fallback={<Loading />}>
      <Behind />
    </Suspense>
  );
}

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
  component: lazyRouteComponent(() => import("./set-up/SetUpPage"), "SetUpPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: linkSearch,
  component: lazyRouteComponent(() => import("./shell/SignInPage"), "SignInPage"),
});

const authorize = createRoute({
  getParentRoute: () => root,
  path: "/authorize",
  component: lazyRouteComponent(() => import("./authorize/AuthorizePage"), "AuthorizePage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: lazyRouteComponent(() => import("./shell/Guard"), "Guard"),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./home/HomePage"), "HomePage"),
});
const phoneSystem = createRoute({
  getParentRoute: () => inside,
  path: "/phone-system",
  component: lazyRouteComponent(() => import("./phone-system/PhoneSystemPage"), "PhoneSystemPage"),
});
const extensions = createRoute({
  getParentRoute: () => inside,
  path: "/extensions",
  component: lazyRouteComponent(() => import("./extensions/ExtensionsPage"), "ExtensionsPage"),
});
const crmTiles = createRoute({
  getParentRoute: () => inside,
  path: "/integrations/crm",
  component: lazyRouteComponent(() => import("./integrations/CrmTilesPage"), "CrmTilesPage"),
});
const connection = createRoute({
  getParentRoute: () => inside,
  path: "/integrations/crm/$kind",
  validateSearch: partSearch,
  component: lazyRouteComponent(
    () => import("./integrations/connection/ConnectionPage"),
    "ConnectionPage",
  ),
});
const phonebooks = createRoute({
  getParentRoute: () => inside,
  path: "/contacts",
  component: lazyRouteComponent(() => import("./contacts/PhonebooksPage"), "PhonebooksPage"),
});
const phonebook = createRoute({
  getParentRoute: () => inside,
  path: "/contacts/$id",
  component: lazyRouteComponent(() => import("./contacts/PhonebookPage"), "PhonebookPage"),
});
const duplicates = createRoute({
  getParentRoute: () => inside,
  path: "/contacts/duplicates",
  component: lazyRouteComponent(
    () => import("./contacts/duplicates/DuplicatesPage"),
    "DuplicatesPage",
  ),
});
const contactImport = createRoute({
  getParentRoute: () => inside,
  path: "/contacts/$id/import",
  component: lazyRouteComponent(() => import("./contacts/import/ImportPage"), "ImportPage"),
});
const calls = createRoute({
  getParentRoute: () => inside,
  path: "/calls",
  validateSearch: callSearch,
  component: lazyRouteComponent(() => import("./calls/CallsPage"), "CallsPage"),
});
const figures = createRoute({
  getParentRoute: () => inside,
  path: "/figures",
  validateSearch: figureSearch,
  component: lazyRouteComponent(() => import("./figures/FiguresPage"), "FiguresPage"),
});
const outbox = createRoute({
  getParentRoute: () => inside,
  path: "/calls/not-written",
  component: lazyRouteComponent(() => import("./outbox/OutboxPage"), "OutboxPage"),
});
const explain = createRoute({
  getParentRoute: () => inside,
  path: "/explain",
  validateSearch: explainSearch,
  component: lazyRouteComponent(() => import("./explain/ExplainPage"), "ExplainPage"),
});
const health = createRoute({
  getParentRoute: () => inside,
  path: "/health",
  component: lazyRouteComponent(() => import("./health/HealthPage"), "HealthPage"),
});
const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/SettingsPage"), "SettingsPage"),
});

const webhooks = createRoute({
  getParentRoute: () => inside,
  path: "/settings/webhooks",
  component: lazyRouteComponent(() => import("./settings/webhooks/WebhooksPage"), "WebhooksPage"),
});

const mail = createRoute({
  getParentRoute: () => inside,
  path: "/settings/mail",
  component: lazyRouteComponent(() => import("./settings/mail/MailPage"), "MailPage"),
});
const alerts = createRoute({
  getParentRoute: () => inside,
  path: "/settings/alerts",
  component: lazyRouteComponent(() => import("./settings/alerts/AlertsPage"), "AlertsPage"),
});
const duty = createRoute({
  getParentRoute: () => inside,
  path: "/settings/duty",
  component: lazyRouteComponent(() => import("./settings/duty/DutyPage"), "DutyPage"),
});
const data = createRoute({
  getParentRoute: () => inside,
  path: "/settings/data",
  component: lazyRouteComponent(() => import("./settings/data/DataPage"), "DataPage"),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: "/settings/audit-log",
  component: lazyRouteComponent(() => import("./audit/AuditPage"), "AuditPage"),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: "/settings/people",
  component: lazyRouteComponent(() => import("./settings/people/PeoplePage"), "PeoplePage"),
});
const singleSignOn = createRoute({
  getParentRoute: () => inside,
  path: "/settings/single-sign-on",
  component: lazyRouteComponent(
    () => import("./settings/single-sign-on/SingleSignOnPage"),
    "SingleSignOnPage",
  ),
});
const devices = createRoute({
  getParentRoute: () => inside,
  path: "/settings/devices",
  component: lazyRouteComponent(() => import("./settings/devices/DevicesPage"), "DevicesPage"),
});
const apiKeys = createRoute({
  getParentRoute: () => inside,
  path: "/settings/api-keys",
  component: lazyRouteComponent(() => import("./settings/api-keys/ApiKeysPage"), "ApiKeysPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setUp,
    signIn,
    authorize,
    inside.addChildren([
      home,
      phoneSystem,
      extensions,
      crmTiles,
      connection,
      phonebooks,
      phonebook,
      duplicates,
      contactImport,
      calls,
      figures,
      outbox,
      explain,
      health,
      settings,
      webhooks,
      mail,
      alerts,
      duty,
      data,
      audit,
      people,
      singleSignOn,
      devices,
      apiKeys,
    ]),
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
