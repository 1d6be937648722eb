// Code mode: the wizard's text in an editor, to the form and back, and into the same review.
import { readFile } from "node:fs/promises";
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
  await expect(problems).toContainText("A second object begins here, but the line --- above it is missing.");
  await problems.getByRole("button", { name: "Put --- above it" }).click();
  await expect(problems).toContainText("No problem found.");
  await expect(page.getByRole("group", { name: "Documents" }).getByRole("button")).toHaveText(["StatefulSet etcd", "Service etcd-svc"]);
  // What cannot be read at all lets the form wait.
  await page.getByRole("button", { name: /^Remove/ }).click();
  await paste(page, `${into(SET, namespace)}--\n${into(SERVICE, namespace)}`);
  await expect(problems).toContainText("Line 21, column 1:Only dashes stand in this line.");
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
  await expect(page.getByText("This is a list of 2 objects").first()).toBeVisible();
  await page.getByRole("region", { name: "Problems" }).getByRole("button", { name: "Take the list apart" }).first().click();
  const documents = page.getByRole("group", { name: "Documents" }).getByRole("button");
  await expect(documents).toHaveText(["Service etcd-svc", "StatefulSet etcd"]);
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
});

test("a line is one of its tab, and a click goes there", async ({ namespace, page }) => {
  await open(page, namespace);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await paste(page, `${into(SERVICE, namespace)}---\n${into(SET, namespace).replace("  replicas: 2", "  replicas: [")}`);
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText(/Line 2[0-9]|Line 3[0-9]/);
  // To the form and back: the text is cut into its documents.
  await page.getByRole("link", { name: "To the form" }).click();
  await expect(page.getByRole("heading", { name: "The form waits" })).toBeVisible();
  await expect(page.locator("main")).toContainText(/StatefulSet etcd: line 1?\d, column/);
  await page.getByRole("link", { name: "Correct it in the code" }).click();
  await expect(page.getByRole("button", { name: "StatefulSet etcd", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(editor(page)).toBeFocused();
  await expect(problems.getByRole("button", { name: /^Line 1?\d, column/ })).toBeVisible();
  await page.getByRole("button", { name: "Service etcd-svc", exact: true }).click();
  await problems.getByRole("button", { name: /^StatefulSet etcd: line 1?\d, column/ }).click();
  await expect(page.getByRole("button", { name: "StatefulSet etcd", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(editor(page)).toBeFocused();
});

test("a draft that cannot be read is restored; each tab of the browser has its own", async ({ namespace, page }) => {
  await open(page, namespace);
  await paste(page, "apiVersion: v1\nkind: [\n");
  const second = await page.context().newPage();
  await open(second, namespace);
  await expect(second.locator(".editor")).not.toContainText("kind: [");
  await paste(second, "# the second\n");
  await editor(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# typed last");
  await page.reload();
  await expect(page.locator(".editor.ready")).toContainText("# typed last");
  await expect(page.getByText("This is your draft from before.")).toBeVisible();
  await expect(page.getByText("The values of Secrets")).toHaveCount(0);
  await second.reload();
  await expect(second.locator(".editor.ready")).toContainText("# the second");
  // What is taken back to the beginning is no draft any more.
  await page.getByRole("button", { name: "Start afresh" }).click();
  await page.reload();
  await expect(page.locator(".editor.ready")).toContainText("StatefulSet");
  await expect(page.getByText("This is your draft from before.")).toHaveCount(0);
});

test("values of Secrets are not kept, and restoring says so", async ({ namespace, page }) => {
  await open(page, namespace);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await paste(page, `${into(SET, namespace)}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  password: hunter2\n  broken: [`);
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  await expect.poll(kept).toContain("password");
  expect(await kept()).not.toContain("hunter2");
  await page.reload();
  await expect(page.getByText("The values of Secrets are not kept: fill them in again.")).toBeVisible();
  await page.getByRole("button", { name: "Secret login", exact: true }).click();
  await expect(page.locator(".editor.ready")).toContainText('password: ""');
});

test("find and replace, copy, and files with names of their own", async ({ namespace, page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, namespace);
  await page.getByRole("button", { name: /^Remove/ }).click();
  const text = `${into(SET, namespace)}---\n${into(SERVICE, namespace)}`;
  await paste(page, text);
  await page.getByRole("button", { name: "Find and replace" }).click();
  await page.getByRole("textbox", { name: "Find" }).fill("etcd:3.5.21");
  await page.getByRole("textbox", { name: "Replace" }).fill("etcd:3.6.0");
  await page.getByRole("textbox", { name: "Replace" }).press("Control+Alt+Enter");
  await page.keyboard.press("Escape");
  const replaced = text.replace("etcd:3.5.21", "etcd:3.6.0");
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("ordinal.draft"))).toBe(replaced);
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(replaced);
  const files = new Map<string, string>();
  page.on("download", async (download) => files.set(download.suggestedFilename(), await readFile(await download.path(), "utf8")));
  await page.locator("main summary", { hasText: "Download" }).click();
  await page.getByRole("button", { name: "One file a document" }).click();
  await expect.poll(() => [...files.keys()].sort()).toEqual(["service-etcd-svc.yaml", "statefulset-etcd.yaml"]);
  await page.getByRole("button", { name: "One file", exact: true }).click();
  await expect.poll(() => files.get("etcd.yaml")).toBe(replaced);
});
