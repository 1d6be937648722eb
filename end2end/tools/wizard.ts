// How fast the wizard answers: opening, a step, a key. Large texts come in as a draft that the tab has kept.
import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { median, percentile } from "./measure.ts";

interface Timed extends Window {
  shown: number[];
}

const spread = (times: number[]) => ({ p50: median(times), p99: percentile(times, 99), count: times.length });

/** A set with so many containers and variables in each. */
export function manifest(containers: number, variables: number): string {
  const one = (n: number) =>
    [
      `      - name: c${n}`,
      `        image: registry.example.com/team/app-${n}:1.2.3 # pinned`,
      "        env:",
      ...[...Array(variables).keys()].flatMap((v) => [`        - name: VARIABLE_${v}`, `          value: "value ${v}"`]),
    ].join("\n");
  return `apiVersion: v1
kind: Service
metadata:
  name: big
  namespace: default
spec:
  clusterIP: None
  selector:
    app: big
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: big
  namespace: default
spec:
  serviceName: big
  replicas: 3
  selector:
    matchLabels:
      app: big
  template:
    metadata:
      labels:
        app: big
    spec:
      containers:
${[...Array(containers).keys()].map(one).join("\n")}
`;
}

async function open(page: Page, text: string, step: string): Promise<number> {
  await page.evaluate((draft) => sessionStorage.setItem("ordinal.draft", draft), text);
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector(".wiz.ready")) return;
      performance.mark("ready");
      observer.disconnect();
    }).observe(document, { attributes: true, childList: true, subtree: true });
  });
  await page.goto(`/create?step=${step}`);
  await expect(page.locator(".wiz.ready")).toBeVisible();
  return page.evaluate(() => performance.getEntriesByName("ready")[0]?.startTime ?? Number.NaN);
}

/** Milliseconds from each key in a field to the new text in the YAML beside it. */
async function keys(page: Page, field: string): Promise<number[]> {
  await page.evaluate(() => {
    const timed = window as unknown as Timed;
    timed.shown = [];
    let pressed = 0;
    addEventListener("input", () => (pressed = performance.now()), { capture: true });
    const pane = document.querySelector("aside");
    if (!pane) throw new Error("no pane");
    new MutationObserver(() => {
      if (pressed > 0) timed.shown.push(performance.now() - pressed);
      pressed = 0;
    }).observe(pane, { childList: true, characterData: true, subtree: true });
  });
  const input = page.getByRole("textbox", { name: field, exact: true }).first();
  await input.click();
  await page.keyboard.press("End");
  await page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123", { delay: 60 });
  return page.evaluate(() => (window as unknown as Timed).shown);
}

/** Milliseconds from the click on a step to its heading. */
async function steps(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (const name of ["Volume templates", "Service", "Labels", "Containers", "Volume templates", "Service", "Labels", "Containers"]) {
    times.push(
      await page.evaluate(async (wanted) => {
        const link = [...document.querySelectorAll<HTMLAnchorElement>(".rail a")].find((a) => a.textContent?.includes(wanted));
        const start = performance.now();
        link?.click();
        while (!document.querySelector("#step h1")?.textContent?.includes(wanted)) await new Promise((next) => setTimeout(next));
        return performance.now() - start;
      }, name),
    );
  }
  return times;
}

/** All figures of the wizard; the page is one that is signed in. */
export async function wizard(page: Page) {
  await page.goto("/create");
  await expect(page.locator(".wiz.ready")).toBeVisible();
  const opened: number[] = [];
  for (let run = 0; run < 5; run += 1) opened.push(await open(page, manifest(1, 1), "basics"));
  const small = await keys(page, "Name");
  // Twelve containers with two hundred variables among them, then two thousand lines.
  const wide = await open(page, manifest(12, 17), "containers");
  const wideKeys = await keys(page, "Image");
  const wideSteps = await steps(page);
  await open(page, manifest(20, 49), "basics");
  const long = await keys(page, "Name");
  return {
    opened: median(opened),
    keys: spread(small),
    wide: { opened: wide, keys: spread(wideKeys), steps: spread(wideSteps) },
    long: { lines: manifest(20, 49).split("\n").length, keys: spread(long) },
  };
}
