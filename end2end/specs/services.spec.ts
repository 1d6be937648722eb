// The Services of a set that exists: added and edited by the wizard's form, and nobody's change is overwritten.
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

/** An access Service of the set `web`. */
const access = JSON.stringify({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "front" },
  spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80 }, { name: "admin", port: 81, targetPort: 80 }] },
});

const port = (page: Page, n: number, name = "Port") =>
  page.getByRole("group", { name: `Ports ${n}` }).getByRole("textbox", { name, exact: true });
const step = (page: Page, name: string) => page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: new RegExp(name) }).click();
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });
const row = (page: Page, name: string) =>
  page.getByRole("region", { name: "Services that lead to its pods" }).getByRole("row", { name: new RegExp(`^${name} `) });

/** The Network tab of `web`, live. */
async function network(page: Page, namespace: string): Promise<void> {
  await page.goto(`/statefulsets/${namespace}/web?tab=network`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
}

/** The form of one of its Services. */
async function edit(page: Page, namespace: string, name: string): Promise<void> {
  await network(page, namespace);
  await page.getByRole("link", { name: `Edit Service ${name}` }).click();
  await expect(page.locator(".wiz.ready")).toBeVisible();
}

test("one is added by the wizard's form, and the tab tells where it is reached", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web"));
  await network(page, namespace);
  await page.getByRole("link", { name: "Add Service" }).click();
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await expect(page.getByText("New Service for web")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name", exact: true }).first()).toHaveValue("web-access");
  await expect(port(page, 1)).toHaveValue("80");
  await page.getByLabel("Type").selectOption("NodePort");
  await expect(page.getByRole("region", { name: /^YAML of/ })).toContainText("type: NodePort");
  await axe(page);
  await step(page, "Review");
  await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
  expect(await value("service/web-access", "{.metadata.name}", namespace)).toBe("");
  await page.getByRole("button", { name: "Create web-access" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/web?tab=network`);
  await expect(row(page, "web-access")).toContainText("NodePort");
  const node = await value("service/web-access", "{.spec.ports[0].nodePort}", namespace);
  await expect(row(page, "web-access")).toContainText(node);
  await expect(row(page, "web-access")).toContainText(`web-access.${namespace}.svc:80`);
  expect(await value("service/web-access", "{.spec.type} {.spec.selector.app}", namespace)).toBe("NodePort web");
  // The next one has another name.
  await page.getByRole("link", { name: "Add Service" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true }).first()).toHaveValue("web-access-2");
});

test("a port is edited; what is fixed says so, and a load balancer is waited for", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web"));
  await apply(namespace, access);
  await edit(page, namespace, "front");
  const name = page.getByRole("textbox", { name: "Name", exact: true }).first();
  await expect(name).toBeDisabled();
  await expect(name).toHaveAccessibleDescription(/keeps name, namespace and cluster IP/);
  await expect(page.getByText(/^Its cluster IP .* is fixed/)).toBeVisible();
  await expect(page.getByText("By these labels it finds the pods of the set.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Selector: Value 1" })).toBeDisabled();
  await port(page, 1).fill("8080");
  await page.getByLabel("Type").selectOption("LoadBalancer");
  await step(page, "Review");
  await expect(page.getByRole("region", { name: /changes$/ })).toContainText("spec.ports[name=http].port");
  await save(page).click();
  await expect(page.getByText("front was saved.")).toBeVisible();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/web?tab=network`);
  expect(await value("service/front", "{.spec.ports[*].port} {.spec.type}", namespace)).toBe("8080 81 LoadBalancer");
  await expect(row(page, "front")).toContainText("load balancer: pending");
});

test("what the cluster refuses stands at its field, and nothing typed is lost", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web"));
  await apply(namespace, access);
  await edit(page, namespace, "front");
  await port(page, 1).fill("70000");
  await step(page, "Review");
  await expect(page.getByText(/must be between 1 and 65535/).first()).toBeVisible();
  await expect(page.getByText("Nothing that you typed is lost.")).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await step(page, "Service");
  await expect(port(page, 1)).toHaveValue("70000");
  await expect(port(page, 1)).toHaveAccessibleDescription(/must be between 1 and 65535/);
  expect(await value("service/front", "{.spec.ports[0].port}", namespace)).toBe("80");
});

test("two who edit one Service do not overwrite each other", async ({ namespace, page, signIn }) => {
  await apply(namespace, statefulSet("web"));
  await apply(namespace, access);
  const second = await signIn("admin");
  await edit(page, namespace, "front");
  await edit(second, namespace, "front");
  await port(second, 1).fill("8081");
  await port(second, 2).fill("9091");
  await step(second, "Review");
  await save(second).click();
  await expect(second.getByText("front was saved.")).toBeVisible();
  await port(page, 1).fill("8080");
  await step(page, "Review");
  const conflict = page.getByRole("region", { name: "Changed by you and by others" });
  await expect(conflict).toContainText("8080");
  await expect(conflict).toContainText("8081");
  await expect(save(page)).toBeDisabled();
  await axe(page);
  await conflict.getByRole("radio", { name: /^Yours/ }).check();
  await save(page).click();
  await expect(page.getByText(/front was saved/)).toBeVisible();
  // The other port is the one of the second person.
  expect(await value("service/front", "{.spec.ports[*].port}", namespace)).toBe("8080 9091");
});

test("the headless one says what its pods' names depend on, and is repaired where Kubernetes allows it", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("web"));
  await kubectl(["patch", "service", "web", "-n", namespace, "--type=merge", "-p", '{"spec":{"selector":{"app":"other"}}}']);
  await edit(page, namespace, "web");
  await expect(page.getByText("DNS names from this Service: web-0.web.")).toBeVisible();
  await expect(page.getByText("The Service selects labels that the pods do not carry.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Selector: Value 1" }).fill("web");
  await page.locator("details.advanced > summary").filter({ hasText: "More" }).click();
  await page.getByLabel("Names before ready").selectOption("true");
  await step(page, "Review");
  await save(page).click();
  await expect(page.getByText("web was saved.")).toBeVisible();
  await expect(page.getByText("Its selector finds the pods of this set.")).toBeVisible();
  expect(await value("service/web", "{.spec.publishNotReadyAddresses} {.spec.selector.app}", namespace)).toBe("true web");
  await kubectl(["delete", "service", "web", "-n", namespace]);
  await kubectl(["create", "service", "clusterip", "web", "--tcp=80", "-n", namespace]);
  await edit(page, namespace, "web");
  await expect(page.getByText(/has to be deleted and made anew as a headless one/)).toBeVisible();
});

test("who may not write Services is told which right is missing", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("web"));
  await apply(namespace, access);
  const page = await signIn("carol");
  await network(page, namespace);
  await expect(row(page, "front")).toContainText("ClusterIP");
  await expect(page.getByText("Your rights do not let you do this here: create, update services.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Service/ }).filter({ hasText: /Add|Edit/ })).toHaveCount(0);
  // Who comes by a link is told so by the cluster.
  await page.goto(`/statefulsets/${namespace}/web/edit?service=front&step=service`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await port(page, 1).fill("8080");
  await step(page, "Review");
  await expect(page.getByText(/cannot update resource "services"/).first()).toBeVisible();
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("web"));
  await apply(namespace, access);
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    for (const path of ["?tab=network", "/edit?service=front&step=service", "/edit?service=web&step=service", "/edit?new=service&step=service", "/edit?new=service&step=review", "/edit?service=front"]) {
      await page.goto(`/statefulsets/${namespace}/web${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await axe(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${path}: nothing scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
});
