import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser.ts";

export default defineConfig({
  testDir: "specs",
  outputDir: "../target/playwright",
  // Every test has a namespace of its own, so they need not wait for each other.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  // The slowest take a third of it on two idle cores.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  // `cargo xtask test` reads the second one for its totals.
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "../target/playwright.json" }]],
  use: {
    browserName: "chromium",
    launchOptions,
    locale: "en-GB",
    colorScheme: "light",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
