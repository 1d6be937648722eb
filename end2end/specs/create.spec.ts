// The wizard: every field edits the manifest; the cluster decides; nothing typed is lost.
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const field = (page: Page, name: string | RegExp) =>
  page.getByRole("textbox", { name, exact: true }).or(page.getByRole("combobox", { name, exact: true }));
const yaml = (page: Page) => page.getByRole("region", { name: /^YAML of/ });
const step = (page: Page, name: string) => page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name });

/** The page, hydrated: until then typing would be lost. */
async function open(page: Page, namespace: string, at = "basics"): Promise<void> {
  await page.goto(`/create?ns=${namespace}&step=${at}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
}

async function named(page: Page, namespace: string, name: string, image = "etcd:3.5.21"): Promise<void> {
  await open(page, namespace);
  await field(page, "Name").fill(name);
  await page.getByRole("link", { name: "Next: Containers" }).click();
  await field(page, "Image").fill(image);
}

async function json(...args: string[]): Promise<any> {
  return JSON.parse(await kubectl([...args, "-o", "json"]));
}

test("an etcd through the wizard", async ({ namespace, page }) => {
  await open(page, namespace);
  await field(page, "Name").fill("etcd");
  await page.getByRole("button", { name: "One pod more" }).click();
  await field(page, "Description").fill("keys: and values");
  await expect(yaml(page)).toContainText("serviceName: etcd");
  await expect(yaml(page)).toContainText('kubernetes.io/description: "keys: and values"');

  await page.getByRole("link", { name: "Next: Containers" }).click();
  await field(page, "Image").fill("etcd:3.5.21");
  await field(page, "Name").fill("container-0");
  await field(page, "CPU request").fill("100");
  await field(page, "Memory limit").fill("512");
  await page.getByRole("button", { name: "Add port" }).click();
  await field(page, "Port name 1").fill("client");
  await field(page, "Port 1").fill("2379");
  await page.getByText("Command, arguments, environment").click();
  await page.getByRole("button", { name: "Add row to Arguments" }).click();
  await field(page, "Arguments 1").fill("--listen=a,b");
  await page.getByRole("button", { name: "Add variable" }).click();
  await field(page, "Variable 1").fill("PAAS_ENABLED");
  await field(page, "Value 1").fill("yes");
  await expect(yaml(page)).toContainText('value: "yes"');

  await page.getByRole("link", { name: "Next: Volume templates" }).click();
  await page.getByRole("button", { name: "Add volume template" }).click();
  await field(page, "Capacity").fill("2");
  await page.getByRole("button", { name: "Mount in container-0" }).click();
  await field(page, "Mount path 1").fill("/var/lib/etcd");

  await page.getByRole("link", { name: "Next: Service" }).click();
  await field(page, "Service name").fill("etcd-svc");
  await page.getByRole("button", { name: "Add port 2379" }).click();
  await page.getByRole("link", { name: "Next: Labels" }).click();
  await page.getByRole("button", { name: "Add label" }).click();
  await field(page, "Key 2").fill("tier");
  await field(page, "Value 2").fill("data");
  await page.getByRole("link", { name: "Next: Nodes and scheduling" }).click();
  await page.getByRole("button", { name: "Add label" }).click();
  await field(page, "Key 1").fill("disktype");
  await field(page, "Value 1").fill("ssd");
  await expect(page.getByText(/nodes? ha(s|ve) all of these labels/)).toBeVisible();

  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Create etcd" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  await expect(page.getByRole("heading", { name: "etcd" }).first()).toBeVisible();

  const set = await json("get", "statefulset", "etcd", "-n", namespace);
  expect(set.spec.replicas).toBe(2);
  expect(set.spec.serviceName).toBe("etcd-svc");
  expect(set.metadata.annotations["kubernetes.io/description"]).toBe("keys: and values");
  expect(set.metadata.labels).toEqual({ app: "etcd", tier: "data" });
  expect(set.spec.selector.matchLabels).toEqual({ app: "etcd" });
  expect(set.spec.template.spec.nodeSelector).toEqual({ disktype: "ssd" });
  const [container] = set.spec.template.spec.containers;
  expect(container).toMatchObject({
    name: "container-0",
    image: "etcd:3.5.21",
    args: ["--listen=a,b"],
    env: [{ name: "PAAS_ENABLED", value: "yes" }],
    resources: { requests: { cpu: "100m" }, limits: { memory: "512Mi" } },
    volumeMounts: [{ name: "data", mountPath: "/var/lib/etcd" }],
  });
  expect(container.ports[0]).toMatchObject({ name: "client", containerPort: 2379 });
  expect(set.spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe("2Gi");
  const service = await json("get", "service", "etcd-svc", "-n", namespace);
  expect(service.spec).toMatchObject({ clusterIP: "None", selector: { app: "etcd" } });
  expect(service.spec.ports[0]).toMatchObject({ name: "client", port: 2379, targetPort: 2379 });
  // The draft is gone with its object.
  await open(page, namespace);
  await expect(field(page, "Name")).toHaveValue("");
});

test("what is wrong stands at the field, and the foot leads there", async ({ namespace, page }) => {
  await open(page, namespace);
  await field(page, "Name").fill("Orders_DB");
  await field(page, "Replicas").fill("-1");
  await field(page, "Namespace").focus();
  await expect(field(page, "Name")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Name")).toHaveAccessibleDescription(/Lower-case letters/);
  await expect(field(page, "Replicas")).toHaveAccessibleDescription(/A whole number from 0/);
  await axe(page);
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("button", { name: /^Create Orders_DB/ })).toBeDisabled();
  await page.getByRole("button", { name: /fields to correct/ }).click();
  await expect(field(page, "Name")).toBeFocused();
  await field(page, "Name").fill("a".repeat(53));
  await expect(field(page, "Name")).toHaveAccessibleDescription(/At most 52/);
});

test("a limit below the request, latest, and a duplicate name", async ({ namespace, page }) => {
  await named(page, namespace, "db", "postgres:latest");
  await expect(field(page, "Image")).toHaveAccessibleDescription(/Name a version or a digest/);
  await expect(field(page, "Image")).not.toHaveAttribute("aria-invalid", "true");
  await field(page, "Memory request").fill("1Gi");
  await field(page, "Memory limit").fill("512");
  await field(page, "Image").focus();
  await expect(field(page, "Memory limit")).toHaveAccessibleDescription("The limit is below the request of 1Gi.");
  await page.getByLabel("Unit of Memory limit").selectOption("Gi");
  await expect(field(page, "Memory limit")).not.toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Add container" }).click();
  const first = await field(page, "Name").first().inputValue();
  await field(page, "Name").nth(1).fill(first);
  await field(page, "Name").first().focus();
  await expect(field(page, "Name").nth(1)).toHaveAccessibleDescription(/Another container of the pod is called/);
  await axe(page);
});

test("a refused create keeps everything, and so does a reload", async ({ namespace, page, tolerate }) => {
  tolerate(/Failed to load resource/);
  await apply(namespace, statefulSet("db"));
  await named(page, namespace, "db");
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByText(/^StatefulSet "db" already exists/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Create db" })).toBeDisabled();
  expect((await json("get", "statefulset", "db", "-n", namespace)).metadata.annotations?.["kubernetes.io/description"]).toBeUndefined();
  await page.reload();
  await expect(page.getByText("This is your draft from before.")).toBeVisible();
  await step(page, "Containers").click();
  await expect(field(page, "Image")).toHaveValue("etcd:3.5.21");
  await page.getByRole("button", { name: "Start afresh" }).click();
  await expect(field(page, "Image")).toHaveValue("");
});

test("a missing namespace is told in the cluster's words", async ({ page, tolerate }) => {
  tolerate(/Failed to load resource/);
  await named(page, "nowhere", "db");
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByText(/namespaces "nowhere" not found/).first()).toBeVisible();
});

test("when the set is refused after its Service, the Service can be undone", async ({ namespace, page, tolerate }) => {
  tolerate(/Failed to load resource/);
  // A quota is the kind of refusal that a dry run passes over when it comes between the two requests.
  await named(page, namespace, "half");
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.route("**/create/create*", async (route) => {
    const uid = (await json("create", "service", "clusterip", "half", "--clusterip=None", "-n", namespace)).metadata.uid;
    const created = [{ kind: "Service", api_version: "v1", namespace, name: "half", uid }];
    const refused = [1, ["Forbidden", "", "statefulsets", "exceeded quota: sets"]];
    await route.fulfill({ json: { created, unchanged: [], later: [], doubled: [], dropped: [], warnings: [], pods: [], refused: [refused] } });
  });
  await page.getByRole("button", { name: "Create half" }).click();
  await expect(page.getByText("exceeded quota: sets")).toBeVisible();
  await page.getByRole("button", { name: "Undo: delete Service half" }).click();
  await expect(page.getByText("Service half was deleted again.")).toBeVisible();
  expect(await kubectl(["get", "services", "-n", namespace, "-o", "name"])).toBe("");
});

test("the pane and the form lead to each other", async ({ namespace, page }) => {
  await named(page, namespace, "db");
  await expect(yaml(page).locator(".f")).toHaveText(/image: etcd:3.5.21/);
  await yaml(page).getByText("replicas", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "Basic info" })).toBeVisible();
  await expect(field(page, "Replicas")).toBeFocused();
  await expect(yaml(page).locator(".f")).toHaveText(/replicas: 1/);
  // It has its tabs by name, and follows the step.
  const tab = (name: string) => page.getByRole("group", { name: "YAML" }).getByRole("button", { name, exact: true });
  await expect(tab("StatefulSet db")).toHaveAttribute("aria-pressed", "true");
  await step(page, "Service").click();
  await expect(tab("Service db")).toHaveAttribute("aria-pressed", "true");
  await step(page, "Labels").click();
  await expect(tab("StatefulSet db")).toHaveAttribute("aria-pressed", "true");
});

test("by keyboard alone", async ({ namespace, page }) => {
  await open(page, namespace);
  await field(page, "Name").focus();
  await page.keyboard.type("typed");
  await page.getByRole("link", { name: "Next: Containers" }).focus();
  await page.keyboard.press("Enter");
  await field(page, "Image").focus();
  await page.keyboard.type("redis:8.2");
  await page.getByRole("link", { name: "Review", exact: true }).last().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: "Create typed" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/statefulsets/${namespace}/typed`);
});

test("who may not list types instead", async ({ signIn }) => {
  const page = await signIn("bob");
  await open(page, "team-a");
  await expect(field(page, "Namespace")).toHaveAccessibleDescription(/do not let Ordinal list namespaces/);
  await step(page, "Nodes and scheduling").click();
  await expect(page.getByText("Your rights do not let Ordinal list nodes.")).toBeVisible();
});

test("in Chinese, narrow and dark, every step is accessible", async ({ namespace, signIn }) => {
  const page = await signIn("admin", { locale: "zh-CN", viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await page.goto(`/create?ns=${namespace}`);
  await expect(page.getByRole("heading", { name: "基本信息" })).toBeVisible();
  for (const at of ["basics", "containers", "volumes", "service", "labels", "nodes", "review"]) {
    await page.goto(`/create?ns=${namespace}&step=${at}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test("without JavaScript the first step is readable and says what it needs", async ({ namespace, signIn }) => {
  const page = await signIn("admin", { javaScriptEnabled: false });
  await page.goto(`/create?ns=${namespace}`);
  await expect(page.getByRole("heading", { name: "Basic info" })).toBeVisible();
  // Playwright's texts pass over noscript, though the browser shows it.
  await expect(page.locator("main noscript .callout")).toBeVisible();
  await expect(yaml(page)).toContainText("kind: StatefulSet");
});

test("a click is not lost to words that come under the field it leaves", async ({ namespace, page }) => {
  await open(page, namespace);
  await field(page, "Name").fill("Bad_Name");
  const more = page.getByRole("button", { name: "One pod more" });
  const top = async () => (await more.boundingBox())?.y;
  const before = await top();
  await more.hover();
  await page.mouse.down();
  // The field is left, and two frames are drawn: yet nothing moves under the pointer.
  await expect(field(page, "Name")).not.toBeFocused();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await top()).toBe(before);
  await page.mouse.up();
  await expect(yaml(page)).toContainText("replicas: 2");
  await expect.poll(top).toBeGreaterThan(before ?? 0);
});
