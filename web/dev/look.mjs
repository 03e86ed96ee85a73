// Takes a picture of every page in both languages and both colour schemes, and complains about
// CSP violations, script errors and accessibility faults: `npm run build && npm run look`.
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import {
  consentFailed,
  firstRun,
  found,
  fresh,
  good,
  ill,
  mustEnrol,
  signedOut,
  sockets,
  supervisor,
  unseen,
} from "./fixtures.mjs";
import { serve } from "./serve.mjs";

const out = process.argv[2] ?? new URL("pictures", import.meta.url).pathname;
const only = process.argv[3];
/** `zh-CN-dark`: only pictures of that kind. */
const kind = process.argv[4] ?? "";
const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const click = (name) => async (page) =>
  page.getByRole("button", { name }).first().click({ timeout: 5_000 });

const type = (text) => async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.insertText(text);
  await page.keyboard.press("ArrowDown");
};

const security = async (page) => {
  await click(/^Account|^账号/)(page);
  await click(/^Password and second|^密码与/)(page);
  await page.getByRole("dialog").last().waitFor();
};

/** name, path, answers, what to do before the picture, socket */
const VIEWS = [
  ["duty", "/settings/duty", good],
  ["people", "/settings/people", good],
  [
    "people-list",
    "/settings/people",
    good,
    async (page) => {
      await click(/^Invite from a list|^从列表邀请/)(page);
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("x") });
      await page.getByRole("dialog").getByRole("table").waitFor();
    },
  ],
  ["people-invite", "/settings/people", good, click(/^Invite a person|^邀请人员/)],
  ["keys", "/settings/api-keys", good],
  ["keys-none", "/settings/api-keys", fresh],
  ["keys-add", "/settings/api-keys", good, click(/^Make a key|^创建密钥/)],
  [
    "keys-made",
    "/settings/api-keys",
    good,
    async (page) => {
      await click(/^Make a key|^创建密钥/)(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox").fill("Wallboard");
      await dialog.locator("button[type=submit]").click();
      await dialog.locator("input[readonly]").waitFor();
    },
  ],
  ["security", "/settings", good, security],
  [
    "security-enrol",
    "/settings",
    good,
    async (page) => {
      await security(page);
      await click(/^Set up|^设置$/)(page);
      await page.getByRole("img").last().waitFor();
    },
  ],
  ["must-enrol", "/", mustEnrol],
  ["supervisor", "/", supervisor],
  [
    "settings-met",
    "/settings",
    good,
    async (page) => {
      await page.getByRole("switch").first().click();
      await page.locator("button[type=submit]").last().click();
      await page.locator("[role=alert]").last().waitFor();
    },
  ],
  ["webhooks", "/settings/webhooks", good],
  ["webhooks-none", "/settings/webhooks", fresh],
  ["webhook-add", "/settings/webhooks", good, click(/^Add an endpoint|^添加接收地址/)],
  ["webhook-test", "/settings/webhooks", good, click(/^Send a test message|^发送测试消息/)],
  ["webhook-log", "/settings/webhooks", good, click(/^Log|^日志/)],
  ["mail", "/settings/mail", good],
  ["mail-fresh", "/settings/mail", fresh],
  ["mail-test", "/settings/mail", good, click(/^Send a test mail|^发送测试邮件/)],
  ["alerts", "/settings/alerts", good],
  ["alerts-fresh", "/settings/alerts", fresh],
  [
    "data",
    "/settings/data",
    good,
    async (page) => {
      await page.locator("input[type=tel]").fill("(415) 555-0134");
      await click(/^Show what|^显示保存/)(page);
      await page.locator("table").waitFor();
    },
  ],
  [
    "data-erase",
    "/settings/data",
    good,
    async (page) => {
      await page.locator("input[type=tel]").fill("(415) 555-0134");
      await click(/^Show what|^显示保存/)(page);
      await click(/^Erase|^清除/)(page);
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["set-up", "/set-up?token=x", firstRun],
  ["set-up-no-token", "/set-up", firstRun],
  ["sign-in", "/sign-in", signedOut],
  [
    "sign-in-wrong",
    "/sign-in",
    signedOut,
    async (page) => {
      await page.locator("input[type=email]").fill("a@b.example");
      await page.locator("input[type=password]").fill("wrong");
      await page.locator("button[type=submit]").click();
    },
  ],
  ["home", "/", good],
  ["home-fresh", "/", fresh],
  ["home-ill", "/", ill],
  ["health", "/health", good],
  ["health-fresh", "/health", fresh],
  [
    "extension-clients",
    "/extensions",
    good,
    async (page) => {
      await page.getByRole("button", { name: /101$/ }).last().click();
      await page.getByRole("menuitem").first().click();
      await page.getByRole("tab").last().click();
    },
  ],
  ["extension-group", "/extensions", good, click(/^Add group|^添加分机组/)],
  ["phone", "/phone-system", good],
  ["phone-fresh", "/phone-system", fresh],
  ["phone-ill", "/phone-system", ill],
  ["phone-test", "/phone-system", good, click(/^Test|^测试/)],
  [
    "phone-tls",
    "/phone-system",
    good,
    async (page) => {
      await page
        .getByRole("switch", { name: /^Encrypted connection|^加密连接/ })
        .check({ force: true });
      await click(/^Make a new token|^创建新令牌/)(page);
    },
  ],
  ["phone-unseen", "/phone-system", unseen, click(/^Test|^测试/)],
  ["home-unseen", "/", unseen],
  ["extensions", "/extensions", good],
  ["extensions-assign", "/extensions", good, click(/^Assign|^指定归属/)],
  [
    "extensions-import",
    "/extensions",
    good,
    async (page) => {
      await click(/^Import|^导入/)(page);
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("x") });
    },
  ],
  ["extensions-fresh", "/extensions", fresh],
  ["extension-add", "/extensions", good, click(/^Add extension|^添加分机/)],
  [
    "extension-add-refused",
    "/extensions",
    good,
    async (page) => {
      await click(/^Add extension|^添加分机/)(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox").first().fill("101");
      await dialog.getByRole("button", { name: /Add|添加/ }).click();
    },
  ],
  ["invite", "/extensions", good, click(/(Invite|邀请) 103/)],
  ["crm-tiles", "/integrations/crm", good],
  ["crm", "/integrations/crm/salesforce", good],
  ["crm-fresh", "/integrations/crm/salesforce", fresh],
  ["crm-ill", "/integrations/crm/salesforce", ill],
  ["crm-zoho", "/integrations/crm/zoho", good],
  ["crm-bitrix24", "/integrations/crm/bitrix24", good],
  [
    "crm-bitrix24-refused",
    "/integrations/crm/bitrix24",
    good,
    async (page) => {
      await page.locator("input[type=password]").first().fill("https://x.bitrix24.com/rest/1/k/");
      await click(/Save and connect|保存并连接/)(page);
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["crm-hubspot", "/integrations/crm/hubspot", good],
  [
    "crm-hubspot-oauth",
    "/integrations/crm/hubspot",
    good,
    async (page) => {
      await page.getByRole("combobox").first().click();
      await page.getByRole("option").last().click();
    },
  ],
  ["crm-users", "/integrations/crm/salesforce?part=users", good],
  ["crm-journal", "/integrations/crm/salesforce?part=journal", good],
  ["crm-contacts", "/integrations/crm/salesforce?part=contacts", good],
  ["crm-sync", "/integrations/crm/salesforce?part=sync", good],
  ["outbox", "/calls/not-written", good],
  [
    "calls-choose",
    "/calls",
    good,
    async (page) => {
      await page.locator(".lc-call").nth(1).click();
      await click(/^Choose another record|^选择其他记录/)(page);
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "calls-note",
    "/calls",
    good,
    async (page) => {
      await page.locator(".lc-call").nth(1).click();
      await click(/^Note and result|^备注和结果/)(page);
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["crm-auto", "/integrations/crm/salesforce?part=users", good, click(/Auto-bind|自动绑定/)],
  ["crm-disconnect", "/integrations/crm/salesforce", good, click(/^Disconnect|^取消对接/)],
  ["crm-refused", "/integrations/crm/salesforce", consentFailed],
  [
    "crm-result",
    "/integrations/crm/salesforce",
    good,
    async (page) => {
      await click(/Save and authorize|保存并授权/)(page);
      await page.route("**/api/v1/crm/salesforce", (route) =>
        route.fulfill({ json: consentFailed["GET /crm/salesforce"] }),
      );
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["crm-waiting", "/integrations/crm/salesforce", good, click(/Save and authorize|保存并授权/)],
  [
    "calls",
    "/calls",
    good,
    async (page) => {
      for (const index of [1, 3]) await page.locator(".lc-call").nth(index).click();
    },
  ],
  ["calls-legs", "/calls", good, async (page) => page.locator(".lc-call").last().click()],
  ["calls-filter", "/calls?journal=skipped&reason=nobody&extension=101", good],
  ["calls-none", "/calls?outcome=failed", fresh],
  ["figures", "/figures", good],
  ["figures-agent", "/figures?of=agent%20105", good],
  ["figures-fresh", "/figures", fresh],
  ["calls-fresh", "/calls", fresh],
  ["calls-ill", "/calls", ill],
  ["settings", "/settings", good],
  [
    "settings-try",
    "/settings",
    good,
    async (page) => {
      await page.locator("input[maxlength='80']").last().fill("555 0134 ext. 12");
      await page.locator("dl").last().waitFor({ timeout: 5_000 });
    },
  ],
  ["settings-audit", "/settings/audit-log", good],
  ["settings-audit-fresh", "/settings/audit-log", fresh],
  ["missing", "/nowhere", good],
  ["menu", "/", good, click(/^Account|^账号/)],
  ["desk", "/desk/", good, null, "one"],
  [
    "desk-note",
    "/desk/",
    good,
    async (page) => {
      await page
        .getByRole("button", { name: /^Add a note|^添加备注/ })
        .last()
        .click();
      await page.getByRole("textbox", { name: /^Note|^备注/ }).fill("Calls back on Monday.");
    },
    "one",
  ],
  ["desk-many", "/desk/", good, null, "many"],
  ["desk-empty", "/desk/", good, null, "empty"],
  ["desk-off", "/desk/", good, null, "off"],
  ["desk-break", "/desk/", good, null, "break"],
  ["desk-duty", "/desk/", good, click(/^Duty: |^值班状态: /), "break"],
  ["desk-wrap-up", "/desk/", good, null, "wrapUp"],
  ["desk-down", "/desk/", good, null, "down"],
  ["desk-lost", "/desk/", good, null, "lost"],
  ["desk-dialling", "/desk/", good, null, "dialling"],
  ["desk-search", "/desk/", good, type("gra"), "one"],
  ["desk-search-chinese", "/desk/", good, type("wxm"), "empty"],
  ["desk-search-slow", "/desk/", good, type("slow"), "empty"],
  ["desk-search-failed", "/desk/", good, type("failed"), "empty"],
  ["desk-search-nobody", "/desk/", good, type("nobody"), "empty"],
  ["desk-search-masked", "/desk/", good, type("masked"), "empty"],
  [
    "desk-denied",
    "/desk/",
    good,
    async (page) => {
      await page.getByRole("textbox").fill("+882 16 5555 0134");
      await page.getByRole("textbox").press("Enter");
      await page.locator("form [role=alert]").waitFor();
    },
    "empty",
  ],
  ["desk-sign-in", "/desk/", signedOut],
  ["outside-line", "/outside-line", good],
];

mkdirSync(out, { recursive: true });
const { at, stop } = await serve();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
let faults = 0;
const complain = (...words) => {
  faults += 1;
  process.stdout.write(`${words.join(" ")}\n`);
};

for (const [locale, colorScheme, width] of [
  ["en-US", "light", 1280],
  ["zh-CN", "dark", 1280],
  ["zh-CN", "light", 1280],
  ["en-US", "dark", 1280],
  ["en-US", "light", 390],
]) {
  if (!`${locale}-${colorScheme}-${width}`.startsWith(kind)) continue;
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport: { width, height: width < 600 ? 800 : 820 },
    timezoneId: "America/New_York",
    reducedMotion: "reduce",
  });
  for (const [name, path, answers, act, socket] of VIEWS) {
    if (only && !name.startsWith(only)) continue;
    const label = `${name}-${locale}-${colorScheme}-${width}`;
    const page = await context.newPage();
    page.on("pageerror", (error) => complain(label, "script error:", error.message));
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && !text.includes("Failed to load resource")) {
        complain(label, "console:", text);
      }
    });
    await page.route("**/api/v1/**", (route) => {
      const { pathname } = new URL(route.request().url());
      const found = answers[`${route.request().method()} ${pathname.replace("/api/v1", "")}`];
      const refused = found && typeof found.status === "number";
      return route.fulfill({
        status: refused ? found.status : found ? 200 : 404,
        contentType: refused || !found ? "application/problem+json" : "application/json",
        body: JSON.stringify(refused ? found.body : (found ?? { code: "not_found" })),
      });
    });
    await page.routeWebSocket("**/desk/socket", (ws) => {
      if (socket === "lost") void ws.close();
      else for (const message of sockets[socket] ?? []) ws.send(JSON.stringify(message));
      ws.onMessage((text) => {
        const { t, search, text: typed } = JSON.parse(text);
        if (t !== "search") return;
        for (const answer of found[typed] ?? []) ws.send(JSON.stringify({ ...answer, search }));
      });
    });
    await page.goto(at + path);
    await page.waitForTimeout(700);
    if (act) {
      await act(page).catch((error) => complain(label, "could not act:", error.message));
      await page.waitForTimeout(500);
    }
    await page.screenshot({ path: `${out}/${label}.png`, fullPage: true });
    // Playwright's own evaluation is not bound by the page's CSP.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, nodes } of violations) {
      complain(label, "axe:", id, nodes.map((node) => node.target.join(" ")).join(" | "));
    }
    for (const extra of context.pages()) await extra.close();
  }
  await context.close();
}
await browser.close();
stop();
process.stdout.write(`${faults} faults; the pictures are in ${out}\n`);
process.exitCode = faults > 0 ? 1 : 0;
