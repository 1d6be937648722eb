// A tab of any browser, as far as the smoke tests need one.
import { expect } from "@playwright/test";

/** A tab, driven with real clicks and real keys. */
export interface Tab {
  goto(url: string): Promise<void>;
  /** Clicks the middle of the first element that a CSS selector finds. */
  click(selector: string): Promise<void>;
  /** Types into what has the focus, key by key. */
  type(text: string): Promise<void>;
  /** Presses a key by its name in WebDriver (`END`, `ENTER`), with Control if wanted. */
  press(key: "END" | "ENTER" | "SPACE" | "A", control?: boolean): Promise<void>;
  /** The value of an expression in the page, which JSON can carry. */
  evaluate<T>(expression: string): Promise<T>;
  /** What the browser itself told of so far, where it tells. */
  told(): string[];
  close(): Promise<void>;
}

/** Waits until an expression is true in the page. */
export async function until(tab: Tab, what: string, expression: string): Promise<void> {
  await expect.poll(() => tab.evaluate<boolean>(`Boolean(${expression})`), { message: what }).toBe(true);
}

/**
 * Listens to everything that a page complains about. What it says before this is heard of only where the browser
 * tells by itself; so the pages that come after are reached by links, which keep the document.
 */
export async function listen(tab: Tab): Promise<void> {
  await tab.evaluate(`(() => {
    const heard = (window.heard = []);
    for (const level of ["error", "warn"]) {
      const print = console[level];
      console[level] = (...words) => { heard.push(level + ": " + words.join(" ")); print.apply(console, words); };
    }
    addEventListener("error", (event) => heard.push("exception: " + event.message));
    addEventListener("unhandledrejection", (event) => heard.push("rejection: " + event.reason));
    document.addEventListener("securitypolicyviolation", (event) =>
      heard.push("policy: " + event.effectiveDirective + " " + event.blockedURI));
    return true;
  })()`);
}

/** Everything that was heard: by the page, and by the browser. */
export async function heard(tab: Tab): Promise<string[]> {
  return [...(await tab.evaluate<string[]>("window.heard ?? ['the document was loaded anew']")), ...tab.told()];
}

/** The CSS selector of a field, by its label: the words themselves, without the path beside them. */
export async function field(tab: Tab, label: string): Promise<string> {
  const says = `[...l.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() === ${JSON.stringify(label)})`;
  const id = `[...document.querySelectorAll("label")].find((l) => ${says})?.htmlFor`;
  await until(tab, `a field ${label}`, id);
  return `#${await tab.evaluate<string>(`CSS.escape(${id})`)}`;
}

/** Marks the first link, button or line with exactly this text, so that it can be clicked. */
export async function named(tab: Tab, selector: string, text: string): Promise<string> {
  const mark = `(() => {
    const found = [...document.querySelectorAll(${JSON.stringify(selector)})].find((e) => e.innerText.replaceAll("\\u00a0", " ").trim() === ${JSON.stringify(text)});
    document.querySelector("[data-smoke]")?.removeAttribute("data-smoke");
    found?.setAttribute("data-smoke", "");
    return found;
  })()`;
  await until(tab, `${selector} with the text ${text}`, mark);
  return "[data-smoke]";
}
