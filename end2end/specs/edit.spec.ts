// Edit YAML: what the user changed, and only that, reaches the cluster; nobody's change is lost.
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const editor = (page: Page) => page.getByRole("textbox", { name: "Manifest" });
const image = (namespace: string) => value("statefulset/db", "{.spec.template.spec.containers[0].image}", namespace);

async function open(page: Page, namespace: string): Promise<void> {
  await page.goto(`/statefulsets/${namespace}/db/edit`);
  await expect(page.locator(".editor.ready")).toBeVisible();
}

/** Replaces a text in the editor, by the editor's own search and replace. */
async function replace(page: Page, from: string, to: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+H");
  await page.getByRole("textbox", { name: "Find" }).fill(from);
  await page.getByRole("textbox", { name: "Replace" }).fill(to);
  await page.getByRole("textbox", { name: "Replace" }).press("Control+Alt+Enter");
  await page.keyboard.press("Escape");
}

test("a change is told with its effect, then saved", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2 }));
  await page.goto(`/statefulsets/${namespace}/db`);
  await page.getByRole("link", { name: "Edit YAML" }).click();
  await expect(page.locator(".editor.ready")).toContainText("kind: StatefulSet");
  await expect(page.getByText("managedFields")).toHaveCount(0);
  await axe(page);
  const review = page.getByRole("button", { name: "Review changes" });
  await expect(review).toBeDisabled();
  await replace(page, "nginx:1.29", "nginx:1.30");
  await review.click();
  const changes = page.getByRole("region", { name: "1 change" });
  await expect(changes).toContainText("spec.template.spec.containers[name=db].image");
  await expect(changes).toContainText("replaces pods");
  expect(await image(namespace)).toBe("nginx:1.29");
  await axe(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/db`);
  await expect(page.getByText("db was saved.")).toBeVisible();
  expect(await image(namespace)).toBe("nginx:1.30");
});

test("what is fixed is told before anything is sent, what is wrong in the cluster's words", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await open(page, namespace);
  await replace(page, "serviceName: db", "serviceName: other");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByText("The cluster does not allow this for what exists.")).toBeVisible();
  await expect(page.getByRole("region", { name: "1 change" })).toContainText("spec.serviceName");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await replace(page, "serviceName: other", "serviceName: db");
  await replace(page, "replicas: 1", "replicas: -1");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByText(/must be greater than or equal to 0/).first()).toBeVisible();
  await expect(page.getByText("Nothing that you typed is lost.")).toBeVisible();
  await replace(page, "replicas: -1", "replicaz: 1");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByText(/unknown field "spec.replicaz"/).first()).toBeVisible();
});

test("changes of others elsewhere are kept", async ({ namespace, page, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 1 }));
  await open(page, namespace);
  const second = await signIn("admin");
  await open(second, namespace);
  await replace(second, "nginx:1.29", "nginx:1.30");
  await second.getByRole("button", { name: "Review changes" }).click();
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await expect(second.getByText("db was saved.")).toBeVisible();
  await kubectl(["label", "statefulset", "db", "-n", namespace, "team=orders"]);

  await replace(page, "replicas: 1", "replicas: 2");
  await page.getByRole("button", { name: "Review changes" }).click();
  const others = page.getByRole("region", { name: "Changed by others since you opened it" });
  await expect(others).toContainText("nginx:1.30");
  await expect(others).toContainText("by ordinal");
  await expect(others).toContainText("metadata.labels.team");
  await axe(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/db was saved; 2 changes of others were kept/)).toBeVisible();
  expect(await image(namespace)).toBe("nginx:1.30");
  expect(await value("statefulset/db", "{.spec.replicas} {.metadata.labels.team}", namespace)).toBe("2 orders");
});

test("what both changed is shown from both sides and chosen", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 1 }));
  await open(page, namespace);
  await replace(page, "nginx:1.29", "nginx:mine");
  await kubectl(["set", "image", "statefulset/db", "db=nginx:theirs", "-n", namespace]);
  await page.getByRole("button", { name: "Review changes" }).click();
  const conflict = page.getByRole("region", { name: "Changed by you and by others" });
  await expect(conflict).toContainText("nginx:mine");
  await expect(conflict).toContainText("nginx:theirs");
  await expect(conflict).toContainText("by kubectl");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeDisabled();
  await axe(page);
  await conflict.getByRole("radio", { name: /^Yours/ }).check();
  await save.click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/db`);
  expect(await image(namespace)).toBe("nginx:mine");
});

test("a conflict that comes between the look and the save loses nothing; a reload neither", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 1 }));
  await open(page, namespace);
  await replace(page, "nginx:1.29", "nginx:mine");
  await page.getByRole("button", { name: "Review changes" }).click();
  const save = page.getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeEnabled();
  await kubectl(["set", "image", "statefulset/db", "db=nginx:theirs", "-n", namespace]);
  await save.click();
  await expect(page.getByRole("region", { name: "Changed by you and by others" })).toBeVisible();
  expect(await image(namespace)).toBe("nginx:theirs");
  await page.reload();
  await expect(page.locator(".editor.ready")).toContainText("nginx:mine");
  await expect(page.getByText("This is your draft from before.")).toBeVisible();
  // What it was when it was opened is kept with it: their change is still seen as theirs.
  await page.getByRole("button", { name: "Review changes" }).click();
  await page.getByRole("radio", { name: /^The cluster's/ }).check();
  await save.click();
  await expect(page.getByText(/db was saved/)).toBeVisible();
  expect(await image(namespace)).toBe("nginx:theirs");
});

test("a set that was made anew, or is gone, is not written to", async ({ namespace, page, tolerate }) => {
  tolerate(/Failed to load resource: the server responded with a status of (404|409)/);
  await apply(namespace, statefulSet("db"));
  await open(page, namespace);
  await replace(page, "nginx:1.29", "nginx:mine");
  await kubectl(["delete", "statefulset", "db", "-n", namespace]);
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByText("It was deleted meanwhile.")).toBeVisible();
  await apply(namespace, statefulSet("db"));
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByText("It is no longer the one that you opened.")).toBeVisible();
  expect(await image(namespace)).toBe("nginx:1.29");
});

test("texts that YAML would take for something else stay texts", async ({ namespace, page }) => {
  const odd = { on: "on", y: "y", hex: "0x1F", exp: "1e3", under: "1_000", date: "2001-01-01", time: "12:30:45", null: "null", zero: "007", eq: "=" };
  await apply(namespace, statefulSet("db", { annotations: odd }));
  await open(page, namespace);
  await replace(page, "nginx:1.29", "nginx:1.30");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByRole("region", { name: "1 change" })).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("db was saved.")).toBeVisible();
  const stored = JSON.parse(await value("statefulset/db", "{.spec.template.metadata.annotations}", namespace));
  expect(stored).toEqual(odd);
});

test("who may not write reads so", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  const page = await signIn("carol");
  await open(page, namespace);
  await replace(page, "nginx:1.29", "nginx:1.30");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByText(/cannot update resource "statefulsets"/).first()).toBeVisible();
});

test("in Chinese, narrow and dark it is accessible; without JavaScript it is readable", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await page.goto(`/statefulsets/${namespace}/db/edit`);
  await expect(page.locator(".editor.ready")).toBeVisible();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  const plain = await signIn("admin", { javaScriptEnabled: false });
  await plain.goto(`/statefulsets/${namespace}/db/edit`);
  await expect(plain.getByRole("textbox", { name: "Manifest" })).toContainText("kind: StatefulSet");
});
