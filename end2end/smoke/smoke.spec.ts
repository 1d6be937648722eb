// The product in browsers that the other tests do not use: the list is live, a form takes keys, the editor completes.
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "@playwright/test";
import { apply, createNamespace, kubectl, statefulSet } from "../cluster.ts";
import { Console } from "../console.ts";
import { openFirefox } from "./firefox.ts";
import { field, heard, listen, named, type Tab, until } from "./tab.ts";
import { openWebKit } from "./webkit.ts";

/** A program on the PATH. */
function program(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** WebKitGTK's browser for tests is no program for people, so it is on no PATH. */
function miniBrowser(): string | undefined {
  const libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].filter((folder) => existsSync(folder));
  const inside = libraries.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const places = [...libraries, ...inside].map((folder) => join(folder, "webkit2gtk-4.1/MiniBrowser"));
  return places.find((file) => existsSync(file));
}

/** How a browser is opened; nothing where it is not installed. */
function opener(browser: "Firefox" | "WebKit"): (() => Promise<Tab>) | undefined {
  if (browser === "Firefox") {
    const firefox = program("firefox-esr") ?? program("firefox");
    return firefox ? () => openFirefox(firefox) : undefined;
  }
  const [driver, mini] = [program("WebKitWebDriver"), miniBrowser()];
  return driver && mini && program("Xvfb") ? () => openWebKit(driver, mini) : undefined;
}

const lines = `[...document.querySelectorAll(".view-line")].map((l) => l.innerText.replaceAll("\\u00a0", " "))`;

/** The list, the wizard and the editor, one after the other in one document. */
async function walk(tab: Tab, link: string, namespace: string): Promise<void> {
  await tab.goto(link);
  // A browser complains of what it was still loading when a page is left.
  await until(tab, "the first page is live", `document.body.innerText.includes("Live")`);
  await tab.goto(`${new URL(link).origin}/statefulsets?ns=${namespace}`);
  await listen(tab);
  await until(tab, "the list is live", `document.body.innerText.includes("Live")`);
  await apply(namespace, statefulSet("appears"));
  await until(tab, "a set appears and runs", `/appears[^]*Running/.test(document.querySelector("tbody")?.innerText ?? "")`);

  await tab.click(await named(tab, "a", "Create"));
  await until(tab, "the wizard is ready", `document.querySelector(".wiz.ready")`);
  const name = await field(tab, "Name");
  await tab.click(name);
  await tab.press("A", true);
  await tab.type("typed-here");
  await until(tab, "the name is in the field", `document.querySelector(${JSON.stringify(name)}).value === "typed-here"`);

  await tab.click(await named(tab, "a", "Edit as code"));
  await until(tab, "the editor is ready", `document.querySelector(".editor.ready .view-line")`);
  await tab.click(await named(tab, "[role=group] button", "StatefulSet typed-here"));
  // The editor draws the lines of a tab anew: a click may meet one that is gone.
  const line = `[...document.querySelectorAll(".view-line")].find((l) => l.innerText.includes("replicas:\\u00a01"))`;
  const there = `${line}?.style.top === document.querySelector(".cursors-layer .cursor")?.style.top`;
  await expect(async () => {
    await tab.click(await named(tab, ".view-line", "replicas: 1"));
    await expect.poll(() => tab.evaluate<boolean>(there), { timeout: 2000 }).toBe(true);
  }, "the cursor is in the line").toPass({ timeout: 20_000 });
  await tab.press("END");
  await tab.press("ENTER");
  await tab.type("revisionHist");
  // The first words may come before the schema's worker is up. Enter takes a word once it is marked.
  const marked = ".suggest-widget.visible .monaco-list-row.focused";
  const offered = `document.querySelector("${marked}")?.innerText.includes("revisionHistoryLimit")`;
  await expect(async () => {
    if (!(await tab.evaluate<boolean>(`Boolean(${offered})`))) await tab.press("SPACE", true);
    await expect.poll(() => tab.evaluate<boolean>(`Boolean(${offered})`), { timeout: 3000 }).toBe(true);
  }, "the schema completes").toPass({ timeout: 40_000 });
  await tab.press("ENTER");
  await until(tab, "the word is whole", `${lines}.some((line) => /^ +revisionHistoryLimit:/.test(line))`);
}

for (const browser of ["Firefox", "WebKit"] as const) {
  test(`${browser}: the list is live, the wizard takes keys, the editor completes`, async () => {
    const open = opener(browser);
    test.skip(!open, `${browser} is not installed, and there is no apt to install it`);
    if (!open) return;
    const namespace = `smoke-${crypto.randomUUID().slice(0, 8)}`;
    await createNamespace(namespace);
    const console = await Console.start("admin");
    const tab = await open();
    try {
      await walk(tab, console.link, namespace);
      expect(await heard(tab), "what the browser complained about").toEqual([]);
    } finally {
      await tab.close();
      await console.stop();
      await kubectl(["delete", "namespace", namespace, "--wait=false"]);
    }
    expect(console.panics, "panics of the server").toEqual([]);
  });
}
