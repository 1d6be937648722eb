// Nothing lies over anything, and the editor has the room.
import type { Page } from "@playwright/test";
import { apply, statefulSet } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const WIDTHS = [1440, 1024, 390];

/** The pairs of controls whose visible parts intersect, by their names. */
const overlaps = (page: Page) =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll("a, button, input, select, textarea, summary")];
    const head = document.querySelector("header.top");
    const visible = (element: Element) => {
      let { left, top, right, bottom } = element.getBoundingClientRect();
      // What is scrolled below the sticky head is not seen.
      if (head && !head.contains(element)) top = Math.max(top, head.getBoundingClientRect().bottom);
      for (let above = element.parentElement; above; above = above.parentElement) {
        if (getComputedStyle(above).overflow === "visible" || above === document.documentElement || above === document.body) continue;
        const box = above.getBoundingClientRect();
        [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
        [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      return { element, left, top, right, bottom };
    };
    const shown = controls
      .filter((e) => !e.closest(".monaco, .vh, .skip") && e.checkVisibility({ visibilityProperty: true }))
      .map(visible)
      .filter((box) => box.right - box.left > 1 && box.bottom - box.top > 1);
    const called = (e: Element) => `${e.tagName} ${e.getAttribute("aria-label") ?? e.id} ${(e.textContent ?? "").slice(0, 40)}`;
    return shown.flatMap((a, n) =>
      shown.slice(n + 1).flatMap((b) => {
        const nested = a.element.contains(b.element) || b.element.contains(a.element);
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return !nested && wide > 1 && high > 1 ? [`${called(a.element)} × ${called(b.element)}`] : [];
      }),
    );
  });

/** At each width, with the page at its top and at its end. */
async function apart(page: Page, what: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const at of [0, 1e6]) {
      await page.evaluate((at) => {
        scrollTo(0, at);
        document.querySelector("#step")?.scrollTo(0, at);
      }, at);
      expect(await overlaps(page), `${what} at ${width}`).toEqual([]);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${what} at ${width} scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** The editor's part of what is below the head of the page. */
async function share(page: Page): Promise<number> {
  const head = (await page.locator("header.top").boundingBox())?.height ?? 0;
  const editor = (await page.locator(".editor").boundingBox())?.height ?? 0;
  return editor / (900 - head);
}

test("code mode", async ({ namespace, page }) => {
  await page.goto(`/create?ns=${namespace}&step=code`);
  await expect(page.locator(".editor.ready")).toBeVisible();
  expect(await share(page)).toBeGreaterThanOrEqual(0.7);
  await apart(page, "code");
  await page.getByRole("textbox", { name: "Manifest" }).focus();
  await page.keyboard.press("Control+End");
  for (let n = 0; n < 12; n += 1) await page.keyboard.type(`oddity${n}: 1\n`);
  await expect(page.getByRole("region", { name: "Problems" }).getByRole("button").nth(12)).toBeVisible();
  expect(await share(page)).toBeGreaterThanOrEqual(0.7);
  await apart(page, "code with problems");
  await axe(page);
});

test("Edit YAML with its changes", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets/${namespace}/db/edit`);
  await expect(page.locator(".editor.ready")).toBeVisible();
  expect(await share(page)).toBeGreaterThanOrEqual(0.7);
  await apart(page, "edit");
  await page.getByRole("textbox", { name: "Manifest" }).focus();
  await page.keyboard.press("Control+End");
  for (let n = 0; n < 9; n += 1) await page.keyboard.type(`# line ${n}\n`);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+H");
  await page.getByRole("textbox", { name: "Find" }).fill("nginx:1.29");
  await page.getByRole("textbox", { name: "Replace" }).fill("nginx:1.30");
  await page.getByRole("textbox", { name: "Replace" }).press("Control+Alt+Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByRole("region", { name: "1 change" })).toBeVisible();
  expect(await share(page)).toBeGreaterThanOrEqual(0.7);
  await apart(page, "edit with changes");
  await axe(page);
});

test("every step of the wizard", async ({ namespace, page }) => {
  for (const step of ["basics", "containers", "volumes", "service", "labels", "nodes", "review", "import"]) {
    await page.goto(`/create?ns=${namespace}&step=${step}`);
    await expect(page.locator(".wiz.ready")).toBeVisible();
    if (step === "containers") {
      await page.getByRole("button", { name: "Add port" }).click();
      for (const part of await page.locator("details.advanced > summary").all()) await part.click();
    }
    if (step === "volumes") await page.getByRole("button", { name: "Add volume template" }).click();
    await apart(page, step);
  }
});

for (const locale of ["en-GB", "zh-CN"]) {
  test(`the detail's YAML in ${locale}`, async ({ namespace, signIn }) => {
    await apply(namespace, statefulSet("db"));
    const page = await signIn("admin", { locale, colorScheme: "dark" });
    await page.goto(`/statefulsets/${namespace}/db?tab=yaml`);
    await expect(page.locator(".card.code pre")).toContainText("kind: StatefulSet");
    await apart(page, "YAML");
    await axe(page);
  });
}
