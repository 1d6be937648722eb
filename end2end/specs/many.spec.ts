// A million replicas, by a slip of a finger: every page stays quick and small, and counts what it does not show.
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

/** The longest answer, and the longest frame of the socket, in bytes. */
const MOST = 300_000;

/** A set that asks for a million pods, of which a quota lets none be made. */
async function million(namespace: string): Promise<void> {
  // Without revisions the controller stops early: else it would make all pods in its memory before it asks for the first.
  const hard = { pods: "0", "count/controllerrevisions.apps": "0" };
  await apply(namespace, JSON.stringify({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "none" }, spec: { hard } }));
  await kubectl(["wait", "--for=jsonpath={.status.hard.pods}=0", "resourcequota/none", "-n", namespace, "--timeout=20s"]);
  await apply(namespace, statefulSet("web", { replicas: 1_000_000, storageClass: "standard" }));
}

/** Fails where an answer or a frame of the socket is long. */
function watchSizes(page: Page): { expectSmall: () => Promise<void> } {
  const sizes: Promise<[string, number]>[] = [];
  page.on("response", (response) => {
    if (/\/(statefulsets|claims|api)/.test(new URL(response.url()).pathname)) {
      sizes.push(response.body().then((body) => [response.url(), body.length] as [string, number], () => [response.url(), 0]));
    }
  });
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => sizes.push(Promise.resolve(["frame", payload.length])));
  });
  return {
    expectSmall: async () => {
      const all = await Promise.all(sizes);
      expect(all.length).toBeGreaterThan(0);
      expect(all.filter(([, size]) => size > MOST)).toEqual([]);
    },
  };
}

test("a million replicas are counted in the list, on the page and in its dialogs", async ({ namespace, page }) => {
  test.slow();
  const sizes = watchSizes(page);
  await million(namespace);
  await page.goto(`/statefulsets?ns=${namespace}`);
  const row = page.getByRole("row", { name: /web/ });
  await expect(row).toContainText("0/1,000,000");
  await expect(row).toContainText("1,000,000 × 1Gi");
  await expect(row.getByRole("list", { name: "Ordinals of web" }).getByRole("listitem")).toHaveText(["1,000,000 no pod"]);

  await row.getByRole("link", { name: "web", exact: true }).click();
  await expect(page.getByRole("row", { name: /web-99/ })).toContainText("no pod");
  await expect(page.getByRole("row")).toHaveCount(101);
  await expect(page.getByText("1–100 of 1,000,000")).toBeVisible();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByRole("rowheader", { name: "web-100", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/from=100$/);
  await page.reload();
  await expect(page.getByText("101–200 of 1,000,000")).toBeVisible();
  await axe(page);

  const replicas = page.getByRole("textbox", { name: "Replicas" });
  await expect(replicas).not.toHaveAttribute("aria-invalid");
  await replicas.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("3");
  await expect(page.getByRole("heading", { name: "web from 1,000,000 to 3" })).toBeVisible();
  await expect(page.getByText("web-2 starts once web-1 is ready")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete web" });
  await expect(dialog.getByText("It has no pods.")).toBeVisible();
  await dialog.getByLabel("Type web to confirm").click();
  await page.keyboard.type("web");
  await dialog.getByRole("button", { name: "Delete web" }).click();
  await expect(page.getByText("Deleted: StatefulSet web, Service web.")).toBeVisible();
  await sizes.expectSmall();
});

test("a million replicas are edited, reviewed and scaled like any number", async ({ namespace, page }) => {
  test.slow();
  const sizes = watchSizes(page);
  await million(namespace);
  await page.goto(`/statefulsets/${namespace}/web/edit?step=basics`);
  const field = page.getByRole("textbox", { name: "Replicas", exact: true });
  await expect(field).toHaveValue("1000000");
  await page.goto(`/create?ns=${namespace}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  await field.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("1000000");
  await page.reload();
  await expect(field).toHaveValue("1000000");
  await page.goto(`/statefulsets/${namespace}/web`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Replicas" }).fill("0");
  await page.getByRole("button", { name: "Scale web to 0" }).click();
  await expect(page.getByText("Stopped").first()).toBeVisible();
  expect(await value("statefulset/web", "{.spec.replicas}", namespace)).toBe("0");
  await sizes.expectSmall();
});
