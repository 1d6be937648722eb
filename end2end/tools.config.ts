// Not tests: `cargo xtask pictures` and `cargo xtask bench` drive the browser through these.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser.ts";

export default defineConfig({
  testDir: "tools",
  testMatch: "*.tool.ts",
  outputDir: "../target/playwright-tools",
  workers: 1,
  timeout: 180_000,
  reporter: "line",
  use: { browserName: "chromium", launchOptions, locale: "en-GB" },
});
