// Which Chromium to start, and how: the same for tests, pictures and measurements.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of the distribution where there is one; else Playwright takes its own. */
function installed(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** Options for `chromium.launch`. Chromium's sandbox does not start for root. */
export const launchOptions = {
  executablePath: installed(),
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
};
