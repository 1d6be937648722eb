// The README's pictures, taken from the running product on the believable scene.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions } from "@playwright/test";
import { expect, test } from "../fixtures.ts";

const folder = join(import.meta.dirname, "../../docs/pictures");

const pages = [
  { name: "list", path: "/statefulsets?ns=orders", shows: "orders-db" },
  { name: "create", path: "/create?ns=orders", shows: "Basic info|基本信息" },
  { name: "code", path: "/create?ns=orders&step=code", shows: "StatefulSet" },
  { name: "edit", path: "/statefulsets/orders/search/edit?step=containers", shows: "Image|镜像" },
  { name: "detail", path: "/statefulsets/orders/search", shows: "search-4" },
];

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
const looks: { name: string; options: BrowserContextOptions }[] = [
  { name: "1440-light", options: { viewport: wide, colorScheme: "light" } },
  { name: "1440-dark", options: { viewport: wide, colorScheme: "dark" } },
  { name: "390-light", options: { viewport: narrow, colorScheme: "light", deviceScaleFactor: 2 } },
  { name: "zh", options: { viewport: wide, colorScheme: "light", locale: "zh-CN" } },
];

mkdirSync(folder, { recursive: true });
for (const { name, path, shows } of pages) {
  for (const look of looks) {
    test(`${name}-${look.name}`, async ({ signIn }) => {
      const page = await signIn("admin", { reducedMotion: "reduce", ...look.options });
      // Idle means that the wasm is there and has asked for all that it needs; the open socket does not count.
      await page.goto(path, { waitUntil: "networkidle" });
      await expect(page.locator("main")).toContainText(new RegExp(shows));
      const height = look.options.viewport === narrow ? 1_800 : 1_200;
      const tall = await page.evaluate(() => document.documentElement.scrollHeight);
      const width = look.options.viewport?.width ?? wide.width;
      await page.setViewportSize({ width, height: Math.min(Math.max(tall, look.options.viewport?.height ?? 0), height) });
      await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), animations: "disabled" });
    });
  }
}
