// Files of a container: listed and taken by programs in it; on the simulated nodes they run on this machine.
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { apply, kubectl, statefulSet } from "../cluster.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

const run = promisify(execFile);

/** A folder that everybody may read, with a file of a megabyte, an odd name and a folder in it. */
async function folder() {
  const path = await mkdtemp(join(tmpdir(), "ordinal-files-"));
  await chmod(path, 0o755);
  await mkdir(join(path, "inner"));
  await writeFile(join(path, "inner", "deep.txt"), "deep\n");
  await writeFile(join(path, "a b;$(id).bin"), Buffer.alloc(1024 * 1024, "ordinal\n"));
  return path;
}

async function started(namespace: string) {
  await apply(namespace, statefulSet("web"));
  await kubectl(["rollout", "status", "statefulset/web", "-n", namespace, "--timeout=60s"]);
}

async function open(page: Page, namespace: string) {
  await page.goto(`/pods/${namespace}/web-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Files in web" }).click();
  const dialog = page.getByRole("dialog", { name: "Files in web" });
  const go = async (path: string) => {
    await dialog.getByRole("textbox", { name: "Folder" }).fill(path);
    await dialog.getByRole("button", { name: "Open", exact: true }).click();
  };
  return { dialog, go };
}

test("a folder is listed, walked through, and taken whole or file by file", async ({ namespace, page }) => {
  await started(namespace);
  const path = await folder();
  try {
    const { dialog, go } = await open(page, namespace);
    await go(path);
    await expect(dialog.getByRole("listitem").first()).toContainText("inner/");
    await expect(dialog).toContainText("1,048,576 bytes");
    const file = page.waitForEvent("download");
    await dialog.getByRole("link", { name: "Download a b;$(id).bin" }).click();
    const taken = await file;
    expect(await readFile(await taken.path())).toEqual(await readFile(join(path, "a b;$(id).bin")));
    await dialog.getByRole("button", { name: "inner/" }).click();
    await expect(dialog).toContainText("deep.txt");
    await dialog.getByRole("button", { name: "Up" }).click();
    await expect(dialog).toContainText("inner/");
    const archive = page.waitForEvent("download");
    await dialog.getByRole("link", { name: "Download the folder (tar)" }).click();
    const { stdout } = await run("tar", ["tf", await (await archive).path()]);
    expect(stdout).toContain("/inner/deep.txt");
  } finally {
    await rm(path, { recursive: true });
  }
});

test("what is no path is not asked for, and who may not is told", async ({ namespace, page, signIn, tolerate }) => {
  tolerate(/403/);
  await started(namespace);
  const { dialog } = await open(page, namespace);
  const path = dialog.getByRole("textbox", { name: "Folder" });
  await path.fill("etc");
  await expect(path).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByRole("button", { name: "Open", exact: true })).toBeDisabled();
  const carol = await signIn("carol");
  const hers = await open(carol, namespace);
  await expect(hers.dialog).toContainText(/The folder cannot be listed\. .*pods\/exec/);
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await started(namespace);
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    await page.goto(`/pods/${namespace}/web-0`);
    await expect(page.locator(".link.live").first()).toBeVisible();
    await page.getByRole("button", { name: /^Files in web|^web 中的文件/ }).click();
    await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
  }
});
