// What one click of the wizard writes: several fields that belong together, or an object beside the set.
import type { Page } from "@playwright/test";
import { apply, kubectl, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const yaml = (page: Page) => page.getByRole("region", { name: /^YAML of/ });

async function open(page: Page, namespace: string, step: string): Promise<void> {
  await page.goto(`/create?ns=${namespace}&step=${step}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
}

test("variables and a command are pasted", async ({ namespace, page }) => {
  await open(page, namespace, "containers");
  await page.locator("details.advanced > summary").filter({ hasText: "Command, arguments, environment" }).click();
  await expect(page.getByText("The image's own entry point and arguments run.")).toBeVisible();
  await page.getByText("Paste a line into: Command").click();
  await page.getByRole("textbox", { name: "Paste a line into: Command" }).fill("redis-server 'unclosed");
  await page.getByRole("button", { name: "Split and add" }).first().click();
  await expect(page.getByText("A quote is not closed.")).toBeVisible();
  await page.getByRole("textbox", { name: "Paste a line into: Command" }).fill("redis-server --name 'a b'");
  await page.getByRole("button", { name: "Split and add" }).first().click();
  await expect(page.getByRole("textbox", { name: "Command 3" })).toHaveValue("a b");
  await expect(page.getByText("This command runs; the image's arguments are dropped.")).toBeVisible();
  await page.getByRole("button", { name: "Wrap in sh -c" }).click();
  await expect(page.getByRole("textbox", { name: "Command 3" })).toHaveValue("redis-server --name 'a b'");
  await page.getByText("Paste variables").click();
  await page.getByRole("textbox", { name: "Paste variables" }).fill("A=1\n# no\nB=on\nA=2\nodd");
  await axe(page);
  await page.getByRole("button", { name: "Take these variables" }).click();
  await expect(page.getByText("Not taken, for there is no NAME= in it: line 5.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Variable 1" })).toHaveValue("A");
  await expect(yaml(page)).toContainText('value: "2"');
  await expect(yaml(page)).toContainText('value: "on"');
});

test("the node's time zone, log files and other resources", async ({ namespace, page }) => {
  await open(page, namespace, "basics");
  const clock = page.getByRole("checkbox", { name: "Time zone of the node" });
  await clock.check();
  await expect(yaml(page)).toContainText("path: /etc/localtime");
  await clock.uncheck();
  await expect(yaml(page)).not.toContainText("localtime");
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: /Containers/ }).click();
  await page.getByRole("button", { name: "Add GPU or other resource" }).click();
  await page.getByRole("textbox", { name: "Extended resource 1", exact: true }).fill("example.com/card");
  await page.getByRole("textbox", { name: "Count of extended resource 1" }).fill("1.5");
  await page.getByRole("textbox", { name: "Count of extended resource 1" }).blur();
  await expect(page.getByText("Devices come in whole ones.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Count of extended resource 1" }).fill("2");
  await expect(yaml(page)).toContainText("example.com/card: 2");
  await page.locator("details.advanced > summary").filter({ hasText: "Command, arguments, environment" }).click();
  await page.getByText("Log files", { exact: true }).click();
  await page.getByRole("textbox", { name: "Directory of the log files" }).fill("/var/log/app");
  await page.getByRole("button", { name: "Read by a sidecar" }).click();
  await expect(yaml(page)).toContainText("restartPolicy: Always");
  await expect(yaml(page)).toContainText("mountPath: /var/log/app");
});

test("a namespace with a quota and a pull secret are made in place", async ({ namespace, page, tolerate }) => {
  // The quota that is refused.
  tolerate(/422/);
  const made = `${namespace}-new`;
  await open(page, namespace, "basics");
  await page.getByRole("button", { name: "New namespace" }).click();
  const dialog = page.getByRole("dialog", { name: "New namespace" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Not a name");
  await expect(dialog.getByRole("button", { name: "Create namespace" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Name" }).fill(made);
  await dialog.getByRole("textbox", { name: "pods", exact: true }).fill("many");
  await axe(page);
  await dialog.getByRole("button", { name: "Create namespace" }).click();
  await expect(dialog).toContainText(/quantities must match|unable to parse quantity/i);
  // The one without its quota is taken back: the same name is free again once it is gone.
  await expect.poll(() => value(`namespace/${made}`, "{.metadata.name}", "default"), { timeout: 30_000 }).toBe("");
  await dialog.getByRole("textbox", { name: "pods", exact: true }).fill("5");
  await dialog.getByRole("button", { name: "Create namespace" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("combobox", { name: "Namespace" })).toHaveValue(made);
  expect(await value("resourcequota/quota", "{.spec.hard}", made)).toBe('{"pods":"5"}');

  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: /Containers/ }).click();
  await page.getByRole("button", { name: "New pull secret" }).click();
  const login = page.getByRole("dialog", { name: "New pull secret" });
  await login.getByRole("textbox", { name: "Name" }).fill("registry");
  await login.getByRole("textbox", { name: "Registry" }).fill("registry.example.com");
  await login.getByRole("textbox", { name: "User" }).fill("robot");
  await login.getByLabel("Password").fill("hunter2-hunter2");
  await axe(page);
  await login.getByRole("button", { name: "Create secret" }).click();
  await expect(yaml(page)).toContainText("- name: registry");
  const stored = await value("secret/registry", "{.type} {.data.\\.dockerconfigjson}", made);
  const [type, data] = stored.split(" ");
  expect(type).toBe("kubernetes.io/dockerconfigjson");
  const auth = Buffer.from("robot:hunter2-hunter2").toString("base64");
  expect(JSON.parse(Buffer.from(data ?? "", "base64").toString())).toEqual({
    auths: { "registry.example.com": { username: "robot", password: "hunter2-hunter2", auth } },
  });
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }));
  expect(kept, "the password is nowhere in the browser's storage").not.toContain("hunter2");
  await kubectl(["delete", "namespace", made, "--wait=false"]);
});

test("each pod gets a Service of its own", async ({ namespace, page }) => {
  await open(page, namespace, "basics");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("db");
  await page.getByRole("textbox", { name: "Replicas" }).fill("3");
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: /Service/ }).click();
  await page.getByRole("button", { name: "Add a Service for each pod" }).click();
  for (const ordinal of [0, 1, 2]) await expect(page.getByRole("heading", { name: `db-${ordinal}` })).toBeVisible();
  await expect(page.getByText("statefulset.kubernetes.io/pod-name").first()).toBeVisible();
});

test("ticked keys become variables, and a LimitRange tells what it gives", async ({ namespace, page }) => {
  await kubectl(["create", "configmap", "settings", "--from-literal=mode=fast", "--from-literal=max.size=9", "-n", namespace]);
  await kubectl(["create", "secret", "generic", "login", "--from-literal=password=hidden-value", "-n", namespace]);
  const range = { apiVersion: "v1", kind: "LimitRange", metadata: { name: "usual" }, spec: { limits: [{ type: "Container", default: { memory: "256Mi" }, defaultRequest: { cpu: "50m" } }] } };
  await apply(namespace, JSON.stringify(range));
  await open(page, namespace, "containers");
  await expect(page.getByText("Without a value the namespace's LimitRange gives 50m.")).toBeVisible();
  await expect(page.getByText("Without a value the namespace's LimitRange gives 256Mi.")).toHaveCount(2);
  await page.locator("details.advanced > summary").filter({ hasText: "Command, arguments, environment" }).click();
  await page.getByText("Variables from a ConfigMap or Secret").click();
  await page.getByRole("combobox", { name: "ConfigMap or Secret", exact: true }).selectOption({ label: "ConfigMap settings" });
  await page.getByRole("checkbox", { name: "All keys" }).check();
  await page.getByRole("checkbox", { name: /^mode/ }).uncheck();
  await expect(page.getByRole("checkbox", { name: "All keys" })).not.toBeChecked();
  await axe(page);
  await page.getByRole("button", { name: "Add these variables" }).click();
  await page.getByRole("combobox", { name: "ConfigMap or Secret", exact: true }).selectOption({ label: "Secret login" });
  await page.getByRole("checkbox", { name: "All keys" }).check();
  await page.getByRole("button", { name: "Add these variables" }).click();
  await expect(page.getByRole("textbox", { name: "Variable 1" })).toHaveValue("max_size");
  await expect(page.getByRole("textbox", { name: "Variable 2" })).toHaveValue("password");
  await expect(yaml(page)).toContainText("key: max.size");
  await expect(yaml(page)).not.toContainText("hidden-value");
  await expect(yaml(page)).not.toContainText("key: mode");
});

test("a headless Service of the namespace is taken instead of a new one", async ({ namespace, page }) => {
  await kubectl(["create", "service", "clusterip", "shared", "--clusterip=None", "-n", namespace]);
  await open(page, namespace, "service");
  await page.getByLabel("Use a headless Service of this namespace instead").selectOption("shared");
  await expect(page.getByRole("combobox", { name: "Service name" })).toHaveValue("shared");
  await expect(yaml(page)).toContainText("serviceName: shared");
  await expect(page.locator("aside").getByRole("button", { name: /^Service / })).toHaveCount(0);
  await axe(page);
});
