// Debian's Firefox, by WebDriver BiDi.
import puppeteer from "puppeteer-core";
import { type Tab } from "./tab.ts";

const KEYS = { END: "End", ENTER: "Enter", SPACE: " ", A: "a" } as const;

/** A fresh Firefox with an empty profile. */
export async function openFirefox(executablePath: string): Promise<Tab> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: { "intl.accept_languages": "en-GB" },
  });
  const page = await browser.newPage();
  const told: string[] = [];
  page.on("pageerror", (error) => told.push(`exception: ${error instanceof Error ? error.message : String(error)}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) told.push(`${message.type()}: ${message.text()}`);
  });
  return {
    goto: async (url) => void (await page.goto(url)),
    click: (selector) => page.click(selector),
    type: (text) => page.keyboard.type(text),
    press: async (key, control = false) => {
      if (control) await page.keyboard.down("Control");
      await page.keyboard.press(KEYS[key]);
      if (control) await page.keyboard.up("Control");
    },
    evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    told: () => told,
    close: () => browser.close(),
  };
}
