// Code mode: the wizard's text in an editor, to the form and back, and into the same review.
import type { Page } from "@playwright/test";
import { kubectl } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: etcd-svc
spec:
  clusterIP: None
  ports:
  - name: etcd-svc
    port: 3120
  selector:
    app: etcd
`;
const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: etcd
spec:
  replicas: 2
  selector:
    matchLabels:
      app: etcd
  serviceName: etcd-svc
  template:
    metadata:
      labels:
        app: etcd
    spec:
      terminationGracePeriodSeconds: 5
      containers:
      - name: container-0
        image: etcd:3.5.21 # from the mirror
`;
const into = (text: string, namespace: string) => text.replace("metadata:\n  name", `metadata:\n  namespace: ${namespace}\n  name`);

const editor = (page: Page) => page.getByRole("textbox", { name: "Manifest" });

async function open(page: Page, namespace: string): Promise<void> {
  await page.goto(`/create?ns=${namespace}&step=code`);
  await expect(page.locator(".editor.ready")).toBeVisible();
}

/** Replaces the text of the shown tab as a person would: all of it marked, another pasted. */
async function paste(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press("Control+A");
  // Typed text would be indented by the editor; what is pasted stays as it is.
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test("two documents pasted at once become one running etcd", async ({ namespace, page }) => {
  await open(page, namespace);
  const tabs = page.getByRole("group", { name: "Documents" });
  await expect(tabs.getByRole("button")).toHaveCount(2);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await expect(tabs.getByRole("button")).toHaveCount(1);
  await paste(page, `${into(SET, namespace)}---\n${into(SERVICE, namespace)}`);
  await expect(page.getByText("No problem found.")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "To the form" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("etcd");
  await page.getByRole("textbox", { name: "Replicas" }).or(page.getByLabel("Replicas", { exact: true })).first().fill("3");
  await page.getByRole("link", { name: "Edit as code" }).click();
  await expect(page.locator(".editor.ready")).toContainText("replicas: 3");
  await expect(tabs.getByRole("button")).toHaveText(["StatefulSet etcd", "Service etcd-svc"]);
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: "Create etcd" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  const stored = JSON.parse(await kubectl(["get", "statefulset", "etcd", "-n", namespace, "-o", "json"]));
  expect(stored.spec.replicas).toBe(3);
  expect(stored.spec.template.spec.terminationGracePeriodSeconds).toBe(5);
});

test("what is wrong has its line, and a correction where there is one; the form waits", async ({ namespace, page }) => {
  await open(page, namespace);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await paste(page, into(SET, namespace) + into(SERVICE, namespace));
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText("Line 21, column 1:A second object begins here, but the line --- above it is missing.");
  await page.getByRole("link", { name: "To the form" }).click();
  await expect(page.getByRole("heading", { name: "The form waits" })).toBeVisible();
  await page.getByRole("link", { name: "Correct it in the code" }).click();
  await page.getByRole("button", { name: "Correct it" }).click();
  await expect(problems).toContainText("No problem found.");
  await expect(page.getByRole("group", { name: "Documents" }).getByRole("button")).toHaveText(["StatefulSet etcd", "Service etcd-svc"]);
  // A rule is told at its line, and the click leads there.
  await paste(page, into(SET, namespace).replace("etcd:3.5.21", "etcd:latest"));
  await problems.getByRole("button", { name: "Line 20" }).click();
  await expect(editor(page)).toBeFocused();
});

test("the cluster's schema completes and checks", async ({ namespace, page }) => {
  await open(page, namespace);
  await page.getByRole("button", { name: /^StatefulSet/ }).click();
  await paste(page, into(SET, namespace).replace("  replicas: 2", "  replicaz: 2"));
  await expect(page.locator(".squiggly-warning, .squiggly-error").first()).toBeVisible();
  await paste(page, into(SET, namespace).replace("  replicas: 2", "  "));
  await page.keyboard.press("Control+Home");
  for (let line = 0; line < 6; line += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.type("revisionH");
  await page.keyboard.press("Control+Space");
  await expect(page.getByRole("option", { name: /revisionHistoryLimit/ })).toBeVisible();
});

test("a reload loses nothing, and a Service alone can be created", async ({ namespace, page }) => {
  await open(page, namespace);
  await page.getByRole("button", { name: /^StatefulSet/ }).click();
  await page.getByRole("button", { name: /^Remove StatefulSet/ }).click();
  await expect(page.getByRole("button", { name: "Bring it back" })).toBeVisible();
  await paste(page, into(SERVICE, namespace));
  await page.reload();
  await expect(page.locator(".editor.ready")).toContainText("etcd-svc");
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: /^Create/ }).click();
  await expect(page).toHaveURL(new RegExp(`/statefulsets\\?ns=${namespace}$`));
  expect(await kubectl(["get", "service", "etcd-svc", "-n", namespace, "-o", "name"])).toContain("etcd-svc");
});

test("where the editor cannot be loaded a plain field does", async ({ namespace, page, tolerate }) => {
  tolerate(/Failed to load resource|net::ERR_FAILED/);
  await page.route("**/editor.js", (route) => route.abort());
  await page.goto(`/create?ns=${namespace}&step=code`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByRole("button", { name: /^StatefulSet/ }).click();
  await editor(page).fill(into(SET, namespace));
  await page.getByRole("link", { name: "To the form" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("etcd");
});

test("in Chinese, narrow and dark it is accessible", async ({ namespace, signIn }) => {
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await open(page, namespace).catch(() => undefined);
  await expect(page.getByRole("heading", { name: "代码模式" })).toBeVisible();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
});

test("a list, as kubectl writes it, is taken apart by a click", async ({ namespace, page }) => {
  const item = (text: string) => `- ${into(text, namespace).replaceAll("\n", "\n  ").trimEnd()}\n`;
  await open(page, namespace);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await paste(page, `apiVersion: v1\nkind: List\nitems:\n${item(SERVICE)}${item(SET)}`);
  await expect(page.getByText("This is a list of objects").first()).toBeVisible();
  await page.getByRole("region", { name: "Problems" }).getByRole("button", { name: "Correct it" }).first().click();
  const documents = page.getByRole("group", { name: "Documents" }).getByRole("button");
  await expect(documents).toHaveText(["Service etcd-svc", "StatefulSet etcd"]);
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
});
