// What every measurement shares: a cold browser, times and memory.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { launchOptions } from "../browser.ts";
import { Console, type StorageState } from "../console.ts";

/** Times and sizes of one cold load. */
export interface Load {
  bytes: number;
  requests: number;
  /** The server's first byte. */
  answered: number;
  /** When the browser put the first row on the screen. */
  firstRow: number;
  /** Two animation frames after the row was in the document: the page answers by then. */
  frames: number;
  live: number;
  heap: number;
}

export const percentile = (numbers: number[], of: number) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor((numbers.length * of) / 100))] ?? Number.NaN;

export const median = (numbers: number[]) => percentile(numbers, 50);

/** Bytes of memory that a process holds. */
export function resident(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

export const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** The name and version of the browser, without its complaints about the machine. */
export function version(): string {
  const program = launchOptions.executablePath ?? chromium.executablePath();
  return execFileSync(program, ["--version"], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
}

/** A console that nobody has asked for anything, after it had a moment to look at its cluster. */
export async function started(): Promise<{ server: Console; cookies: StorageState; fresh: number }> {
  const server = await Console.start("admin");
  await pause(3_000);
  const fresh = resident(server.pid);
  return { server, cookies: await server.signIn(), fresh };
}

/** Adds figures to the file that `cargo xtask bench` reads. */
export function tell(name: string, figures: unknown): void {
  const file = process.env.ORDINAL_FIGURES ?? "../target/figures.json";
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  writeFileSync(file, JSON.stringify({ ...known, [name]: figures }, null, 2));
}

/** Loads a page in a browser of its own: nothing in any cache, no warm process. `row` is the path of its first link. */
export async function coldLoad(origin: string, cookies: StorageState, path: string, row: string): Promise<Load> {
  const browser = await chromium.launch(launchOptions);
  const context = await browser.newContext({ baseURL: origin, storageState: cookies });
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
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) performance.mark("first-row", { startTime: entry.startTime });
    }).observe({ type: "element", buffered: true });
    const observer = new MutationObserver(() => {
      const found = document.querySelector(`a[href^="${prefix}"]`);
      if (!found) return;
      observer.disconnect();
      // From now on the browser tells when it paints it; of a text it tells by the block around it.
      for (const element of [found, found.parentElement]) element?.setAttribute("elementtiming", "row");
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("frames")));
    });
    observer.observe(document, { childList: true, subtree: true });
  }, row);
  const start = Date.now();
  await page.goto(path, { waitUntil: "networkidle" });
  await page.waitForFunction(() => performance.getEntriesByName("first-row").length > 0, null, { timeout: 20_000 });
  const times = await page.evaluate(() => {
    const mark = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    return { answered: navigation?.responseStart ?? Number.NaN, firstRow: mark("first-row"), frames: mark("frames") };
  });
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize")?.value ?? Number.NaN;
  await browser.close();
  return { bytes, requests, ...times, live: socket ? socket - start : Number.NaN, heap };
}

/** The medians of several cold loads. */
export async function coldLoads(runs: number, load: () => Promise<Load>): Promise<Load> {
  const all: Load[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await load());
  const of = (pick: (load: Load) => number) => median(all.map(pick));
  return {
    bytes: of((l) => l.bytes),
    requests: of((l) => l.requests),
    answered: of((l) => l.answered),
    firstRow: of((l) => l.firstRow),
    frames: of((l) => l.frames),
    live: of((l) => l.live),
    heap: of((l) => l.heap),
  };
}
