// The wizard and the code mode by keyboard alone.
import { expect as assert, type Page } from "@playwright/test";
import { kubectl } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

/** Keys, counted: what is pressed beside the values. */
class Keys {
  count = 0;
  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.count += 1;
    }
  }

  /** A value, typed into what has the focus; its name is what it must be. */
  async fill(label: string, value: string): Promise<void> {
    await this.on(label);
    await this.page.keyboard.type(value);
  }

  /** Waits until the focus is on what is called so. */
  async on(label: string): Promise<void> {
    await assert.poll(() => this.page.evaluate(called), `the focus on ${label}`).toBe(label);
  }

  /** Presses a key until the focus is on what is called so. */
  async until(label: string, key = "Tab"): Promise<void> {
    for (let n = 0; n < 30; n += 1) {
      if ((await this.page.evaluate(called)) === label) return;
      await this.press(key);
    }
    throw new Error(`${label} was not reached`);
  }
}

/** What has the focus, by its label or its words. */
function called(): string {
  const active = document.activeElement;
  const label = active instanceof HTMLInputElement || active instanceof HTMLSelectElement || active instanceof HTMLTextAreaElement ? active.labels?.[0] : undefined;
  const words = label?.firstChild?.textContent ?? active?.getAttribute("aria-label") ?? active?.querySelector("h3, b")?.textContent ?? active?.textContent;
  return (words ?? "").trim();
}

const ENV = [["PAAS_APP_NAME", "tesyhhj"], ["PAAS_NAMESPACE", "default"], ["PAAS_PROJECT_ID", "9632fae707ce4416a0ab1e3e121fe555"]] as const;

test("the seed's etcd in at most 60 keys beside its values", async ({ namespace, page }) => {
  await page.goto(`/create?ns=${namespace}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  const keys = new Keys(page);
  await keys.fill("Name", "etcd");
  await keys.press("Enter");
  await keys.on("Namespace");
  await keys.press("Enter");
  await keys.fill("Replicas", "2");
  await keys.press("Control+Enter");
  await keys.fill("Image", "etcd");
  await keys.press("Enter");
  await keys.fill("Name", "container-0");
  await keys.press("Enter");
  await keys.fill("Pull policy", "If");
  await keys.press("Tab");
  await keys.until("Memory limit", "Enter");
  await keys.press("Enter");
  await keys.until("Command, arguments, environment");
  await keys.press("Enter");
  await keys.until("Add variable");
  for (const [n, [name, value]] of ENV.entries()) {
    await keys.press("Enter");
    await keys.fill(`Variable ${n + 1}`, name);
    await keys.press("Enter");
    await keys.fill(`Value ${n + 1}`, value);
    await keys.until("Add variable");
  }
  await keys.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "Volume templates" })).toBeVisible();
  await keys.press("Control+Enter");
  await keys.fill("Service name", "etcd-svc");
  await keys.until("Add port");
  await keys.press("Enter");
  await keys.fill("Port name 1", "etcd-svc");
  await keys.press("Enter", "Tab");
  await keys.fill("Service port 1", "3120");
  await keys.press("Enter");
  await keys.fill("Target port 1", "3120");
  await keys.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "Labels" })).toBeVisible();
  await keys.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "Nodes and scheduling" })).toBeVisible();
  await keys.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await keys.press("Control+Enter");
  await keys.on("Create etcd");
  await keys.press("Enter");
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  expect(keys.count, "keys beside the values").toBeLessThanOrEqual(60);
  const set = JSON.parse(await kubectl(["get", "statefulset", "etcd", "-n", namespace, "-o", "json"]));
  expect(set.spec).toMatchObject({ replicas: 2, serviceName: "etcd-svc", selector: { matchLabels: { app: "etcd" } } });
  expect(set.spec.template.spec.containers[0]).toMatchObject({
    name: "container-0",
    image: "etcd",
    imagePullPolicy: "IfNotPresent",
    env: ENV.map(([name, value]) => ({ name, value })),
  });
  const service = JSON.parse(await kubectl(["get", "service", "etcd-svc", "-n", namespace, "-o", "json"]));
  expect(service.spec).toMatchObject({ clusterIP: "None", selector: { app: "etcd" }, ports: [{ name: "etcd-svc", port: 3120, targetPort: 3120 }] });
});

test("a row that goes leaves the focus in its list; what is folded is no stop", async ({ namespace, page }) => {
  await page.goto(`/create?ns=${namespace}&step=containers`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  const keys = new Keys(page);
  await keys.on("Image");
  await keys.until("Add port");
  await keys.press("Enter");
  await keys.on("Port name 1");
  await keys.until("Remove port 1");
  await keys.press("Enter");
  await keys.on("Add port");
  await keys.press("Tab");
  await keys.on("Command, arguments, environment");
  await keys.press("Tab");
  await keys.on("Health checks");
});

const manifest = (namespace: string) => `apiVersion: v1
kind: Service
metadata:
  name: typed
  namespace: ${namespace}
spec:
  clusterIP: None
  ports:
  - name: client
    port: 2379
  selector:
    app: typed
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: typed
  namespace: ${namespace}
spec:
  replicas: 1
  serviceName: typed
  selector:
    matchLabels:
      app: typed
  template:
    metadata:
      labels:
        app: typed
    spec:
      containers:
      - name: etcd
        image: etcd:3.5.21
        ports:
        - containerPort: 2379
`;

/** Types lines, each over whatever the editor has indented by itself. */
async function lines(page: Page, all: string[]): Promise<void> {
  for (const line of all) {
    await page.keyboard.press("Shift+Home");
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
  }
}

test("a whole manifest typed in code mode, with a reload in the middle", async ({ namespace, page }) => {
  await page.goto(`/create?ns=${namespace}&step=code`);
  await expect(page.locator(".editor.ready")).toBeVisible();
  const keys = new Keys(page);
  await keys.until("Remove StatefulSet");
  await keys.press("Enter");
  const editor = page.getByRole("textbox", { name: "Manifest" });
  const toEditor = async () => {
    for (let n = 0; n < 20 && !(await editor.evaluate((e) => e === document.activeElement)); n += 1) await keys.press("Tab");
    await expect(editor).toBeFocused();
  };
  await toEditor();
  await keys.press("Control+A");
  const text = manifest(namespace).trimEnd().split("\n");
  await keys.press("Delete");
  await lines(page, text.slice(0, 19));
  // In the middle of a line: the text cannot be read.
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type("  replicas: @");
  await page.reload();
  await expect(page.locator(".editor.ready")).toContainText("replicas: @");
  await toEditor();
  await keys.press("Control+End", "Backspace");
  await page.keyboard.type("1");
  await keys.press("Enter");
  await lines(page, text.slice(20));
  await expect(page.getByText("No problem found.")).toBeVisible();
  const draft = await page.evaluate(() => sessionStorage.getItem("ordinal.draft"));
  expect(draft?.trimEnd()).toBe(text.join("\n"));
  // The editor lets go of Tab.
  await keys.press("Control+m", "Tab", "Tab", "Enter");
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await keys.press("Control+Enter", "Enter");
  await expect(page).toHaveURL(`/statefulsets/${namespace}/typed`);
});
