// The detail page: status with its cause, ordinals live, scaling with its effect first.
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

const replicas = (namespace: string) => value("statefulset/db", "{.spec.replicas}", namespace);

test("scaling tells its effect before anything is sent, up and down", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  await page.goto(`/statefulsets/${namespace}/db`);
  await expect(page.getByRole("row", { name: /db-1/ })).toContainText("Running");
  await page.getByRole("button", { name: "One more" }).click();
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.getByText("db from 2 to 4")).toBeVisible();
  await expect(page.getByText("db-3 starts once db-2 is ready")).toBeVisible();
  await expect(page.getByText("data-db-2 1Gi New")).toBeVisible();
  expect(await replicas(namespace)).toBe("2");
  await page.getByRole("button", { name: "Scale db to 4" }).click();
  await expect(page.getByRole("row", { name: /db-3/ })).toContainText("Running");
  await expect(page.getByRole("row", { name: /db-3/ })).toContainText("1Gi · Bound");

  await page.getByRole("textbox", { name: "Replicas" }).fill("1");
  await expect(page.getByText("db-2 stops once db-3 is gone")).toBeVisible();
  await expect(page.getByText("data-db-3 1Gi Stays")).toBeVisible();
  await page.getByRole("textbox", { name: "Replicas" }).press("Enter");
  await expect(page.getByText("3 claims remain without a pod")).toBeVisible();
  await expect(page.getByRole("list", { name: "Ordinals of db" }).getByRole("listitem").nth(3)).toHaveText(/no pod; its claims remain/);
  expect(await replicas(namespace)).toBe("1");

  await page.getByRole("textbox", { name: "Replicas" }).fill("-1");
  await expect(page.getByText("A whole number from 0 to 10000.")).toBeVisible();
  await page.getByRole("textbox", { name: "Replicas" }).press("Escape");
  await expect(page.getByRole("textbox", { name: "Replicas" })).toHaveValue("1");
});

test("a bad image is seen as stuck, with the pod, the cause and what Kubernetes will not do", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web", { replicas: 2 }));
  await page.goto(`/statefulsets/${namespace}/web`);
  await expect(page.getByText("Running").first()).toBeVisible();
  await kubectl(["set", "image", "statefulset/web", "web=nginx:0-does-not-exist", "-n", namespace]);
  await expect(page.getByText("Stuck on web-1")).toBeVisible();
  await expect(page.getByText("The rollout cannot go on.")).toBeVisible();
  await expect(page.getByText(/waiting for the broken pod until it is deleted/)).toBeVisible();
  await page.getByRole("link", { name: /Events/ }).click();
  await expect(page.getByRole("row", { name: /Pod\/web-1/ }).first()).toBeVisible();
});

test("its parts are readable without JavaScript", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 1, storageClass: "standard" }));
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=30s"]);
  const page = await signIn("admin", { javaScriptEnabled: false });
  await page.goto(`/statefulsets/${namespace}/db`);
  await expect(page.getByRole("row", { name: /db-0/ })).toContainText("1Gi · Bound");
  await page.getByRole("link", { name: "Network" }).click();
  await expect(page.getByText(`db-0.db.${namespace}.svc`)).toBeVisible();
  await page.getByRole("link", { name: "Metadata" }).click();
  await expect(page.getByText("OrderedReady: one after the other")).toBeVisible();
  await page.getByRole("link", { name: "YAML" }).click();
  await expect(page.getByText(/kind: StatefulSet/)).toBeVisible();
  await expect(page.getByText(/managedFields/)).toHaveCount(0);
});

test("its YAML is had as it is or clean, copied or as a file", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets/${namespace}/db?tab=yaml`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByText(/resourceVersion/)).toBeVisible();
  await page.getByRole("button", { name: "Without what the cluster wrote" }).click();
  await expect(page.getByText(/resourceVersion|creationTimestamp|status:/)).toHaveCount(0);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("statefulset-db.yaml");
});

test("a missing Service is told", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web"));
  await kubectl(["delete", "service", "web", "-n", namespace]);
  await page.goto(`/statefulsets/${namespace}/web?tab=network`);
  await expect(page.getByText(/names the Service web, which does not exist/)).toBeVisible();
});

test("a viewer may look and not scale", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("web"));
  const page = await signIn("carol");
  await page.goto(`/statefulsets/${namespace}/web`);
  await expect(page.getByRole("row", { name: /web-0/ })).toContainText("Running");
  await expect(page.getByRole("button", { name: "One more" })).toBeDisabled();
});

test("a set that does not exist, and one that goes while it is looked at", async ({ namespace, page, tolerate }) => {
  tolerate(/404/);
  await page.goto(`/statefulsets/${namespace}/nothing`);
  await expect(page.getByRole("heading", { name: "There is no such StatefulSet" })).toBeVisible();
  await apply(namespace, statefulSet("web"));
  await page.goto(`/statefulsets/${namespace}/web`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await kubectl(["delete", "statefulset", "web", "-n", namespace]);
  await expect(page.getByText("web was deleted while you looked at it.")).toBeVisible();
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 3, storageClass: "standard" }));
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    for (const tab of ["", "network", "events", "metadata", "yaml"]) {
      await page.goto(`/statefulsets/${namespace}/db?tab=${tab}`);
      await expect(page.getByRole("heading", { name: "db", level: 1 })).toBeVisible();
      await axe(page);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  }
});
