// The parts of a set's page: rows that open, the template, storage, events, and what people write about a set.
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

test("rows are found, ordered and opened", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 3, storageClass: "standard" }));
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await page.goto(`/statefulsets/${namespace}/db`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const ip = await value("pod/db-1", "{.status.podIP}", namespace);
  await expect(page.getByRole("row", { name: /db-1/ })).toContainText(ip);
  const search = page.getByRole("searchbox", { name: /Search pods/ });
  await search.pressSequentially("DB-1");
  await expect(page.getByRole("row", { name: /db-/ })).toHaveCount(1);
  await expect(page.getByText("1 shown")).toBeVisible();
  await search.press("Escape");
  await expect(page.getByRole("row", { name: /db-/ })).toHaveCount(3);
  await page.getByRole("button", { name: "Restarts" }).press("Enter");
  await expect(page.getByRole("columnheader", { name: "Restarts" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("button", { name: "Containers of db-2" }).press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "data-db-2" })).toContainText("RWO");
  await expect(page.getByRole("listitem").filter({ hasText: "No restarts" })).toContainText("Running");
  await page.getByRole("button", { name: "Containers of db-0" }).press("Enter");
  await expect(page.getByText("data-db-2")).toHaveCount(0);
});

test("its template and its storage are readable without JavaScript", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 1, storageClass: "standard" }));
  await kubectl(["set", "env", "statefulset/db", "MODE=primary", "-n", namespace]);
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  const page = await signIn("admin", { javaScriptEnabled: false });
  await page.goto(`/statefulsets/${namespace}/db?tab=containers`);
  await expect(page.getByRole("row", { name: /MODE/ })).toContainText("primary");
  await page.getByRole("link", { name: "Storage" }).click();
  await expect(page.getByRole("row", { name: /db-0/ })).toContainText("RWO");
  await expect(page.getByRole("row", { name: /db-0/ })).toContainText("standard");
});

test("events that say the same are one row, and warnings are found", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web", { replicas: 3 }));
  await kubectl(["rollout", "status", "statefulset/web", "-n", namespace, "--timeout=60s"]);
  await page.goto(`/statefulsets/${namespace}/web?tab=events`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: /SuccessfulCreate/ })).toHaveCount(1);
  await kubectl(["set", "image", "statefulset/web", "web=nginx:0-does-not-exist", "-n", namespace]);
  await page.getByRole("button", { name: /^Warnings/ }).click();
  await expect(page.getByRole("row", { name: /Pod\/web-2/ }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /SuccessfulCreate/ })).toHaveCount(0);
});

test("a missing Service is created by what was shown", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web"));
  await kubectl(["delete", "service", "web", "-n", namespace]);
  await page.goto(`/statefulsets/${namespace}/web?tab=network`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Create Service web…" }).click();
  const dialog = page.getByRole("dialog", { name: "Create Service web" });
  await expect(dialog.getByText(/clusterIP: None/)).toBeVisible();
  await dialog.getByRole("button", { name: "Create Service web" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("Its selector finds the pods of this set.")).toBeVisible();
  expect(await value("service/web", "{.spec.clusterIP}", namespace)).toBe("None");
});

test("what is written about a set touches no pod, and nobody's words are written over", async ({ namespace, page, tolerate }) => {
  tolerate(/409/);
  await apply(namespace, statefulSet("web"));
  await page.goto(`/statefulsets/${namespace}/web?tab=metadata`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const generation = await value("statefulset/web", "{.metadata.generation}", namespace);
  const dialog = page.getByRole("dialog", { name: "Edit information" });
  await page.getByRole("button", { name: "Edit information" }).click();
  await dialog.getByRole("textbox", { name: "Alias" }).pressSequentially("Shop");
  await dialog.getByRole("textbox", { name: "Description" }).pressSequentially("all that is sold");
  await dialog.getByRole("textbox", { name: /Labels/ }).press("Control+End");
  await dialog.getByRole("textbox", { name: /Labels/ }).pressSequentially("\nteam");
  await expect(dialog.getByText("team: a label is written key=value")).toBeVisible();
  await dialog.getByRole("textbox", { name: /Labels/ }).pressSequentially("=blue");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("all that is sold").first()).toBeVisible();
  expect(await value("statefulset/web", "{.metadata.labels.team}", namespace)).toBe("blue");
  expect(await value("statefulset/web", "{.metadata.generation}", namespace)).toBe(generation);
  await page.getByRole("button", { name: "Edit information" }).click();
  await kubectl(["annotate", "--overwrite", "statefulset/web", "kubernetes.io/description=somebody's", "-n", namespace]);
  await dialog.getByRole("textbox", { name: "Description" }).fill("mine");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/somebody else changed it meanwhile/)).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Description" })).toHaveValue("mine");
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByRole("row", { name: /web/ })).toContainText("Shop");
});

test("its new parts are accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    for (const tab of ["containers", "storage", "events"]) {
      await page.goto(`/statefulsets/${namespace}/db?tab=${tab}`);
      await expect(page.getByRole("heading", { name: "db", level: 1 })).toBeVisible();
      await axe(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${tab}: nothing scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
});
