// Sentences for problems, lengths of time, and the language chosen.
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { Problem } from "@/api/problem";
import { clock, measured } from "./duration";
import { en } from "./en";
import { textOr } from "./lookup";
import { fieldErrors, problemText } from "./problem";
import { languageOf } from "./start";
import { zhCN } from "./zh-CN";

const chinese = i18next.createInstance();
await chinese.init({
  lng: "zh-CN",
  resources: { en: { translation: en }, "zh-CN": { translation: zhCN } },
  interpolation: { escapeValue: false },
});
const { t } = chinese;

describe("a problem", () => {
  it("is said by its code in the reader's language", () => {
    const problem = new Problem(401, { code: "wrong_password", detail: "Wrong." });
    expect(problemText(t, problem)).toBe(zhCN.problems.wrong_password);
  });

  it.each([
    "crm_configuration",
    "crm_permission",
    "crm_sign_in",
    "crm_unavailable",
    "crm_refused",
    "crm_failed",
  ] as const)("of the CRM, %s, is said in the reader's language", (code) => {
    const said = problemText(t, new Problem(502, { code, detail: "In English." }));
    expect(said).toBe(zhCN.problems[code]);
  });

  it("a23: with the app's settings comes with how long a new app can take", () => {
    expect(en.problems.crm_configuration).toContain("10 minutes");
    expect(zhCN.problems.crm_configuration).toContain("10 分钟");
  });

  it("without a text of ours is said in the server's words", () => {
    const problem = new Problem(409, { code: "from_a_newer_server", detail: "The moon is full." });
    expect(problemText(t, problem)).toBe("The moon is full.");
  });

  it("without any words still says something", () => {
    expect(problemText(t, new Problem(418, {}))).toBe(zhCN.problems.refused);
  });

  it("from a proxy in between is said by its status", () => {
    expect(new Problem(502, {}).code).toBe("server_failed");
    expect(new Problem(0, {}).code).toBe("no_answer");
  });

  it("stands at the field that it is about", () => {
    const problem = new Problem(422, {
      code: "invalid",
      fields: [
        { path: "/settings/client_id", code: "required", detail: "Fill it in." },
        { path: "/name", code: "too_poetic", detail: "Plainer, please." },
      ],
    });
    expect(fieldErrors(t, problem)).toEqual({
      "settings.client_id": zhCN.problems.required,
      name: "Plainer, please.",
    });
  });

  it("with a code that is no text but a group, or a name of Object, falls back", () => {
    for (const code of ["", "constructor", "__proto__"]) {
      expect(textOr(t, "problems", code, "fallback")).toBe("fallback");
    }
    expect(textOr(t, "crm", "fields", "fallback")).toBe("fallback");
  });

  it("keeps markup in a value as text", () => {
    const name = "<img src=x onerror=alert(1)>";
    expect(t("desk.say_ringing", { who: name })).toContain(name);
  });
});

it.each([
  [-5, "0:00"],
  [999, "0:00"],
  [2_600, "0:02"],
  [7_000, "0:07"],
  [754_000, "12:34"],
  [3_723_000, "1:02:03"],
])("a running %i ms is shown as %s", (ms, shown) => {
  expect(clock(ms)).toBe(shown);
});

it.each([
  [2_499, "0:02"],
  [2_500, "0:03"],
  [2_600, "0:03"],
  [59_600, "1:00"],
  [3_599_500, "1:00:00"],
])("a final %i ms is shown as %s, to the nearest second as the journal has it", (ms, shown) => {
  expect(measured(ms)).toBe(shown);
});

describe("the language", () => {
  it("is the one last used here", () => {
    expect(languageOf("zh-CN", ["en-US"])).toBe("zh-CN");
  });

  it("is the first of the browser's that we speak", () => {
    expect(languageOf(null, ["de-DE", "zh-TW", "en"])).toBe("zh-CN");
    expect(languageOf(null, ["de-DE", "en-GB", "zh"])).toBe("en");
    expect(languageOf("tlh", ["de-DE"])).toBe("en");
  });
});
