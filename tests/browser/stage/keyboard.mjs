// A person without a mouse: what the Tab key reaches, and whether one sees where one is.
import assert from "node:assert/strict";

/** More than any page has to pass on the way. */
const MOST = 250;

/** Tab, again and again, until the element has the focus, and shows that it has. */
export async function tabsTo(page, element, key = "Tab") {
  await page.bringToFront();
  await element.waitFor();
  await page.evaluate(watches);
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    await page.evaluate(() => window.linecardFocus.looksAround());
    await page.keyboard.press(key);
    if (await hasFocus(element)) {
      const unseen = await page.evaluate(() => window.linecardFocus.isUnseen());
      assert.equal(unseen, null, "nothing shows that it has the focus");
      return;
    }
  }
  throw new Error(`not reached by ${key}: ${element}`);
}

export function hasFocus(element) {
  return element.evaluate((it) => it === document.activeElement);
}

/**
 * Walks the whole page by Tab, as it stands now.
 * @returns {Promise<{ missed: string[], unseen: string[], mouseOnly: string[] }>} what Tab does not
 * reach, what does not show that it has the focus, and what only a mouse can work: each empty when
 * all is well
 */
export async function walks(page) {
  await page.bringToFront();
  await page.evaluate(watches);
  const count = await page.evaluate(() => window.linecardFocus.looksAround());
  const unseen = new Set();
  for (let pressed = 0; pressed < count; pressed += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => window.linecardFocus.isUnseen());
    if (found) unseen.add(found);
  }
  const left = await page.evaluate(() => window.linecardFocus.leftOut());
  return { ...left, unseen: [...unseen] };
}

/** Runs in the page: `window.linecardFocus` knows what can have the focus, and what had it. */
function watches() {
  const CANDIDATES = "a[href], button, input, select, textarea, summary, [tabindex]";
  /** Longer than anything fades. */
  const FRAMES = 60;
  /** How an element looks that changes with the focus, its own box or one around or beside it. */
  const look = (element) =>
    [
      element,
      element.nextElementSibling,
      element.parentElement,
      element.parentElement?.parentElement,
    ]
      .filter(Boolean)
      .map((one) => {
        const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } =
          getComputedStyle(one);
        const outline = outlineStyle === "none" ? "" : outlineWidth;
        return [outline, boxShadow, borderColor, backgroundColor].join();
      })
      .join(" ");
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]");
  /** Of radio buttons that belong together Tab reaches one; the arrow keys go on from there. */
  const isTheOne = (element) => {
    if (element.type !== "radio") return true;
    const group = [...document.getElementsByName(element.name)];
    return element === (group.find((one) => one.checked) ?? group[0]);
  };
  const canHaveFocus = (element) =>
    element.tabIndex >= 0 && !element.disabled && isShown(element) && isTheOne(element);
  const name = (element) =>
    element.outerHTML.replace(/ (class|style|id|d|data-\S+?)="[^"]*"/g, "").slice(0, 160);
  /** React keeps an element's handlers in a property of it. */
  const isClicked = (element) => {
    const key = Object.keys(element).find((one) => one.startsWith("__reactProps$"));
    return key !== undefined && typeof element[key].onClick === "function";
  };
  /** By Tab, by the arrow keys inside of its group or field, or through the control it belongs to. */
  const hasKeys = (element) =>
    element.tabIndex >= 0 ||
    element.disabled ||
    element.closest("[role=tablist], [role=menu], [role=listbox], [role=radiogroup]") ||
    element.closest("label, button, a[href]") ||
    element.querySelector("input");
  let looks = new Map();
  const reached = new Set();
  window.linecardFocus = {
    looksAround() {
      looks = new Map();
      for (const element of document.querySelectorAll(CANDIDATES)) {
        if (canHaveFocus(element)) looks.set(element, look(element));
      }
      // A field for a date or a time has places of its own, up to three besides the first.
      const places = [...looks.keys()].filter(({ type }) =>
        /^(date|time|datetime-local)$/.test(type),
      );
      return looks.size + 3 * places.length;
    },
    /** The element that has the focus and looks as before; a colour takes some frames to fade in. */
    async isUnseen() {
      const element = document.activeElement;
      reached.add(element);
      const before = looks.get(element);
      for (let frame = 0; frame < FRAMES; frame += 1) {
        if (before === undefined || before !== look(element)) return null;
        await new Promise((done) => requestAnimationFrame(done));
      }
      return name(element);
    },
    leftOut() {
      const missed = [...looks.keys()].filter((one) => one.isConnected && !reached.has(one));
      const mouseOnly = [...document.body.querySelectorAll("*")].filter(
        (one) => isClicked(one) && isShown(one) && !hasKeys(one),
      );
      return { missed: missed.map(name), mouseOnly: mouseOnly.map(name) };
    },
  };
}
