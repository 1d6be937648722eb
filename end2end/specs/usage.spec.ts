// What pods use, as the metrics server of the control plane measures it.
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const annotations = { "sim/cpu": "250m", "sim/mem": "512Mi" };
/** It measures every 10 s and wants two measurements of a pod; the console asks every 15 s. */
const measured = { timeout: 60_000 };

test("each pod and all together, and a pod that is made anew begins anew", async ({ namespace, page, signIn }) => {
  test.setTimeout(240_000);
  const resources = { requests: { cpu: "500m" }, limits: { cpu: "1", memory: "1Gi" } };
  const plain = statefulSet("db", { replicas: 2, annotations });
  await apply(namespace, plain.replace('"image":', `"resources":${JSON.stringify(resources)},"image":`));
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);

  await page.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(page.getByText(/Without a reading yet: db-0/)).toBeVisible();
  const all = page.getByRole("region", { name: "All pods together" });
  const memory = all.getByRole("img", { name: /^Memory: 1Gi · 50 % of request · 50 % of limit/ });
  await expect(memory).toBeVisible(measured);
  await expect(all.getByRole("img", { name: /^CPU: \d+m · (49|50|51) % of request · (24|25|26) % of limit/ })).toBeVisible();
  await expect(all.getByText(/Without a reading/)).toHaveCount(0);
  const row = page.getByRole("row", { name: /db-1/ });
  await expect(row).toContainText("512Mi50 % of request · 50 % of limit");

  await page.getByRole("link", { name: "Memory" }).click();
  await expect(page.getByRole("columnheader", { name: "Memory" })).toHaveAttribute("aria-sort", "descending");
  await all.getByText("As numbers").click();
  await expect(all.getByRole("row").nth(1)).toContainText("1Gi");
  await axe(page);

  // The table of the ordinals, and the pod's own page, share the readings.
  await page.getByRole("link", { name: /^Ordinals/ }).click();
  await expect(page.getByRole("row", { name: /db-0/ })).toContainText("512Mi");
  await page.goto(`/pods/${namespace}/db-0`);
  const panel = page.getByRole("region", { name: "Use" });
  await expect(panel.getByRole("img", { name: /^Memory: 512Mi · 50 % of request · 50 % of limit/ })).toBeVisible();

  const still = await signIn("admin", { javaScriptEnabled: false });
  await still.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(still.getByRole("row", { name: /db-0/ })).toContainText("512Mi");
  const narrow = { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } } as const;
  const other = await signIn("admin", narrow);
  await other.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(other.getByRole("row", { name: /db-0/ })).toContainText("512Mi");
  await axe(other);

  // The sum waits until the new pod has been measured, and no curve joins two lives.
  await page.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(memory).toBeVisible();
  const old = await value("pod/db-1", "{.metadata.uid}", namespace);
  await kubectl(["delete", "pod", "db-1", "-n", namespace, "--wait=false"]);
  await expect.poll(() => value("pod/db-1", "{.metadata.uid}", namespace)).not.toBe(old);
  await expect(all.getByText(/Without a reading yet: db-1/)).toBeVisible(measured);
  await expect(row).toContainText("no reading");
});

test("how full a volume is, is measured when somebody asks", async ({ namespace, page, tolerate }) => {
  tolerate(/503/);
  // On the simulated nodes `df` runs on this machine.
  const plain = statefulSet("db", { storageClass: "standard" });
  await apply(namespace, plain.replace('"mountPath":"/data"', '"mountPath":"/tmp"'));
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await page.goto(`/statefulsets/${namespace}/db?tab=storage`);
  const row = page.getByRole("row", { name: /db-0/ });
  await row.getByRole("button", { name: "Measure how full data-db-0 is" }).click();
  await expect(row).toContainText(/\d[.\d]*[KMGT]i of \d[.\d]*[KMGT]i · \d+ %/);
  await expect(row).toContainText("by df in db-0");
  await axe(page);

  // What the container's own `df` says where it cannot measure stands in its place, and the button stays.
  await kubectl(["delete", "pod", "db-0", "-n", namespace, "--wait=false"]);
  const missing = plain.replace('"mountPath":"/data"', '"mountPath":"/does-not-exist-here"');
  await apply(namespace, missing);
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await row.getByRole("button", { name: "Measure how full data-db-0 is" }).click();
  await expect(row.getByRole("alert")).toContainText("does-not-exist-here");
});
