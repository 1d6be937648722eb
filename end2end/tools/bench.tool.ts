// What a cold browser pays for the list of 50 sets. The figures go to a file, which `cargo xtask bench` reads.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { launchOptions } from "../browser.ts";
import { apply, createNamespace, statefulSet, value } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

const NAMESPACE = "bench";
const SETS = 50;
const RUNS = 7;

interface Load {
  bytes: number;
  requests: number;
  firstRow: number;
  live: number;
  heap: number;
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Kilobytes of memory that a process holds. */
const resident = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

/** The name and version of the browser, without its complaints about the machine. */
function version(): string {
  const program = launchOptions.executablePath ?? chromium.executablePath();
  return execFileSync(program, ["--version"], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
}

test("the list of 50 sets in a cold Chromium", async ({ consoleOf }) => {
  const exists = await value(`namespace/${NAMESPACE}`, "{.metadata.name}", "default");
  if (!exists) {
    await createNamespace(NAMESPACE);
    for (let i = 0; i < SETS; i += 1) {
      await apply(NAMESPACE, statefulSet(`set-${String(i).padStart(2, "0")}`, { replicas: 2, parallel: true }));
    }
  }
  for (let i = 0; i < SETS; i += 1) {
    const name = `statefulset/set-${String(i).padStart(2, "0")}`;
    await expect.poll(() => value(name, "{.status.readyReplicas}", NAMESPACE), { timeout: 60_000 }).toBe("2");
  }

  const { console: server, cookies } = await consoleOf("admin");
  const fresh = resident(server.pid);
  const loads: Load[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // A browser of its own: nothing in any cache, no warm process.
    const browser = await chromium.launch(launchOptions);
    const context = await browser.newContext({ baseURL: server.origin, storageState: cookies });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    let bytes = 0;
    let requests = 0;
    cdp.on("Network.loadingFinished", (event) => {
      bytes += event.encodedDataLength;
      requests += 1;
    });
    let socket = 0;
    page.on("websocket", () => {
      socket ||= Date.now();
    });
    await page.addInitScript((prefix) => {
      const look = () => {
        if (!document.querySelector(`a[href^="${prefix}"]`)) return void requestAnimationFrame(look);
        // The frame after the one that has the row in it: by then it is on the screen.
        requestAnimationFrame(() => performance.mark("first-row"));
      };
      look();
    }, `/statefulsets/${NAMESPACE}/`);
    const start = Date.now();
    await page.goto(`/statefulsets?ns=${NAMESPACE}`, { waitUntil: "networkidle" });
    const firstRow = await page.evaluate(() => performance.getEntriesByName("first-row")[0]?.startTime ?? Number.NaN);
    await cdp.send("Performance.enable");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize")?.value ?? 0;
    loads.push({ bytes, requests, firstRow, live: socket ? socket - start : Number.NaN, heap });
    await browser.close();
  }
  const of = (pick: (load: Load) => number) => median(loads.map(pick));
  const figures = {
    bytes: of((load) => load.bytes),
    requests: of((load) => load.requests),
    first_row_ms: of((load) => load.firstRow),
    live_ms: of((load) => load.live),
    heap_bytes: of((load) => load.heap),
    server_fresh_kb: fresh,
    server_kb: resident(server.pid),
    browser: version(),
  };
  writeFileSync(process.env.ORDINAL_FIGURES ?? "../target/figures.json", JSON.stringify(figures, null, 2));
  expect(figures.first_row_ms, "a row was drawn").toBeGreaterThan(0);
});
