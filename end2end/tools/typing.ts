// How long the list takes to follow what is typed into its filter.
import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { pause } from "./measure.ts";

const WORDS = ["4321", "9876", "2345", "7654", "8080", "5432", "6543", "3210", "9042", "7199", "2379", "6379"];

interface Timed extends Window {
  typed: number[];
}

/** Milliseconds from each key to the rows that it asks for. */
export async function typing(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const timed = window as unknown as Timed;
    timed.typed = [];
    // The filter looks at names, namespaces and images: a row shows all three.
    const match = (text: string) => [...document.querySelectorAll("tbody tr")].every((row) => row.textContent?.includes(text));
    let pressed = 0;
    let wanted = "";
    addEventListener(
      "input",
      (event) => {
        wanted = (event.target as HTMLInputElement).value;
        // A key after which the same rows stay shows nothing.
        pressed = match(wanted) ? 0 : performance.now();
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (pressed === 0 || !match(wanted)) return;
      timed.typed.push(performance.now() - pressed);
      pressed = 0;
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  const filter = page.getByRole("searchbox");
  for (const word of WORDS) {
    await filter.click();
    await page.keyboard.type(word, { delay: 180 });
    await expect(page.locator("tbody tr")).toHaveCount(word.length === 4 ? rowsWith(word) : 100);
    await filter.fill("");
    await expect(page.locator("tbody tr").first()).toContainText("db-00000");
    await pause(200);
  }
  return page.evaluate(() => (window as unknown as Timed).typed);
}

/** Of the numbers with five digits, those below ten thousand that have these four in a row. */
const rowsWith = (word: string) => [...Array(10_000).keys()].filter((n) => String(n).padStart(5, "0").includes(word)).length;
