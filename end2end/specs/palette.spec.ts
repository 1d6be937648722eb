// The palette: every page and every set by the keyboard.
import { apply, statefulSet } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

test("Ctrl+K leads to a set, and from there to what can be done with it", async ({ namespace, page }) => {
  await apply(namespace, statefulSet(`palette-${namespace}`));
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto("/statefulsets");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const before = requests.length;
  await page.keyboard.press("Control+k");
  const input = page.getByRole("combobox", { name: "Go to a page or a set" });
  await expect(input).toBeFocused();
  expect(requests.slice(before).some((url) => url.includes("palette")), "its code is loaded now").toBe(true);
  await axe(page);
  await input.fill(`palette-${namespace}`);
  await expect(page.getByRole("option", { selected: true })).toContainText(namespace);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/statefulsets/${namespace}/palette-${namespace}`);
  await expect(input).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`palette-${namespace}`);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Go to a page or a set" }).fill("edit yaml");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/edit$/);
  await page.keyboard.press("Escape");
});

test("Escape closes it, and e edits the set of the page", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets/${namespace}/db`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Go to a page or a set" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Go to a page or a set" })).toHaveCount(0);
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/edit\?step=basics/);
  await expect(page.locator(".wiz.ready")).toBeVisible();
});
