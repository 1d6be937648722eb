// Firefox and WebKit, a minute together: the distribution's browsers, driven by their own protocols. Playwright only
// runs the tests and counts them.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "smoke",
  outputDir: "../target/playwright-smoke",
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // `cargo xtask test` reads the second one for its totals.
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "../target/smoke.json" }]],
});
