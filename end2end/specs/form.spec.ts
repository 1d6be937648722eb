// The form over an existing set: what is fixed is locked with its reason, all else says what it does.
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const step = (page: Page, name: string) => page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: new RegExp(name) }).click();

test("the steps of the wizard edit a set that exists", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  const before = await value("statefulset/db", "{.spec.volumeClaimTemplates}", namespace);
  await page.goto(`/statefulsets/${namespace}/db`);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.locator(".wiz.ready")).toBeVisible();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toBeDisabled();
  await expect(name).toHaveAccessibleDescription(/fixes this/);
  await expect(page.getByRole("combobox", { name: "Namespace" })).toBeDisabled();
  await expect(page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: "Service" })).toHaveCount(0);
  await axe(page);

  await step(page, "Containers");
  await page.getByRole("textbox", { name: "Image" }).fill("nginx:1.30");
  await expect(page.locator(".field", { hasText: "Image" }).first()).toContainText("replaces pods");
  await step(page, "Volume templates");
  await expect(page.getByRole("textbox", { name: "Capacity" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Add volume template" })).toHaveCount(0);
  await step(page, "Labels");
  await expect(page.getByRole("textbox", { name: "Key 1" }).first()).toBeDisabled();
  await page.getByRole("button", { name: "Add label" }).click();
  await page.getByRole("textbox", { name: "Key 2" }).fill("tier");
  await page.getByRole("textbox", { name: "Value 2" }).fill("data");
  await step(page, "Review");
  const changes = page.getByRole("region", { name: "2 changes" });
  await expect(changes).toContainText("spec.template.spec.containers[name=db].image");
  await expect(changes).toContainText("spec.template.metadata.labels.tier");
  await axe(page);
  // Meanwhile somebody scales: that is kept.
  await kubectl(["scale", "statefulset/db", "--replicas=3", "-n", namespace]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/db`);
  expect(await value("statefulset/db", "{.spec.template.spec.containers[0].image} {.spec.replicas}", namespace)).toBe("nginx:1.30 3");
  expect(JSON.parse(await value("statefulset/db", "{.spec.selector.matchLabels}", namespace))).toEqual({ app: "db" });
  expect(await value("statefulset/db", "{.spec.volumeClaimTemplates}", namespace)).toBe(before);
});

test("form and text are two views of the same draft, which a reload keeps", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets/${namespace}/db/edit?step=containers`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByRole("textbox", { name: "Image" }).fill("nginx:1.31");
  await page.getByRole("link", { name: "Code" }).click();
  await expect(page.locator(".editor.ready")).toContainText("nginx:1.31");
  await page.getByRole("link", { name: "Edit in the form" }).click();
  await step(page, "Containers");
  await expect(page.getByRole("textbox", { name: "Image" })).toHaveValue("nginx:1.31");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Image" })).toHaveValue("nginx:1.31");
});

test("names come from the cluster, and any other may be typed", async ({ namespace, page, signIn }) => {
  await apply(namespace, statefulSet("db"));
  await kubectl(["create", "configmap", "settings", "--from-literal=mode=fast", "-n", namespace]);
  await kubectl(["create", "secret", "generic", "login", "--from-literal=password=hidden-value", "-n", namespace]);
  const answers: string[] = [];
  page.on("response", async (response) => {
    if (response.url().endsWith("/create/offers")) answers.push(await response.text());
  });
  await page.goto(`/statefulsets/${namespace}/db/edit?step=containers`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.locator("details.advanced > summary").filter({ hasText: "Command, arguments, environment" }).click();
  await page.getByRole("button", { name: "Add variable" }).click();
  await page.getByRole("textbox", { name: "Variable 1" }).fill("PASSWORD");
  await page.getByRole("combobox", { name: /source/ }).selectOption({ label: "Key of a Secret" });
  const secret = page.locator(".source").getByLabel("Name");
  await expect.poll(() => secret.evaluate((input: HTMLInputElement) => [...(input.list?.options ?? [])].map((o) => o.value))).toContain("login");
  await secret.fill("login");
  const key = page.locator(".source").getByLabel("Key");
  await expect.poll(() => key.evaluate((input: HTMLInputElement) => [...(input.list?.options ?? [])].map((o) => o.value))).toEqual(["password"]);
  expect(answers.join()).toContain("password");
  expect(answers.join(), "values stay on the server").not.toMatch(/hidden-value|aGlkZGVuLXZhbHVl/);
  // Who may list nothing types.
  const carol = await signIn("carol");
  await carol.goto(`/create?ns=${namespace}&step=containers`);
  await expect(carol.locator(".wiz.ready")).toBeVisible();
});

test("in Chinese, narrow and dark the form is accessible", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await page.goto(`/statefulsets/${namespace}/db/edit?step=basics`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
});
