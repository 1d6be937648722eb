// Deleting a set: what goes and what stays is told first, and exactly that happens.
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const claims = (namespace: string) => kubectl(["get", "pvc", "-n", namespace, "-o", "jsonpath={.items[*].metadata.name}"]);
const ready = (namespace: string, name: string) =>
  kubectl(["rollout", "status", `statefulset/${name}`, "-n", namespace, "--timeout=30s"]);

/** The dialog of a set's page, with its plan read. */
async function open(page: Page, namespace: string, name: string) {
  await page.goto(`/statefulsets/${namespace}/${name}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${name}` });
  await expect(dialog.getByRole("heading", { name: "Goes" })).toBeVisible();
  return dialog;
}

test("it scales to 0 first, then exactly what was told goes", async ({ namespace, page }) => {
  test.slow();
  await apply(namespace, statefulSet("db", { replicas: 3, storageClass: "standard", annotations: { "sim/stop": "1s" } }));
  await ready(namespace, "db");
  const dialog = await open(page, namespace, "db");
  await expect(dialog.getByText("db-2 … db-0 stop one after the other, highest first.")).toBeVisible();
  await expect(dialog.getByText("3 pods, after up to 30 s each")).toBeVisible();
  await expect(dialog.getByText("3 claims, 3Gi in all: data-db-0, data-db-1, data-db-2")).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "delete it too" })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: /Delete the 3 claims too.*class standard has reclaim policy Delete/ })).not.toBeChecked();
  const button = dialog.getByRole("button", { name: "Delete db" });
  await expect(button).toBeDisabled();
  await axe(page);
  await dialog.getByLabel("Type db to confirm").fill("db");
  await button.click();
  await expect(page.getByRole("dialog", { name: "Stopping db" })).toBeVisible();
  await expect(page.getByText("Deleted: StatefulSet db, Service db. Stays: 3 claims (3Gi).")).toBeVisible();
  await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`);
  // Until then it is "Deleting": the garbage collector takes the revisions first, and has its own pace.
  await expect(page.getByRole("heading", { name: "No StatefulSet here yet" })).toBeVisible({ timeout: 60_000 });
  expect(await kubectl(["get", "statefulset,service", "-n", namespace, "-o", "name"])).toBe("");
  expect(await claims(namespace)).toBe("data-db-0 data-db-1 data-db-2");
});

test("the claims go when they are ticked, the Service stays when it is not", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  await ready(namespace, "db");
  const dialog = await open(page, namespace, "db");
  await dialog.getByRole("checkbox", { name: /Delete the 2 claims too/ }).check();
  await dialog.getByRole("checkbox", { name: "delete it too" }).uncheck();
  await dialog.getByRole("checkbox", { name: /Scale to 0 first/ }).uncheck();
  await expect(dialog.getByText("Its pods all stop at the same time, in no order.")).toBeVisible();
  await dialog.getByLabel("Type db to confirm").fill("db");
  await dialog.getByLabel("Type db to confirm").press("Enter");
  await expect(page.getByText("Deleted: StatefulSet db, 2 claims (2Gi). Stays: Service db.")).toBeVisible();
  await expect.poll(() => claims(namespace)).toBe("");
  expect(await value("service/db", "{.metadata.name}", namespace)).toBe("db");
});

test("until it reaches 0 one can think better of it", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 3, annotations: { "sim/stop": "20s" } }));
  await ready(namespace, "db");
  const dialog = await open(page, namespace, "db");
  await dialog.getByLabel("Type db to confirm").fill("db");
  await dialog.getByRole("button", { name: "Delete db" }).click();
  const waiting = page.getByRole("dialog", { name: "Stopping db" });
  await expect(waiting.getByText("Waiting for 3 pods to stop.")).toBeVisible();
  await expect.poll(() => value("statefulset/db", "{.spec.replicas}", namespace)).toBe("0");
  await waiting.press("Escape");
  const cancelled = page.getByRole("dialog", { name: "db is not deleted" });
  await expect(cancelled.getByText("It is asked for 0 replicas; db had 3.")).toBeVisible();
  await axe(page);
  await cancelled.getByRole("button", { name: "Scale db to 3" }).click();
  await expect(cancelled.getByText("3 replicas are asked for again.")).toBeVisible();
  await cancelled.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await value("statefulset/db", "{.spec.replicas}", namespace)).toBe("3");
  expect(await value("statefulset/db", "{.metadata.deletionTimestamp}", namespace)).toBe("");
});

test("a Service that others use, and other Services, stay unless one says otherwise", async ({ namespace, page }) => {
  const bundle = JSON.parse(statefulSet("db"));
  const other = structuredClone(bundle.items[1]);
  other.metadata.name = "replica";
  const reads = { ...bundle.items[0], metadata: { name: "db-read" }, spec: { selector: { app: "db" }, ports: [{ port: 80 }] } };
  bundle.items.push(other, reads);
  await apply(namespace, JSON.stringify(bundle));
  const dialog = await open(page, namespace, "db");
  await expect(dialog.getByRole("checkbox", { name: "delete it too" })).not.toBeChecked();
  await expect(dialog.getByText("Used by others: replica name it too, and would lose their DNS names.")).toBeVisible();
  await expect(dialog.getByText("Service db-read", { exact: true })).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "Delete Service db-read too" })).not.toBeChecked();
});

test("what Kubernetes deletes by itself is told", async ({ namespace, page }) => {
  const bundle = JSON.parse(statefulSet("db", { storageClass: "standard" }));
  bundle.items[1].spec.persistentVolumeClaimRetentionPolicy = { whenDeleted: "Delete", whenScaled: "Delete" };
  await apply(namespace, JSON.stringify(bundle));
  await ready(namespace, "db");
  await expect.poll(() => value("pvc/data-db-0", "{.metadata.ownerReferences[*].kind}", namespace)).toBe("StatefulSet");
  const dialog = await open(page, namespace, "db");
  await expect(dialog.getByText("1 claim, 1Gi: data-db-0 Kubernetes deletes them by itself: whenDeleted is Delete.")).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: /claim/ })).toHaveCount(1);
});

test("a claim that was made anew meanwhile stays, and is told", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 1, storageClass: "standard" }));
  await ready(namespace, "db");
  await kubectl(["scale", "statefulset/db", "--replicas=0", "-n", namespace]);
  await kubectl(["wait", "--for=delete", "pod/db-0", "-n", namespace, "--timeout=30s"]);
  const dialog = await open(page, namespace, "db");
  await dialog.getByRole("checkbox", { name: /Delete the 1 claim too/ }).check();
  await kubectl(["delete", "pvc", "data-db-0", "-n", namespace, "--timeout=20s"]);
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
  await apply(namespace, JSON.stringify({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data-db-0" }, spec }));
  await dialog.getByLabel("Type db to confirm").fill("db");
  await dialog.getByRole("button", { name: "Delete db" }).click();
  const told = page.getByRole("dialog", { name: "Not everything was deleted" });
  await expect(told.getByRole("listitem").filter({ hasText: "StatefulSet db" })).toContainText("deleted");
  await expect(told.getByRole("listitem").filter({ hasText: "data-db-0" })).toContainText("was made anew meanwhile; the new one stays");
  await expect(told.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await axe(page);
  await told.getByRole("button", { name: "Go to the list" }).click();
  await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`);
  expect(await claims(namespace)).toBe("data-db-0");
});

test("who may not delete reads so in the cluster's words", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  const dialog = await open(await signIn("carol"), namespace, "db");
  await expect(dialog.getByText(/statefulsets.apps "db" is forbidden: User "carol" cannot delete resource/)).toBeVisible();
  await expect(dialog.getByLabel("Type db to confirm")).toBeDisabled();
});

test("the list leads to it; Escape closes it and gives the page back", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await page.goto(`/statefulsets?ns=${namespace}`);
  await page.getByRole("row", { name: /db/ }).getByRole("link", { name: "Delete db" }).click();
  await expect(page.getByRole("dialog", { name: "Delete db" }).getByLabel("Type db to confirm")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(`/statefulsets/${namespace}/db`);
  await page.getByRole("link", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("link", { name: "Delete", exact: true })).toBeFocused();
});

test("the dialog is accessible in Chinese, dark and narrow", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 3, storageClass: "standard" }));
  await ready(namespace, "db");
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await page.goto(`/statefulsets/${namespace}/db?delete=1`);
  await expect(page.getByRole("dialog", { name: "删除 db" }).getByRole("textbox")).toBeVisible();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
});
