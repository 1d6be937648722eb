// The wizard's declared fields: what is set in the form is what the cluster stores, and nothing else.
import type { Page } from "@playwright/test";
import { kubectl } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const yaml = (page: Page) => page.getByRole("region", { name: /^YAML of/ });
const fold = (page: Page, title: string) => page.locator("details.advanced > summary").filter({ hasText: title });

async function open(page: Page, namespace: string): Promise<void> {
  await page.goto(`/create?ns=${namespace}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("db");
}

const step = (page: Page, name: string) => page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: new RegExp(name) }).click();

test("every step's further fields reach the cluster as they were set", async ({ namespace, page }) => {
  test.slow();
  await open(page, namespace);
  await fold(page, "Updates and lifecycle").click();
  await axe(page);
  await page.getByLabel("Start order").selectOption("Parallel");
  await page.getByLabel("Partition").fill("1");
  await page.getByLabel("Grace period").fill("120");
  await page.getByLabel("Revisions kept").fill("-1");
  await page.getByLabel("Revisions kept").blur();
  await expect(page.getByText(/whole number/i).first()).toBeVisible();
  await page.getByLabel("Revisions kept").fill("5");
  await expect(yaml(page)).toContainText("terminationGracePeriodSeconds: 120");

  await step(page, "Containers");
  await page.getByRole("textbox", { name: "Image" }).fill("nginx:1.29");
  await fold(page, "Health checks").click();
  await page.getByRole("combobox", { name: "Readiness probe" }).selectOption("httpGet");
  await expect(yaml(page)).toContainText("readinessProbe:");
  await page.getByRole("combobox", { name: "Readiness probe" }).selectOption("tcpSocket");
  await page.getByRole("textbox", { name: "Port", exact: true }).last().fill("8080");
  await page.getByRole("group", { name: /Readiness: times/ }).getByLabel("Period (s)").fill("7");
  await fold(page, "Lifecycle hooks").click();
  await page.getByRole("combobox", { name: "Before the stop" }).selectOption("exec");
  await page.getByRole("textbox", { name: "Command 1" }).fill("sync");
  await fold(page, "Security").click();
  await page.getByLabel("Read-only root").selectOption("true");
  await page.getByRole("button", { name: "Add row to Capabilities dropped" }).click();
  await page.getByRole("textbox", { name: "Capabilities dropped 1" }).fill("ALL");
  await fold(page, "Command, arguments, environment").click();
  await page.getByRole("button", { name: "Add variable" }).click();
  await page.getByRole("textbox", { name: "Variable 1" }).fill("POD");
  await page.getByRole("combobox", { name: /source/ }).selectOption({ label: "Field of the pod" });
  await axe(page);
  await page.getByRole("button", { name: "Add init container" }).click();
  await page.getByRole("textbox", { name: "Image" }).nth(1).fill("busybox:1.37");

  await step(page, "Volume templates");
  await page.getByRole("button", { name: "Add row to Pod volumes" }).click();
  const volume = page.getByRole("group", { name: "Pod volumes 1" });
  await volume.getByLabel("Name").fill("scratch");
  await volume.getByRole("combobox", { name: "Kind" }).selectOption("emptyDir");
  await volume.getByLabel("Medium").selectOption("Memory");

  await step(page, "Service");
  await page.getByRole("button", { name: "Add port", exact: true }).first().click();
  await page.getByRole("textbox", { name: /^Port name|^Name 1/ }).first().fill("web");
  await page.getByRole("textbox", { name: /Service port 1/ }).fill("80");
  await fold(page, "More").first().click();
  await page.getByLabel("Names before ready").selectOption("true");
  await page.getByRole("button", { name: "Add access Service" }).click();
  await page.getByRole("region", { name: "Access Service 1" }).getByLabel("Type").selectOption("NodePort");
  await axe(page);

  await step(page, "Labels");
  await page.getByRole("button", { name: "Add row to Annotations of the pods" }).click();
  await page.getByRole("textbox", { name: "Annotations of the pods: Key 1" }).fill("prometheus.io/scrape");
  await page.getByRole("textbox", { name: "Annotations of the pods: Value 1" }).fill("true");

  await step(page, "Nodes and scheduling");
  await page.getByRole("button", { name: "Spread over nodes" }).click();
  await fold(page, "Affinity, tolerations, spread").click();
  await page.getByRole("button", { name: "Add row to Tolerations" }).click();
  const toleration = page.getByRole("group", { name: "Tolerations 1" });
  await toleration.getByLabel("Key").fill("dedicated");
  await toleration.getByLabel("Value").fill("db");
  await fold(page, "Security of the pods").click();
  await page.getByLabel("Group of the volumes").fill("1000");
  await axe(page);

  await step(page, "Review");
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  await page.getByRole("button", { name: "Create db" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/db`);

  const { spec } = JSON.parse(await kubectl(["get", "statefulset", "db", "-n", namespace, "-o", "json"]));
  expect(spec).toMatchObject({
    podManagementPolicy: "Parallel",
    revisionHistoryLimit: 5,
    updateStrategy: { rollingUpdate: { partition: 1 } },
  });
  expect(spec.template.metadata.annotations).toEqual({ "prometheus.io/scrape": "true" });
  const pod = spec.template.spec;
  expect(pod).toMatchObject({
    terminationGracePeriodSeconds: 120,
    securityContext: { fsGroup: 1000 },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "db" }],
    volumes: [{ name: "scratch", emptyDir: { medium: "Memory" } }],
  });
  expect(pod.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey).toBe("kubernetes.io/hostname");
  expect(pod.initContainers[0].image).toBe("busybox:1.37");
  expect(pod.containers[0]).toMatchObject({
    readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 7 },
    lifecycle: { preStop: { exec: { command: ["sync"] } } },
    securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    env: [{ name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
  });
  const headless = JSON.parse(await kubectl(["get", "service", "db", "-n", namespace, "-o", "json"]));
  expect(headless.spec.publishNotReadyAddresses).toBe(true);
  const access = JSON.parse(await kubectl(["get", "service", "db-access", "-n", namespace, "-o", "json"]));
  expect(access.spec).toMatchObject({ type: "NodePort", selector: { app: "db" } });
});

test("setting a field and taking it back leaves the text as it was", async ({ namespace, page }) => {
  await open(page, namespace);
  const before = await yaml(page).innerText();
  await fold(page, "Updates and lifecycle").click();
  await page.getByLabel("Min ready seconds").fill("9");
  await expect(yaml(page)).toContainText("minReadySeconds: 9");
  await page.getByLabel("Min ready seconds").fill("");
  await page.getByLabel("Claims when scaled down").selectOption("Delete");
  await expect(yaml(page)).toContainText("whenScaled: Delete");
  await page.getByLabel("Claims when scaled down").selectOption("");
  await expect(yaml(page)).not.toContainText("persistentVolumeClaimRetentionPolicy");
  expect(await yaml(page).innerText()).toBe(before);
});

test("in Chinese, narrow and dark the further fields are accessible", async ({ namespace, signIn }) => {
  const page = await signIn("admin", { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  for (const [name, title] of [["basics", "更新与生命周期"], ["containers", "健康检查"], ["nodes", "DNS"]] as const) {
    await page.goto(`/create?ns=${namespace}&step=${name}`);
    await expect(page.locator(".wiz.ready")).toBeVisible();
    await fold(page, title).click();
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  }
});

test("of many containers the first is open, the others tell what is in them", async ({ namespace, page }) => {
  const container = (n: number) => `      - name: c${n}\n        image: ${n === 3 ? '""' : `nginx:1.${n}`}\n`;
  const text = `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: many\nspec:\n  serviceName: many\n  selector:\n    matchLabels: {app: many}\n  template:\n    metadata:\n      labels: {app: many}\n    spec:\n      containers:\n${[0, 1, 2, 3].map(container).join("")}`;
  await page.goto(`/create?ns=${namespace}&step=import`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByLabel("Choose files, or drop them here").setInputFiles([{ name: "a.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) }]);
  await step(page, "Containers");
  const card = (n: number) => page.getByRole("region", { name: `Container ${n + 1} c${n}` });
  await expect(card(0).getByRole("textbox", { name: "Image" })).toHaveValue("nginx:1.0");
  await expect(card(1).getByRole("textbox")).toHaveCount(0);
  await expect(card(1)).toContainText("nginx:1.1");
  await axe(page);
  // A draft that comes back after a reload is the same.
  await page.reload();
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await expect(card(3)).toBeVisible();
  await expect(card(1).getByRole("textbox")).toHaveCount(0);
  await card(1).getByRole("button", { name: "Fields of container 2" }).click();
  await card(1).getByRole("textbox", { name: "Image" }).fill("nginx:2");
  await expect(yaml(page)).toContainText("image: nginx:2");
  await card(1).getByRole("button", { name: "Fields of container 2" }).click();
  await expect(card(1).getByRole("textbox")).toHaveCount(0);
  await expect(card(1)).toContainText("nginx:2");
  // An error in a folded one is counted there, and the foot leads into it.
  await page.getByRole("link", { name: "Next: Volume templates" }).click();
  await step(page, "Containers");
  await expect(card(3)).toContainText("1 field to correct");
  await page.getByRole("button", { name: /to correct/ }).click();
  await expect(card(3).getByRole("textbox", { name: "Image" })).toBeFocused();
});
