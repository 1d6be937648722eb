// One way back over form, code and tabs.
import type { Page } from "@playwright/test";
import { apply, statefulSet } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

const draft = (page: Page) => page.evaluate(() => sessionStorage.getItem("ordinal.draft"));
const editor = (page: Page) => page.getByRole("textbox", { name: "Manifest" });
const name = (page: Page) => page.getByRole("textbox", { name: "Name", exact: true });
const replicas = (page: Page) => page.getByRole("textbox", { name: "Replicas" });

async function open(page: Page, namespace: string, step: string): Promise<void> {
  await page.goto(`/create?ns=${namespace}&step=${step}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
}

test("in a field the browser undoes what was typed there, then the history what was before", async ({ namespace, page }) => {
  await open(page, namespace, "basics");
  await name(page).focus();
  await page.keyboard.type("web");
  await replicas(page).focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("3");
  await expect(replicas(page)).toHaveValue("3");
  await page.keyboard.press("Control+z");
  await expect(replicas(page)).toHaveValue("1");
  await expect(name(page)).toHaveValue("web");
  await page.keyboard.press("Control+z");
  await expect(name(page)).toHaveValue("");
  await expect(replicas(page)).toHaveValue("1");
  await page.keyboard.press("Control+Shift+z");
  await expect(name(page)).toHaveValue("web");
  // The button does the same, and a step that was never left behind is none.
  const undo = page.getByRole("button", { name: /^Undo/ });
  await undo.click();
  await expect(name(page)).toHaveValue("");
  await expect(undo).toBeDisabled();
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect(name(page)).toHaveValue("web");
});

test("twenty steps over form, code and tabs go back and forward to the same bytes", async ({ namespace, page }) => {
  await open(page, namespace, "basics");
  await name(page).focus();
  await page.keyboard.type("web");
  const texts = [await draft(page)];
  const more = page.getByRole("button", { name: "One pod more" });
  for (let n = 0; n < 8; n += 1) {
    await more.click();
    await expect(replicas(page)).toHaveValue(String(n + 2));
    texts.push(await draft(page));
  }
  await page.getByRole("link", { name: "Edit as code" }).click();
  await expect(page.locator(".editor.ready")).toBeVisible();
  for (const tab of ["StatefulSet web", "Service web"]) {
    await page.getByRole("button", { name: tab, exact: true }).click();
    await editor(page).focus();
    await page.keyboard.press("Control+End");
    for (const word of ["#", " one", " two", " 三", " 😀", " six"]) {
      await page.keyboard.type(word);
      await expect.poll(() => draft(page)).toContain(word);
      texts.push(await draft(page));
    }
  }
  expect(texts).toHaveLength(21);
  await editor(page).focus();
  for (const text of texts.slice(0, -1).reverse()) {
    await page.keyboard.press("Control+z");
    await expect.poll(() => draft(page)).toBe(text);
  }
  for (const text of texts.slice(1)) {
    await page.keyboard.press("Control+y");
    await expect.poll(() => draft(page)).toBe(text);
  }
  // The tab with the last step is shown, and what is typed goes on there.
  await expect(page.getByRole("button", { name: "Service web", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(editor(page)).toBeFocused();
  await page.keyboard.type("!");
  await expect.poll(() => draft(page)).toContain("😀 six!");
});

test("Edit YAML has the same history in form and text", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2 }));
  await page.goto(`/statefulsets/${namespace}/db/edit?step=basics`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByRole("button", { name: "One pod more" }).click();
  await page.getByRole("link", { name: "Code" }).click();
  await expect(page.locator(".editor.ready")).toContainText("replicas: 3");
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  await expect(page.locator(".editor")).toContainText("replicas: 2");
  await page.keyboard.press("Control+y");
  await expect(page.locator(".editor")).toContainText("replicas: 3");
});
