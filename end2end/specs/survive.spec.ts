// What a long operation has begun is in the cluster: a reload, another tab and another console go on with it.
import { apply, kubectl, kubeconfig, statefulSet, value } from "../cluster.ts";
import { Console } from "../console.ts";
import { expect, test } from "../fixtures.ts";

const ready = (namespace: string, name: string) =>
  kubectl(["rollout", "status", `statefulset/${name}`, "-n", namespace, "--timeout=30s"]);
const claims = (namespace: string) => kubectl(["get", "pvc", "-n", namespace, "-o", "jsonpath={.items[*].metadata.name}"]);
/** A finalizer of somebody keeps the pod, so that the set does not reach 0 before it is taken off. */
const hold = (namespace: string, pod: string, finalizers: string[]) =>
  kubectl(["patch", "pod", pod, "-n", namespace, "--type=merge", "-p", JSON.stringify({ metadata: { finalizers } })]);

test("a delete goes on after the console was killed in the middle of it", async ({ namespace, browser, contextOptions }) => {
  test.slow();
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  await ready(namespace, "db");
  await hold(namespace, "db-0", ["example.com/slow"]);
  const first = await Console.start("admin");
  const context = await browser.newContext({ ...contextOptions, baseURL: first.origin, storageState: await first.signIn() });
  const page = await context.newPage();
  await page.goto(`/statefulsets/${namespace}/db?delete=1`);
  const dialog = page.getByRole("dialog", { name: "Delete db" });
  await dialog.getByText("Claim by claim").click();
  await dialog.getByRole("checkbox", { name: /^data-db-1 / }).check();
  await expect(dialog.getByText("1 claim, 1Gi: data-db-1")).toBeVisible();
  await dialog.getByLabel("Type db to confirm").fill("db");
  await dialog.getByLabel("Type db to confirm").press("Enter");
  await expect(page.getByRole("dialog", { name: "Stopping db" })).toBeVisible();
  await expect.poll(() => value("statefulset/db", "{.spec.replicas}", namespace)).toBe("0");
  // The same tab goes on by itself.
  await page.reload();
  await expect(page.getByRole("dialog", { name: "Stopping db" })).toBeVisible();
  process.kill(first.pid, "SIGKILL");
  await context.close();

  const second = await Console.start("admin");
  try {
    const context = await browser.newContext({ ...contextOptions, baseURL: second.origin, storageState: await second.signIn() });
    const page = await context.newPage();
    await page.goto(`/statefulsets/${namespace}/db`);
    await page.getByRole("link", { name: "Look at it…" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete db" });
    await expect(dialog.getByRole("listitem").filter({ hasText: "PersistentVolumeClaim data-db-1" })).toBeVisible();
    expect(await value("statefulset/db", "{.metadata.deletionTimestamp}", namespace), "nobody is asked for").toBe("");
    await dialog.getByRole("button", { name: "Go on deleting" }).click();
    await hold(namespace, "db-0", []);
    await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`, { timeout: 30_000 });
    await expect.poll(() => claims(namespace), { timeout: 30_000 }).toBe("data-db-0");
    await expect.poll(() => value("statefulset/db", "{.metadata.name}", namespace), { timeout: 60_000 }).toBe("");
    await context.close();
  } finally {
    await second.stop();
  }
});

test("what was begun elsewhere can be put back", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2 }));
  await ready(namespace, "db");
  const uid = await value("statefulset/db", "{.metadata.uid}", namespace);
  const note = { from: 2, propagation: "Foreground", objects: [["StatefulSet", "db", uid]] };
  const annotations = { "ordinal.dev/delete": JSON.stringify(note), "ordinal.dev/replicas": "2" };
  await kubectl(["patch", "statefulset", "db", "-n", namespace, "--type=merge", "-p", JSON.stringify({ metadata: { annotations }, spec: { replicas: 0 } })]);
  await page.goto(`/statefulsets/${namespace}/db`);
  await page.getByRole("link", { name: "Look at it…" }).click();
  await page.getByRole("button", { name: "Do not delete it" }).click();
  await page.getByRole("button", { name: "Scale db to 2" }).click();
  await expect(page.getByText("2 replicas are asked for again.")).toBeVisible();
  expect(await value("statefulset/db", "{.spec.replicas} {.metadata.annotations}", namespace)).not.toContain("ordinal.dev");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("A delete of this set was begun and waits.")).toHaveCount(0);
});

test("autoscaler, budget and access Service go along when they are ticked; finalizers are named", async ({ namespace, page }) => {
  const bundle = JSON.parse(statefulSet("db"));
  bundle.items.push(
    { ...bundle.items[0], metadata: { name: "db-read" }, spec: { selector: { app: "db" }, ports: [{ port: 80 }] } },
    { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "db" }, spec: { minAvailable: 1, selector: { matchLabels: { app: "db" } } } },
  );
  await apply(namespace, JSON.stringify(bundle));
  await ready(namespace, "db");
  await kubectl(["autoscale", "statefulset/db", "-n", namespace, "--min=1", "--max=3", "--cpu=80%"]);
  await kubectl(["patch", "statefulset", "db", "-n", namespace, "--type=merge", "-p", JSON.stringify({ metadata: { finalizers: ["example.com/backup"] } })]);
  await page.goto(`/statefulsets/${namespace}/db?delete=1`);
  const dialog = page.getByRole("dialog", { name: "Delete db" });
  await expect(dialog.getByText("db: example.com/backup")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "Delete HorizontalPodAutoscaler db too" }).check();
  await dialog.getByRole("checkbox", { name: "Delete PodDisruptionBudget db too" }).check();
  await dialog.getByRole("checkbox", { name: "Delete Service db-read too" }).check();
  await dialog.getByLabel("Propagation").selectOption("Orphan");
  await expect(dialog.getByText("The pods stay and run, without a set that makes them anew.")).toBeVisible();
  await dialog.getByLabel("Type db to confirm").fill("db");
  await dialog.getByLabel("Type db to confirm").press("Enter");
  await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`);
  await kubectl(["patch", "statefulset", "db", "-n", namespace, "--type=json", "-p", '[{"op":"remove","path":"/metadata/finalizers/0"}]']);
  await expect.poll(() => kubectl(["get", "statefulset,hpa,pdb,service", "-n", namespace, "-o", "name"]), { timeout: 30_000 }).toBe("service/db");
  expect(await value("pod/db-0", "{.metadata.ownerReferences}", namespace)).toBe("");
});

test("a read-only console shows no control that changes, and refuses every write", async ({ namespace, browser, contextOptions }) => {
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  const console = await Console.start("admin", kubeconfig("admin"), ["--read-only"]);
  try {
    const context = await browser.newContext({ ...contextOptions, baseURL: console.origin, storageState: await console.signIn() });
    const page = await context.newPage();
    for (const path of [`/statefulsets?ns=${namespace}`, `/statefulsets/${namespace}/db`, `/pods/${namespace}/db-0`]) {
      await page.goto(path);
      await expect(page.getByText("Live", { exact: true })).toBeVisible();
      await expect(page.getByText("Read-only", { exact: true })).toBeVisible();
      await expect(page.getByRole("link", { name: /^(Delete|Edit|Create|Scale|Import)/ })).toHaveCount(0);
      await expect(page.getByRole("button", { name: /^(Delete|Evict|Force|Select|One more)/ })).toHaveCount(0);
    }
    await page.goto(`/statefulsets/${namespace}/db?delete=1`);
    await expect(page.getByRole("heading", { name: "db", level: 1 })).toBeVisible();
    await page.goto(`/statefulsets/${namespace}/db/edit`);
    await expect(page.getByText("nothing is changed through it")).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const uid = await value("statefulset/db", "{.metadata.uid}", namespace);
    const body = { namespace, name: "db", uid, from: 1, replicas: 2 };
    const answer = await page.request.post("/api/sets/scale", { data: body, headers: { origin: console.origin } });
    expect([answer.status(), await answer.text()]).toEqual([403, '["ReadOnly"]']);
    expect(await value("statefulset/db", "{.spec.replicas}", namespace)).toBe("1");
    await context.close();
  } finally {
    await console.stop();
  }
});
