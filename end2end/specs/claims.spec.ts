// The claims of sets: which are in use, which are left behind, and deleting those.
import { apply, kubectl, statefulSet } from "../cluster.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

const claims = (namespace: string) => kubectl(["get", "pvc", "-n", namespace, "-o", "jsonpath={.items[*].metadata.name}"]);

/** A set scaled from 3 to 1, one that is gone, and a claim of nobody. */
async function scene(namespace: string): Promise<void> {
  const own = { accessModes: ["ReadWriteOnce"], storageClassName: "standard", resources: { requests: { storage: "5Gi" } } };
  const strange = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "cache-old-0" }, spec: own };
  for (const manifest of [
    statefulSet("db", { replicas: 3, storageClass: "standard", parallel: true }),
    statefulSet("old", { storageClass: "standard" }),
    JSON.stringify(strange),
  ]) {
    await apply(namespace, manifest);
  }
  for (const name of ["db", "old"]) await kubectl(["rollout", "status", `statefulset/${name}`, "-n", namespace, "--timeout=30s"]);
  await kubectl(["scale", "statefulset/db", "--replicas=1", "-n", namespace]);
  await kubectl(["delete", "statefulset", "old", "-n", namespace]);
  for (const pod of ["db-1", "db-2", "old-0"]) await kubectl(["wait", "--for=delete", `pod/${pod}`, "-n", namespace, "--timeout=30s"]);
}

test("what is left behind is marked, summed, and deleted by name and by number", async ({ namespace, page }) => {
  await scene(namespace);
  await page.goto(`/claims?ns=${namespace}`);
  await expect(page.getByRole("row", { name: /data-db-0/ })).toContainText("db-0");
  await expect(page.getByRole("row", { name: /data-db-2/ })).toContainText("ordinal 2 is beyond the replicas of db");
  await expect(page.getByRole("row", { name: /no such StatefulSet/ })).toContainText("old gone no such StatefulSet; told by the label app=old");
  await expect(page.getByText("3 claims are left behind: 3Gi that no pod uses")).toBeVisible();
  await expect(page.getByText("cache-old-0"), "a claim of nobody's set").toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "Choose data-db-0" })).toHaveCount(0);
  await axe(page);

  await page.getByRole("button", { name: "Delete data-old-0" }).click();
  const one = page.getByRole("dialog", { name: "Delete data-old-0" });
  await expect(one.getByText("class standard has reclaim policy Delete.")).toBeVisible();
  await axe(page);
  await one.getByLabel("Type data-old-0 to confirm").fill("data-old-0");
  await one.getByRole("button", { name: "Delete 1 claim (1Gi)" }).click();
  await expect(page.getByText("Deleted: 1 claim (1Gi).")).toBeVisible();
  await expect(page.getByRole("row", { name: /data-old-0/ })).toHaveCount(0);

  await page.getByRole("checkbox", { name: "Choose what db left behind" }).check();
  await page.getByRole("button", { name: "Delete 2 claims (2Gi)" }).click();
  const two = page.getByRole("dialog", { name: "Delete 2 claims (2Gi)" });
  await expect(two.getByText("A pod that comes back to the ordinal starts empty.")).toBeVisible();
  await two.getByLabel("Type db or 2 to confirm").fill("2");
  await two.getByRole("button", { name: "Delete 2 claims (2Gi)" }).click();
  await expect(page.getByRole("row", { name: /data-db-2/ })).toHaveCount(0);
  await expect.poll(() => claims(namespace)).toBe("cache-old-0 data-db-0");
});

test("a claim that is in use again when it is deleted stays", async ({ namespace, page }) => {
  await scene(namespace);
  await page.goto(`/claims?ns=${namespace}&show=left`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Delete data-db-2" }).click();
  await page.getByLabel("Type data-db-2 to confirm").fill("data-db-2");
  await kubectl(["scale", "statefulset/db", "--replicas=3", "-n", namespace]);
  await page.getByRole("button", { name: "Delete 1 claim (1Gi)" }).click();
  const told = page.getByRole("dialog", { name: "Not everything was deleted" });
  await expect(told.getByRole("listitem")).toContainText("is in use again and stays");
  await told.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row", { name: /data-db-2/ }), "no longer left behind").toHaveCount(0);
  expect(await claims(namespace)).toContain("data-db-2");
});

test("it is found from the frame and from a set, and readable without JavaScript", async ({ namespace, page, signIn }) => {
  await scene(namespace);
  await page.goto(`/statefulsets/${namespace}/db`);
  await page.getByRole("link", { name: "Review" }).click();
  await expect(page).toHaveURL(`/claims?ns=${namespace}&show=left`);
  await expect(page.getByRole("row", { name: /data-db-1/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /data-db-0/ })).toHaveCount(0);
  await page.getByRole("link", { name: /All/ }).click();
  await expect(page.getByRole("row", { name: /data-db-0/ })).toBeVisible();

  const still = await signIn("admin", { javaScriptEnabled: false });
  await still.goto(`/statefulsets?ns=${namespace}`);
  await still.getByRole("link", { name: "Claims" }).click();
  await expect(still).toHaveURL(`/claims?ns=${namespace}`);
  await expect(still.getByRole("row", { name: /data-db-2/ })).toContainText("left behind");
});

test("forbidden, and empty, are told", async ({ namespace, signIn, page, tolerate }) => {
  tolerate(/403/);
  await page.goto(`/claims?ns=${namespace}`);
  await expect(page.getByRole("heading", { name: "No claims of StatefulSets here" })).toBeVisible();
  await page.goto(`/claims?ns=${namespace}&show=left`);
  await expect(page.getByRole("heading", { name: "Nothing is left behind" })).toBeVisible();
  const dave = await signIn("dave");
  await dave.goto(`/claims?ns=${namespace}`);
  await expect(dave.getByRole("heading", { name: "You may not see this" })).toBeVisible();
  await expect(dave.getByText(/persistentvolumeclaims is forbidden: User "dave" cannot/)).toBeVisible();
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await scene(namespace);
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    await page.goto(`/claims?ns=${namespace}`);
    await expect(page.getByRole("row", { name: /data-db-0/ })).toBeVisible();
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  }
});
