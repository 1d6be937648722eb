// The list: in the first HTML, then live; its URL is its state; each user sees what they may.
import { apply, kubectl, statefulSet } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

test("rows are in the first HTML and readable without JavaScript", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, image: "postgres:17.2", storageClass: "standard" }));
  const page = await signIn("admin", { javaScriptEnabled: false });
  await expect(async () => {
    await page.goto(`/statefulsets?ns=${namespace}`);
    const row = page.getByRole("row", { name: /db/ });
    await expect(row).toContainText("Running", { timeout: 500 });
    await expect(row).toContainText("postgres:17.2");
    await expect(row).toContainText("2 × 1Gi");
  }).toPass();
  await page.getByRole("navigation", { name: "Status" }).getByRole("link", { name: /Stopped/ }).click();
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("a new set appears, rolls, and goes, without a reload", async ({ namespace, page }) => {
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByRole("heading", { name: "No StatefulSet here yet" })).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await apply(namespace, statefulSet("web", { replicas: 3 }));
  const row = page.getByRole("row", { name: /web/ });
  await expect(row).toContainText("Running");
  await expect(row.getByRole("list", { name: "Ordinals of web" }).getByRole("listitem")).toHaveText([
    "web-0: ready",
    "web-1: ready",
    "web-2: ready",
  ]);
  await kubectl(["set", "image", "statefulset/web", "web=nginx:0-does-not-exist", "-n", namespace]);
  await expect(row).toContainText("Stuck on web-2");
  await expect(row).toContainText("ImagePullBackOff");
  await expect(page.getByRole("link", { name: /Needs you/ })).toContainText("1");
  await kubectl(["delete", "statefulset", "web", "-n", namespace]);
  await expect(row).toHaveCount(0);
});

test("text, status and order are in the URL and survive a reload", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("alpha", { replicas: 0 }));
  await apply(namespace, statefulSet("beta"));
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("be");
  await expect(page.getByRole("row", { name: /alpha/ })).toHaveCount(0);
  await expect(page).toHaveURL(/q=be/);
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("be");
  await expect(page.getByRole("row", { name: /beta/ })).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await page.getByRole("link", { name: /Stopped/ }).click();
  await expect(page.getByRole("row", { name: /alpha/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /beta/ })).toHaveCount(0);
  await page.getByRole("link", { name: /^All/ }).click();
  await page.getByRole("link", { name: "Name" }).click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("link", { name: "Name" }).click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("row").nth(1)).toContainText("beta");
});

test("what needs somebody comes first", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("alpha"));
  await apply(namespace, statefulSet("zeta"));
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toContainText("alpha");
  await kubectl(["set", "image", "statefulset/zeta", "zeta=nginx:0-does-not-exist", "-n", namespace]);
  await expect(page.getByRole("row").nth(1)).toContainText("zeta");
});

test("several namespaces are chosen by links", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("only-here"));
  await page.goto(`/statefulsets?ns=${namespace}`);
  await page.locator("summary").click();
  await page.getByRole("link", { name: "Add team-a" }).click();
  await expect(page).toHaveURL(new RegExp(`ns=${namespace},team-a`));
  await expect(page.getByRole("columnheader", { name: "Namespace" })).toBeVisible();
  await expect(page.getByRole("row", { name: /only-here/ })).toContainText(namespace);
});

test("bob sees his namespace and no other", async ({ signIn, tolerate }) => {
  tolerate(/Failed to load resource/);
  const page = await signIn("bob");
  await page.goto("/statefulsets");
  await expect(page.locator("summary")).toContainText("team-a");
  await page.goto("/statefulsets?ns=orders");
  await expect(page.getByRole("heading", { name: "You may not see this" })).toBeVisible();
  await expect(page.getByText(/cannot (list|watch) resource "statefulsets"/)).toBeVisible();
});

test("dave is told that he may not", async ({ signIn, tolerate }) => {
  tolerate(/403/);
  const page = await signIn("dave");
  await page.goto("/statefulsets");
  await expect(page.getByRole("heading", { name: "You may not see this" })).toBeVisible();
});

test("two tabs cost the API server one watch", async ({ namespace, signIn }) => {
  const watches = async (page: import("@playwright/test").Page) => {
    const text = await (await page.request.get("/metrics")).text();
    return Number(/ordinal_upstream_watches (\d+)/.exec(text)?.[1] ?? "0");
  };
  const first = await signIn("carol");
  await first.goto(`/statefulsets?ns=${namespace}`);
  await expect(first.getByText("Live", { exact: true })).toBeVisible();
  const before = await watches(first);
  expect(before).toBeGreaterThan(0);
  const second = await signIn("carol");
  await second.goto(`/statefulsets?ns=${namespace}`);
  await expect(second.getByText("Live", { exact: true })).toBeVisible();
  expect(await watches(second)).toBe(before);
});

test("it is accessible, in Chinese, in the dark, and on a telephone", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("web", { replicas: 3 }));
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByRole("heading", { name: "StatefulSet" })).toBeVisible();
  await expect(page.getByText("运行中").first()).toBeVisible();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await axe(page);
  await page.getByRole("button", { name: "EN" }).click();
  await expect(page.getByRole("heading", { name: "StatefulSets" })).toBeVisible();
  await page.getByRole("button", { name: /Theme/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await axe(page);
});
