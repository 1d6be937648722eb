// Every text that kubectl takes is created and stored as kubectl stores it; what it refuses is refused before anything is made.
import type { Page } from "@playwright/test";
import { createNamespace, kubectl } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";
import { collected, legal, refused } from "../texts.ts";

const file = (text: string) => ({ name: "text.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });

/** Brings a text into the wizard, and goes to its review. */
async function review(page: Page, namespace: string, text: string): Promise<void> {
  await page.goto(`/create?ns=${namespace}&step=import`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await page.getByLabel("Choose files, or drop them here").setInputFiles(file(text));
  const alone = page.getByRole("button", { name: "Go on without a StatefulSet" });
  const there = page.getByText(/^Imported: /);
  const callout = page.getByRole("status").filter({ hasText: "text.yaml" });
  await expect(alone.or(there).or(callout).first()).toBeVisible();
  if (await alone.isVisible()) await alone.click();
  if (await callout.isVisible()) return;
  await page.getByRole("link", { name: "Review" }).last().click();
}

/** What is the cluster's, or differs by its nature. */
function plain(object: Record<string, any>): unknown {
  const { status: _, ...rest } = object;
  for (const key of ["uid", "resourceVersion", "creationTimestamp", "managedFields", "namespace", "generation"]) delete rest.metadata[key];
  if (rest.kind === "Service" && rest.spec.clusterIP !== "None") {
    delete rest.spec.clusterIP;
    delete rest.spec.clusterIPs;
    for (const port of rest.spec.ports ?? []) delete port.nodePort;
  }
  for (const template of rest.spec?.volumeClaimTemplates ?? []) delete template.status;
  return rest;
}

const good: [string, string][] = [...Object.entries(legal), ...collected().filter(([name]) => !name.includes(".invalid."))];

for (const [title, text] of good) {
  test(`taken: ${title}`, async ({ namespace, page }) => {
    const other = `${namespace}-kubectl`;
    await createNamespace(other);
    const made = await kubectl(["create", "-n", other, "-f", "-", "-o", "name"], { input: text });
    await review(page, namespace, text);
    await expect(page.getByRole("status").filter({ hasText: "would take this" })).toBeVisible();
    const tick = page.getByRole("checkbox", { name: /last one of each key/ });
    if (await tick.isVisible()) await tick.check();
    await page.getByRole("button", { name: /^Create / }).click();
    await expect(page).not.toHaveURL(/\/create/);
    for (const name of made.split("\n")) {
      const [ours, theirs] = await Promise.all(
        [namespace, other].map(async (space) => JSON.parse(await kubectl(["get", name, "-n", space, "-o", "json"]))),
      );
      expect(plain(ours), name).toEqual(plain(theirs));
    }
    await kubectl(["delete", "namespace", other, "--wait=false"]);
  });
}

const invalid = collected().filter(([name]) => name.includes(".invalid."));
const bad: [string, string, RegExp][] = [
  ...Object.entries(refused).map(([title, { text, says }]): [string, string, RegExp] => [title, text, says]),
  ...invalid.map(([title, text]): [string, string, RegExp] => [title, text, /line \d+|spec\.|metadata\./]),
];

for (const [title, text, says] of bad) {
  test(`refused: ${title}`, async ({ namespace, page }) => {
    await expect(kubectl(["create", "--dry-run=server", "-n", namespace, "-f", "-"], { input: text })).rejects.toThrow();
    await review(page, namespace, text);
    const callout = page.getByRole("status").filter({ hasText: "text.yaml" });
    const section = page.getByRole("region", { name: "Refused as it is" }).filter({ hasText: "The cluster refuses" });
    await expect(callout.or(section).first()).toContainText(says);
    if (await section.isVisible()) await expect(page.getByRole("button", { name: /^Create / })).toBeDisabled();
    expect(await kubectl(["get", "statefulsets,services,configmaps", "-n", namespace, "-o", "name"])).toBe("configmap/kube-root-ca.crt");
  });
}
