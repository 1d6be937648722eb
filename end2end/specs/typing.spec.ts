// What is typed is text wherever text is taken, and a shortcut only where none is.
import type { Locator, Page } from "@playwright/test";
import { apply, statefulSet } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

/** Every key of a shortcut, in an order in which each would act. */
const WORDS = "gs c e ? / gsce k: she sees geese";

const wizard = async (page: Page, namespace: string, step: string) => {
  await page.goto(`/create?ns=${namespace}&step=${step}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
};

/** Types over what stands in a field, key by key, and reads it back. */
async function typed(page: Page, field: Locator, words = WORDS): Promise<void> {
  const url = page.url();
  await field.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
  await expect(field).toHaveValue(words);
  expect(page.url()).toBe(url);
  await expect(page.locator("dialog[open]#keys")).toHaveCount(0);
}

test("in every kind of field", async ({ namespace, page, tolerate }) => {
  // There is no such namespace, of which names could be offered.
  tolerate(/Failed to load resource/);
  await wizard(page, namespace, "basics");
  await typed(page, page.getByRole("textbox", { name: "Name", exact: true }));
  await typed(page, page.getByRole("combobox", { name: "Namespace" }));
  await typed(page, page.getByRole("textbox", { name: "Replicas" }));
  await typed(page, page.getByRole("textbox", { name: "Description" }));
  await wizard(page, namespace, "containers");
  // The letters are its unit; what counts is that the page stays.
  await page.getByRole("textbox", { name: "CPU request" }).focus();
  await page.keyboard.type(WORDS);
  await expect(page).toHaveURL(/step=containers/);
  const policy = page.getByRole("combobox", { name: "Pull policy" });
  await policy.focus();
  await page.keyboard.type("cegs?");
  await expect(policy).toBeFocused();
  // For a second the browser takes further letters as part of the same word.
  await expect(async () => {
    await page.keyboard.type("If");
    await expect(policy).toHaveValue("IfNotPresent", { timeout: 100 });
  }).toPass({ intervals: [1200] });
  await page.goto(`/create?ns=${namespace}&step=import`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await typed(page, page.getByLabel("Or paste YAML"));
});

test("in the palette and in the filter of the list", async ({ page }) => {
  await page.goto("/statefulsets");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const filter = page.getByRole("searchbox");
  await filter.focus();
  await page.keyboard.type(WORDS);
  await expect(filter).toHaveValue(WORDS);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("combobox", { name: "Go to a page or a set" });
  await expect(palette).toBeFocused();
  await page.keyboard.type(WORDS);
  await expect(palette).toHaveValue(WORDS);
  await expect(page).toHaveURL(/\/statefulsets/);
});

/** Types a comment at the end of the text, key by key, and opens and closes the palette in the middle of it. */
async function intoEditor(page: Page): Promise<void> {
  const url = page.url();
  const editor = page.getByRole("textbox", { name: "Manifest" });
  await expect(page.locator(".editor.ready")).toBeVisible();
  await editor.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(`# ${WORDS}`);
  await expect(page.locator(".editor")).toContainText(WORDS);
  for (const chord of ["Control+k", "Control+K"]) {
    await page.keyboard.press(chord);
    await expect(page.getByRole("combobox", { name: "Go to a page or a set" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(editor).toBeFocused();
  }
  await page.keyboard.type(" and more ce?");
  await expect(page.locator(".editor")).toContainText(`${WORDS} and more ce?`);
  expect(page.url()).toBe(url);
}

test("in code mode", async ({ namespace, page }) => {
  await page.goto(`/create?ns=${namespace}&step=code`);
  await intoEditor(page);
  expect(await page.evaluate(() => sessionStorage.getItem("ordinal.draft"))).toContain(`# ${WORDS} and more ce?`);
});

test("in Edit YAML", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets/${namespace}/db/edit`);
  await intoEditor(page);
});

test("in the plain field, and on when the editor takes its place", async ({ namespace, page }) => {
  let go: () => void = () => undefined;
  const wait = new Promise<void>((done) => (go = done));
  await page.route("**/editor.js", async (route) => {
    await wait;
    await route.continue();
  });
  await page.goto(`/create?ns=${namespace}&step=code`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  const editor = page.getByRole("textbox", { name: "Manifest" });
  await editor.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# ce?");
  go();
  await expect(page.locator(".editor.ready")).toBeVisible();
  await expect(editor).toBeFocused();
  await page.keyboard.type(" gs");
  await expect(page.locator(".editor")).toContainText("# ce? gs");
});

test("a shortcut acts where nothing is typed, Caps Lock or not", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Shift+C");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("?");
  await expect(page.locator("dialog#keys")).toBeVisible();
  // An open dialog waits for an answer.
  await page.keyboard.press("c");
  await expect(page.locator("dialog#keys")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/statefulsets\?ns=/);
  await page.getByRole("link", { name: "db", exact: true }).focus();
  // As under Caps Lock: the letter is large, and Shift is not pressed.
  await page.keyboard.press("C");
  await expect(page).toHaveURL(new RegExp(`/create\\?ns=${namespace}`));
});
