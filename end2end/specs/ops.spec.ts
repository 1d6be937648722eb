// Everyday operations: the effect before the click, nobody's change overwritten, and the cluster does what was told.
import type { Locator, Page } from "@playwright/test";
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const ready = (namespace: string, name: string) =>
  kubectl(["rollout", "status", `statefulset/${name}`, "-n", namespace, "--timeout=30s"]);
const uid = (namespace: string, pod: string) => value(`pod/${pod}`, "{.metadata.uid}", namespace);
const image = (namespace: string, pod: string) => value(`pod/${pod}`, "{.spec.containers[0].image}", namespace);
const setImage = (namespace: string, name: string, to: string) =>
  kubectl(["set", "image", `statefulset/${name}`, `${name}=${to}`, "-n", namespace]);
const patch = (namespace: string, name: string, change: object) =>
  kubectl(["patch", "statefulset", name, "-n", namespace, "--type=merge", "-p", JSON.stringify(change)]);

/** The page of a set, live. */
async function page_of(page: Page, namespace: string, name: string, query = ""): Promise<void> {
  await page.goto(`/statefulsets/${namespace}/${name}${query}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
}

/** An operation of the menu, with its plan read. */
async function open(page: Page, item: string, title: string): Promise<Locator> {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: `${item}…` }).click();
  const dialog = page.getByRole("dialog", { name: title });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeVisible();
  return dialog;
}

test("a restart replaces what the partition does not spare, highest first, and tells how far it is", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 3, storageClass: "standard" }));
  await ready(namespace, "db");
  await patch(namespace, "db", { spec: { updateStrategy: { rollingUpdate: { partition: 1 } } } });
  const before = await Promise.all([0, 1, 2].map((n) => uid(namespace, `db-${n}`)));
  await page_of(page, namespace, "db");
  const dialog = await open(page, "Restart", "Restart db");
  const steps = dialog.getByRole("list").filter({ hasText: "is replaced" }).getByRole("listitem");
  await expect(steps.filter({ hasText: "is replaced" }).first()).toContainText("db-2");
  await expect(dialog.getByText("db-0 is left out: the partition is 1.")).toBeVisible();
  await expect(dialog.getByText("patch statefulsets.apps")).toBeVisible();
  await axe(page);
  const button = dialog.getByRole("button", { name: "Restart db" });
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Done: everything is as asked for.")).toBeVisible({ timeout: 30_000 });
  expect(await uid(namespace, "db-0")).toBe(before[0]);
  expect(await uid(namespace, "db-1")).not.toBe(before[1]);
  expect(await uid(namespace, "db-2")).not.toBe(before[2]);
  expect(await value("statefulset/db", "{.spec.template.metadata.annotations}", namespace)).toContain("kubectl.kubernetes.io/restartedAt");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/db`);
});

test("under OnDelete a restart offers the pods one by one, who leads at last", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 3 }));
  await ready(namespace, "db");
  await patch(namespace, "db", { spec: { updateStrategy: { type: "OnDelete", rollingUpdate: null } } });
  await kubectl(["label", "pod", "db-2", "-n", namespace, "role=primary"]);
  const before = await uid(namespace, "db-1");
  await page_of(page, namespace, "db");
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: "Restart…" }).click();
  const dialog = page.getByRole("dialog", { name: "Restart db" });
  await expect(dialog.getByText("Strategy OnDelete: Kubernetes replaces no pod by itself.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Delete db-/ })).toHaveCount(3);
  await expect(dialog.getByRole("listitem").filter({ hasText: "role=primary" })).toContainText("db-2");
  await expect(dialog.getByRole("button", { name: /^Delete db-/ }).last()).toHaveAccessibleName("Delete db-2");
  await dialog.getByRole("button", { name: "Delete db-1" }).click();
  await expect(dialog.getByRole("listitem").filter({ hasText: "db-1" })).toContainText("deleted, comes back");
  await expect.poll(() => uid(namespace, "db-1")).not.toBe(before);
  expect(await value("statefulset/db", "{.spec.template.metadata.annotations}", namespace)).not.toContain("restartedAt");
});

test("a stop remembers the number, an autoscaler pauses, and a start brings it back", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 3 }));
  await ready(namespace, "db");
  await kubectl(["autoscale", "statefulset/db", "-n", namespace, "--min=2", "--max=5", "--cpu=80%"]);
  await page_of(page, namespace, "db");
  const stop = await open(page, "Stop", "Stop db");
  await expect(stop.getByText("Nothing of db will run.")).toBeVisible();
  await expect(stop.getByText("HPA db pauses at 0")).toBeVisible();
  await expect(stop.getByText("Start brings 3 replicas back")).toBeVisible();
  await stop.getByRole("button", { name: "Stop db" }).click();
  await expect(stop.getByText("Done: everything is as asked for.")).toBeVisible({ timeout: 30_000 });
  expect(await value("statefulset/db", "{.metadata.annotations.ordinal\\.dev/replicas}", namespace)).toBe("3");
  await stop.getByRole("link", { name: "Start again…" }).click();
  const start = page.getByRole("dialog", { name: "Start db" });
  await expect(start.getByText("It had 3 replicas when it was stopped.")).toBeVisible();
  await expect(start.getByLabel("Replicas")).toHaveValue("3");
  await start.getByRole("button", { name: "Start db with 3" }).click();
  await expect(start.getByText("Done: everything is as asked for.")).toBeVisible({ timeout: 30_000 });
  expect(await value("statefulset/db", "{.spec.replicas} {.metadata.annotations.ordinal\\.dev/replicas}", namespace)).toBe("3");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("what somebody else changed meanwhile is not overwritten, and can be looked at", async ({ namespace, page, tolerate }) => {
  tolerate(/409/);
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  await page_of(page, namespace, "db");
  const dialog = await open(page, "Restart", "Restart db");
  await setImage(namespace, "db", "nginx:1.30");
  await dialog.getByRole("button", { name: "Restart db" }).click();
  await expect(dialog.getByText("Somebody else changed it: nothing was sent.")).toBeVisible();
  expect(await value("statefulset/db", "{.spec.template.metadata.annotations}", namespace)).not.toContain("restartedAt");
  await dialog.getByRole("button", { name: "Look at what it is now" }).click();
  await dialog.getByRole("button", { name: "Restart db" }).click();
  await expect.poll(() => value("statefulset/db", "{.spec.template.metadata.annotations}", namespace)).toContain("restartedAt");
  expect(await value("statefulset/db", "{.spec.template.spec.containers[0].image}", namespace)).toBe("nginx:1.30");
});

test("another image and limit go in together; a field that somebody else changed is not overwritten", async ({ namespace, page, tolerate }) => {
  tolerate(/409|422/);
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  await page_of(page, namespace, "db");
  let dialog = await open(page, "Image and resources", "Image and resources of db");
  await dialog.getByLabel("Image db").fill("nginx:1.31");
  await dialog.getByLabel("Memory limit db").fill("64Mi");
  await expect(dialog.getByText("is replaced")).toBeVisible();
  await axe(page);
  await setImage(namespace, "db", "nginx:1.30");
  await dialog.getByRole("button", { name: "Change and replace the pods" }).click();
  await expect(dialog.getByText('db image is "nginx:1.30" now, not "nginx:1.29"')).toBeVisible();
  expect(await value("statefulset/db", "{.spec.template.spec.containers[0].resources}", namespace)).toBe("{}");
  await dialog.getByRole("button", { name: "Look at what it is now" }).click();
  dialog = page.getByRole("dialog", { name: "Image and resources of db" });
  await expect(dialog.getByLabel("Image db")).toHaveValue("nginx:1.30");
  await dialog.getByLabel("Memory limit db").fill("lots");
  await dialog.getByRole("button", { name: "Change and replace the pods" }).click();
  await expect(dialog.getByText("It was not done.")).toBeVisible();
  await dialog.getByLabel("Memory limit db").fill("64Mi");
  await dialog.getByLabel("Memory limit db").press("Enter");
  await expect(dialog.getByText("Done: everything is as asked for.")).toBeVisible({ timeout: 30_000 });
  expect(await value("pod/db-0", "{.spec.containers[0].resources.limits.memory}", namespace)).toBe("64Mi");
});

test("a roll back tells the trap first, is tried first, and gives back the very manifest", async ({ namespace, page }) => {
  test.slow();
  const manifest = statefulSet("db", { replicas: 2, storageClass: "standard" });
  await apply(namespace, manifest);
  await ready(namespace, "db");
  const change = { spec: { template: { spec: { priorityClassName: "system-cluster-critical", containers: [{ name: "db", image: "nginx:does-not-exist", workingDir: "/tmp" }] } } } };
  await kubectl(["patch", "statefulset", "db", "-n", namespace, "--type=strategic", "-p", JSON.stringify(change)]);
  await expect.poll(() => image(namespace, "db-1")).toBe("nginx:does-not-exist");
  await page_of(page, namespace, "db", "?tab=revisions");
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("nginx:does-not-exist");
  await expect(rows.nth(1)).toContainText("new pods");
  await expect(rows.nth(1)).toContainText("db-1");
  await expect(rows.nth(2)).toContainText("db-0");
  await axe(page);
  await expect(page.getByRole("status").filter({ hasText: /does-not-exist|ImagePull|ErrImage/ }).first()).toBeVisible({ timeout: 30_000 });
  await rows.nth(2).getByRole("link", { name: /^Roll back to/ }).click();
  const dialog = page.getByRole("dialog", { name: "Roll db back" });
  await expect(dialog.getByText("The cluster would take it: it was tried by a dry run.")).toBeVisible();
  await expect(dialog.getByLabel("Difference of the templates")).toContainText("workingDir");
  await expect(dialog.getByText("Rolling back alone does not help: Kubernetes goes on waiting for db-1")).toBeVisible();
  await axe(page);
  await dialog.getByRole("button", { name: /^Roll back to/ }).click();
  await expect(dialog.getByText("It waits for db-1")).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Delete db-1" }).click();
  await expect.poll(() => image(namespace, "db-1"), { timeout: 30_000 }).toBe("nginx:1.29");
  await ready(namespace, "db");
  // kubectl diff ends with 1 where anything differs.
  expect(await kubectl(["diff", "-n", namespace, "-f", "-"], { input: manifest })).toBe("");
});

test("several sets are chosen by mouse and keys; each is told, and one failure stops nothing", async ({ namespace, page, tolerate }) => {
  tolerate(/409/);
  test.slow();
  for (const name of ["a1", "a2", "a3", "a4"]) await apply(namespace, statefulSet(name));
  for (const name of ["a1", "a2", "a3", "a4"]) await ready(namespace, name);
  await page.goto(`/statefulsets?ns=${namespace}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Select" }).click();
  await page.getByRole("checkbox", { name: "Choose a1" }).click();
  await page.getByRole("checkbox", { name: "Choose a3" }).click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 sets chosen")).toBeVisible();
  await page.getByRole("checkbox", { name: "Choose a4" }).press("Space");
  await expect(page.getByText("4 sets chosen")).toBeVisible();
  await axe(page);
  const bar = page.getByRole("toolbar", { name: "Chosen sets" });
  await bar.getByRole("button", { name: "Stop…" }).click();
  let dialog = page.getByRole("dialog", { name: "Stop 4 sets" });
  await expect(dialog.getByRole("listitem")).toHaveCount(4);
  // Made anew meanwhile: the one that was chosen is gone.
  await kubectl(["delete", "statefulset", "a2", "-n", namespace, "--cascade=orphan"]);
  await apply(namespace, statefulSet("a2"));
  await dialog.getByRole("button", { name: "Stop 4 sets" }).click();
  await expect(dialog.getByText("4 of 4 sets have ended. 1 failed.")).toBeVisible();
  await expect(dialog.getByRole("listitem").filter({ hasText: "a2" })).toContainText("is no longer the one you looked at");
  await expect(dialog.getByRole("listitem").filter({ hasText: "a1" })).toContainText("done");
  await axe(page);
  await dialog.getByRole("button", { name: "Close" }).click();
  expect(await kubectl(["get", "statefulset", "-n", namespace, "-o", "jsonpath={.items[*].spec.replicas}"])).toBe("0 1 0 0");

  await bar.getByRole("button", { name: "Start…", exact: true }).click();
  dialog = page.getByRole("dialog", { name: "Start 4 sets" });
  await dialog.getByRole("button", { name: "Start 4 sets" }).click();
  await expect(dialog.getByText("4 of 4 sets have ended.")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await kubectl(["get", "statefulset", "-n", namespace, "-o", "jsonpath={.items[*].spec.replicas}"])).toBe("1 1 1 1");

  // The one that was made anew was not chosen, and stays.
  await bar.getByRole("button", { name: "Delete…" }).click();
  dialog = page.getByRole("dialog", { name: "Delete 4 sets" });
  const send = dialog.getByRole("button", { name: "Delete 4 sets" });
  await expect(send).toBeDisabled();
  await dialog.getByLabel("Type 4 to confirm").fill("4");
  await send.click();
  await expect(dialog.getByText(/4 of 4 sets have ended/)).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect.poll(() => kubectl(["get", "statefulset", "-n", namespace, "-o", "jsonpath={.items[*].metadata.name}"]), { timeout: 60_000 }).toBe("a2");
});

test("the list and the palette scale, with the plan first", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 1, storageClass: "standard" }));
  await ready(namespace, "db");
  await page.goto(`/statefulsets?ns=${namespace}`);
  await page.getByRole("row", { name: /db/ }).getByRole("link", { name: "Scale db" }).click();
  const dialog = page.getByRole("dialog", { name: "Scale db" });
  await expect(dialog.getByLabel("Replicas")).toBeFocused();
  await page.keyboard.type("2");
  await expect(dialog.getByText("data-db-1")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Done: everything is as asked for.")).toBeVisible({ timeout: 30_000 });
  expect(await value("statefulset/db", "{.spec.replicas}", namespace)).toBe("2");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`);
  await expect(page.getByRole("link", { name: "Scale db" })).toBeFocused();

  // Opened by the address alone, as by a reload or by a click before the page was awake, it goes back to the same link.
  await page.goto(`/statefulsets?ns=${namespace}&do=scale&of=${namespace}%2Fdb`);
  await expect(dialog.getByLabel("Replicas")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`);
  await expect(page.getByRole("link", { name: "Scale db" })).toBeFocused();

  await page_of(page, namespace, "db");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("scale");
  await page.getByRole("option", { name: /Scale/ }).first().click();
  await expect(page.getByRole("dialog", { name: "Scale db" }).getByLabel("Replicas")).toHaveValue("2");
});

test("who may not change it reads so in the cluster's words", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  const page = await signIn("carol");
  await page_of(page, namespace, "db");
  const dialog = await open(page, "Restart", "Restart db");
  await expect(dialog.getByText(/statefulsets.apps "db" is forbidden: User "carol" cannot patch resource/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Restart db" })).toBeDisabled();
});

test("the dialogs are accessible in Chinese, dark and narrow; revisions are read without JavaScript", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  await ready(namespace, "db");
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  for (const [what, title] of [["restart", "重启 db"], ["stop", "停止 db"], ["images", "db 的镜像和资源"], ["scale", "伸缩 db"]]) {
    await page.goto(`/statefulsets/${namespace}/db?do=${what}`);
    await expect(page.getByRole("dialog", { name: title }).getByRole("button").last()).toBeVisible();
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  }
  const plain = await signIn("admin", { javaScriptEnabled: false });
  await plain.goto(`/statefulsets/${namespace}/db?tab=revisions`);
  await expect(plain.getByRole("table")).toContainText("nginx:1.29");
});
