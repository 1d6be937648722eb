// Import: files become the wizard's text; the cluster gets what kubectl would have sent it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { kubectl } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const SET = `# ours
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: etcd
spec:
  replicas: 2
  selector:
    matchLabels: { app: etcd }
  serviceName: etcd-svc
  template:
    metadata:
      labels:
        app: etcd
    spec:
      terminationGracePeriodSeconds: 5
      setHostnameAsFQDN: false
      containers:
      - name: container-0
        image: etcd:3.5.21    # from the mirror
        env:
        - name: ID
          value: "12e34"
`;
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

const yaml = (page: Page) => page.getByRole("region", { name: /^YAML of/ });
const file = (name: string, text: string | Buffer) => ({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });

async function choose(page: Page, namespace: string, files: ReturnType<typeof file>[]): Promise<void> {
  await page.goto(`/create?ns=${namespace}&step=import`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByLabel("Choose files, or drop them here").setInputFiles(files);
}

test("two files in any order become one running etcd", async ({ namespace, page }) => {
  await page.goto(`/statefulsets?ns=${namespace}`);
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page.getByRole("heading", { name: "Import YAML files" })).toBeVisible();
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await axe(page);
  await page.getByLabel("Choose files, or drop them here").setInputFiles([file("b.yaml", SET), file("a.yaml", SERVICE)]);
  await expect(page.getByText("Imported: StatefulSet etcd, Service etcd-svc.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("etcd");
  await expect(yaml(page)).toContainText(`namespace: ${namespace}`);
  await expect(yaml(page)).toContainText("image: etcd:3.5.21    # from the mirror");
  await expect(page.getByText(/more field.* set in YAML: .*setHostnameAsFQDN/)).toBeVisible();
  await page.getByRole("link", { name: "Next: Containers" }).click();
  await expect(page.getByRole("textbox", { name: "Image" })).toHaveValue("etcd:3.5.21");
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: "Create etcd" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  const stored = JSON.parse(await kubectl(["get", "statefulset", "etcd", "-n", namespace, "-o", "json"]));
  expect(stored.spec.template.spec.containers[0].env).toEqual([{ name: "ID", value: "12e34" }]);
  expect(stored.spec.template.spec.terminationGracePeriodSeconds).toBe(5);
  expect(await kubectl(["get", "service", "etcd-svc", "-n", namespace, "-o", "name"])).toContain("etcd-svc");
});

test("what exists and is the same is left alone, what differs is not overwritten", async ({ namespace, page }) => {
  const files = [file("a.yaml", SERVICE), file("b.yaml", SET)];
  const review = async () => {
    await page.getByRole("link", { name: "Review" }).last().click();
  };
  await choose(page, namespace, files);
  await review();
  await page.getByRole("button", { name: "Create etcd" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  await choose(page, namespace, files);
  await review();
  await expect(page.getByText("All of it exists already and is what this says.")).toBeVisible();
  await page.getByRole("button", { name: "Create etcd" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  await choose(page, namespace, [file("a.yaml", SERVICE.replace("3120", "3121")), file("b.yaml", SET)]);
  await review();
  await expect(page.getByText(/Service "etcd-svc" already exists, and differs: spec\.ports/)).toBeVisible();
  expect(await kubectl(["get", "service", "etcd-svc", "-n", namespace, "-o", "jsonpath={.spec.ports[0].port}"])).toBe("3120");
});

test("an import can be taken back, and survives a reload", async ({ namespace, page }) => {
  await choose(page, namespace, [file("a.yaml", SET)]);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("etcd");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("etcd");
  await page.getByRole("link", { name: "Import YAML files" }).click();
  await page.getByLabel("Choose files, or drop them here").setInputFiles([file("c.yaml", SET.replace("name: etcd", "name: other"))]);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("other");
  await page.getByRole("button", { name: "Back to what was here before" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("etcd");
});

test("what cannot be read says file, line, column and what helps; nothing is imported", async ({ namespace, page }) => {
  const cases: [string, string | Buffer, RegExp][] = [
    ["half.yaml", "apiVersion: v1\nkind: [\n", /half\.yaml, line 3, column 1:.*no YAML/],
    ["pasted.yaml", `${SET}--\n${SERVICE}`, /pasted\.yaml, line 24, column 1:/],
    ["chart.yaml", "metadata:\n  name: {{ .Release.Name }}\n", /chart\.yaml, line 2.*helm template/],
    ["tab.yaml", "metadata:\n\tname: x\n", /tab\.yaml, line 2, column 1:.*tab/],
    ["picture.yaml", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), /picture\.yaml is no text/],
    ["large.yaml", "#".repeat(2 * 1024 * 1024 + 1), /large\.yaml is larger than 2 MiB/],
    ["many.yaml", "---\na: 1\n".repeat(201), /more than 200 documents/],
    ["bomb.yaml", `a: &a [x, x]\n${"b: [*a, *a, *a, *a, *a, *a, *a, *a]\n".repeat(200)}`, /more than 1000 aliases/],
  ];
  for (const [name, text, words] of cases) {
    await choose(page, namespace, [file(name, text)]);
    await expect(page.getByRole("alert")).toContainText(words);
  }
  await axe(page);
  await expect(yaml(page)).toContainText('name: ""');
});

test("a Service alone is told to be alone, and created where that is meant", async ({ namespace, page }) => {
  await choose(page, namespace, [file("only-service.yaml", SERVICE)]);
  await expect(page.getByRole("alert")).toContainText("There is no StatefulSet among these: Service etcd-svc.");
  await expect(yaml(page)).toContainText('name: ""');
  await page.getByRole("button", { name: "Go on without a StatefulSet" }).click();
  await expect(page.getByRole("group", { name: "Documents" }).getByRole("button")).toHaveText(["Service etcd-svc"]);
  await page.getByRole("link", { name: "To the form" }).click();
  await expect(page.getByText("There is no StatefulSet in the text, so the form has nothing to show.")).toBeVisible();
  await axe(page);
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: /Review/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: /^Create/ }).click();
  await expect(page).toHaveURL(`/statefulsets?ns=${namespace}`);
  expect(await kubectl(["get", "service", "etcd-svc", "-n", namespace, "-o", "jsonpath={.spec.ports[0].port}"])).toBe("3120");
});

test("what cannot be read can be corrected in the code", async ({ namespace, page }) => {
  await choose(page, namespace, [file("pasted.yaml", `${SET}--\n${SERVICE}`)]);
  await page.getByRole("button", { name: "Correct it in the code" }).click();
  await page.getByRole("button", { name: "Correct it" }).click();
  await expect(page.getByRole("group", { name: "Documents" }).getByRole("button")).toHaveText(["StatefulSet etcd", "Service etcd-svc"]);
});

test("byte order mark, CRLF and an export of the cluster are taken", async ({ namespace, page }) => {
  const exported = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: StatefulSet\n  metadata:\n    name: db\n    uid: 1-2-3\n    resourceVersion: "7"\n  spec:\n    serviceName: db\n  status: {}\n`;
  await choose(page, namespace, [file("export.yaml", `\ufeff${exported.replaceAll("\n", "\r\n")}---\r\n`)]);
  await expect(page.getByText("Taken out, because the cluster writes them itself: status, metadata.uid, metadata.resourceVersion.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("db");
});

test("pasted text goes the same way", async ({ namespace, page }) => {
  await page.goto(`/create?ns=${namespace}&step=import`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByLabel("Or paste YAML").fill(`${SET}---\n${SERVICE}`);
  await page.getByRole("button", { name: "Read it" }).click();
  await expect(page.getByText("Imported: StatefulSet etcd, Service etcd-svc.")).toBeVisible();
});

test("the seed's two files, where they are there", async ({ namespace, page }) => {
  const folder = join(import.meta.dirname, "../../../shared/manifests/seed");
  const texts = await Promise.all(["etcd-statefulset", "etcd-headless"].map((name) => readFile(join(folder, `${name}.yaml`)).catch(() => undefined)));
  test.skip(texts.includes(undefined), "../shared is not there");
  await choose(page, namespace, texts.map((text, n) => file(`${n}.yaml`, text ?? "")));
  await expect(page.getByText("Imported: StatefulSet etcd, Service etcd-svc.")).toBeVisible();
  await page.getByRole("link", { name: "Review" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: "Create etcd" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/etcd`);
  await expect(page.getByText("Running").first()).toBeVisible();
});

test("in Chinese, narrow and dark the page is accessible", async ({ namespace, signIn }) => {
  const page = await signIn("admin", { locale: "zh-CN", viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await page.goto(`/create?ns=${namespace}&step=import`);
  await expect(page.getByRole("heading", { name: "导入 YAML 文件" })).toBeVisible();
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
