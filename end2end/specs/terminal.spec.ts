// Terminals: real programs, started through the API server; on the simulated nodes they run on this machine.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet } from "../cluster.ts";
import { Console } from "../console.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

const run = promisify(execFile);

/** Opens the terminal of web-0 from its page, and waits until it takes keys. */
async function open(page: Page, namespace: string) {
  await page.goto(`/pods/${namespace}/web-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Terminal in web" }).click();
  const pane = page.getByRole("tabpanel", { name: "web-0/web" });
  // Simulated nodes now and then hang up on a new shell when another one ends.
  await expect(async () => {
    const again = pane.getByRole("button", { name: "Open a new shell" });
    if (await again.isVisible()) await again.click();
    await expect(pane.getByRole("status")).toHaveText("Running", { timeout: 3_000 });
  }).toPass();
  return { pane, keys: page.getByRole("textbox", { name: "Terminal web-0/web" }) };
}

async function started(namespace: string) {
  await apply(namespace, statefulSet("web"));
  await kubectl(["rollout", "status", "statefulset/web", "-n", namespace, "--timeout=60s"]);
}

/** Whether a program with these words still runs on this machine. */
async function runs(words: string) {
  const { stdout } = await run("ps", ["-eo", "args"]);
  return stdout.split("\n").includes(words);
}

test("a shell takes keys, ends with its code, and begins anew", async ({ namespace, page }) => {
  await started(namespace);
  const { pane, keys } = await open(page, namespace);
  await keys.pressSequentially("echo ord$((40+2))inal cegs/?\n");
  await expect(pane).toContainText("ord42inal cegs/?");
  // Every key is the program's: no shortcut of the page, no palette.
  await keys.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // Simulated nodes lose exit codes other than 0, and know no Ctrl-C.
  await keys.pressSequentially("exit\n");
  await expect(pane.getByText("Ended with exit code 0.")).toBeVisible();
  await pane.getByRole("button", { name: "Open a new shell" }).click();
  await expect(pane.getByRole("status")).toHaveText("Running");
  await keys.pressSequentially("echo again-$((2+2))\n");
  await expect(pane).toContainText("again-4");
});

test("it is kept from page to page, left by F6, and what it started ends with it", async ({ namespace, page }) => {
  await started(namespace);
  const { pane, keys } = await open(page, namespace);
  const program = `sleep ${20_000 + Math.floor(Math.random() * 60_000)}`;
  await keys.pressSequentially(`${program}\n`);
  await expect.poll(() => runs(program)).toBe(true);
  await page.getByRole("link", { name: "StatefulSets" }).first().click();
  await expect(page.getByRole("heading", { name: "StatefulSets" })).toBeVisible();
  await expect(pane).toContainText(program);
  await keys.press("F6");
  await expect(page.getByRole("tab", { name: "web-0/web" })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(pane).toHaveCount(0);
  await expect.poll(() => runs(program), { timeout: 15_000 }).toBe(false);
});

test("another command where the terminal is", async ({ namespace, page }) => {
  await started(namespace);
  await open(page, namespace);
  const command = page.getByRole("textbox", { name: "Run another command there" });
  await command.fill("sh -c 'echo $0-$((6*7)); sleep 1'");
  await command.press("Enter");
  const second = page.getByRole("tabpanel", { name: "web-0/web" });
  await expect(second).toContainText("sh-42");
  await expect(second.getByText("Ended with exit code 0.")).toBeVisible();
});

test("who may not is told, and a sign-out ends it", async ({ browser, namespace, signIn, tolerate }) => {
  tolerate(/401|Failed to load resource|WebSocket/);
  await started(namespace);
  const carol = await signIn("carol");
  await carol.goto(`/pods/${namespace}/web-0`);
  await expect(carol.getByText("Live", { exact: true })).toBeVisible();
  await carol.getByRole("button", { name: "Terminal in web" }).click();
  await expect(carol.getByText(/Not allowed: .*pods\/exec/)).toBeVisible();
  // A console of its own: who signs out signs out every tab of the browser.
  const own = await Console.start("admin");
  try {
    const context = await browser.newContext({ baseURL: own.origin, storageState: await own.signIn() });
    const page = await context.newPage();
    const { pane, keys } = await open(page, namespace);
    const program = `sleep ${20_000 + Math.floor(Math.random() * 60_000)}`;
    await keys.pressSequentially(`${program}\n`);
    await expect.poll(() => runs(program)).toBe(true);
    await page.evaluate(() => fetch("/sign-out", { method: "POST", redirect: "manual" }));
    await expect(pane.getByText("Your session has ended, and with it the terminal.")).toBeVisible({ timeout: 5_000 });
    await expect.poll(() => runs(program), { timeout: 15_000 }).toBe(false);
    await context.close();
  } finally {
    await own.stop();
  }
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await started(namespace);
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    await page.goto(`/pods/${namespace}/web-0`);
    await expect(page.locator(".link.live").first()).toBeVisible();
    await page.getByRole("button", { name: /^Terminal in web|^web 的终端/ }).click();
    await expect(page.getByRole("tabpanel").getByRole("status")).toHaveText(/Running|运行中/);
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  }
});
