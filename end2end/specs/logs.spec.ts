// Logs: one stream of all ordinals, in order, without repeat; filters, pause, the ways there, and who may read them.
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { apply, kubectl, state, statefulSet } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";
import { Reader } from "../logs.ts";

// Pods called chatter-N have the log that is in the file of that name, in whatever namespace they are.
test.describe.configure({ mode: "serial" });

const file = (ordinal: number) => join(state, `sim/logs/chatter-${ordinal}.log`);
const begun = Date.now();

/** A time of the container runtime: so many milliseconds after the tests began. */
const at = (millis: number) => new Date(begun + millis).toISOString().replace("Z", "000000Z");
const line = (millis: number, text: string) => `${at(millis)} stdout F ${text}\n`;

const fresh = (ordinals: number) => Promise.all(Array.from({ length: ordinals }, (_, n) => writeFile(file(n), "")));

const ready = (namespace: string) =>
  kubectl(["rollout", "status", "statefulset/chatter", "-n", namespace, "--timeout=60s"]);

const start = async (namespace: string, replicas: number) => {
  await apply(namespace, statefulSet("chatter", { replicas, parallel: true }));
  await ready(namespace);
};

const log = (page: Page) => page.getByRole("log");
/** The texts of the lines that are drawn, from the oldest to the newest. */
const lines = (page: Page) => log(page).locator(".ln .m");

test("all ordinals are one stream in the order of their times, followed, filtered and paused", async ({ namespace, page }) => {
  await fresh(3);
  await start(namespace, 3);
  await writeFile(file(0), line(1, "INFO one") + line(4, "ERROR four") + line(7, `{"level":"warn","msg":"seven","took_ms":8412}`));
  await writeFile(file(1), line(2, "INFO two") + line(5, "\u001b[31mfive\u001b[0m") + line(8, "GET /healthz"));
  await writeFile(file(2), line(3, "INFO three") + line(6, "INFO six <b>bold</b>"));
  await page.goto(`/statefulsets/${namespace}/chatter/logs`);
  const all = ["INFO one", "INFO two", "INFO three", "ERROR four", "five", "INFO six <b>bold</b>", /seven/, "GET /healthz"];
  await expect(lines(page)).toHaveText(all);
  await expect(page.getByText("3 of 3 pods")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Following" })).toBeVisible();

  await appendFile(file(2), line(9, "nine"));
  await expect(lines(page).last()).toHaveText("nine");

  // Fields, by the keyboard.
  await page.getByLabel("Only lines that match").fill("took_ms");
  await expect(lines(page)).toHaveText([/seven/]);
  await expect(page).toHaveURL(/q=took_ms/);
  await log(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(log(page).getByRole("definition")).toContainText("8412");
  await page.keyboard.press("Escape");
  await page.getByLabel("Only lines that match").fill("");

  await page.getByLabel("Without lines that match").fill("GET /(healthz|ready)");
  await expect(lines(page)).toHaveCount(8);
  await page.getByRole("group", { name: "Levels" }).getByRole("button", { name: /^info/ }).click();
  await expect(lines(page)).toHaveText(["ERROR four", "five", /seven/, "nine"]);
  await page.getByLabel("Mark in lines").fill("e[vn]");
  await expect(log(page).locator("mark").first()).toBeVisible();
  await page.getByRole("button", { name: "Next hit" }).click();
  await page.getByLabel("Only lines that match").fill("(");
  await expect(page.getByRole("alert").filter({ hasText: "No regular expression" })).toBeVisible();
  await page.getByLabel("Only lines that match").fill("");
  await expect(page).toHaveURL(/not=GET.*mark=e/);
  await page.reload();
  await expect(lines(page)).toHaveText(["ERROR four", "five", /seven/, "nine"]);

  // What is written while the reading is stopped comes when it goes on.
  await page.getByRole("button", { name: /^Pause/ }).click();
  await expect(page.getByText("The server reads no further.")).toBeVisible();
  await appendFile(file(0), line(10, "ten"));
  await page.getByRole("button", { name: /^Go on/ }).click();
  await expect(lines(page).last()).toHaveText("ten");

  await page.getByRole("group", { name: "Ordinals" }).getByRole("button", { name: "chatter-1" }).click();
  await expect(lines(page)).toHaveText(["five"]);
  await expect(page).toHaveURL(/o=1/);
});

test("a pod that is made anew is followed, and its log is reached from every page", async ({ namespace, page }) => {
  await fresh(1);
  await start(namespace, 1);
  await writeFile(file(0), line(1, "first"));
  await page.goto(`/statefulsets/${namespace}/chatter`);
  await page.getByRole("row", { name: /chatter-0/ }).getByRole("link", { name: "Logs" }).click();
  await expect(page).toHaveURL(`/pods/${namespace}/chatter-0/logs`);
  await expect(lines(page)).toHaveText(["first"]);
  await expect(page.getByRole("status").filter({ hasText: "Following" })).toBeVisible();
  await kubectl(["delete", "pod", "chatter-0", "-n", namespace]);
  await ready(namespace);
  await appendFile(file(0), line(2, "second"));
  await expect(log(page)).toContainText("chatter-0 was made anew.");
  await expect(lines(page).last()).toHaveText("second");

  await page.goto(`/pods/${namespace}/chatter-0`);
  await page.getByRole("navigation", { name: "Parts of the pod" }).getByRole("link", { name: "Logs" }).click();
  await expect(page.getByRole("heading", { name: "Logs" })).toBeVisible();
  await page.goto(`/statefulsets/${namespace}/chatter`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("option").filter({ hasText: "Logs" }).click();
  await expect(page).toHaveURL(`/statefulsets/${namespace}/chatter/logs`);
});

test("a line of ten megabytes is cut, and the run before is read", async ({ namespace, page }) => {
  await fresh(1);
  await start(namespace, 1);
  await writeFile(file(0), line(1, "before") + line(2, "x".repeat(10_000_000)) + line(3, "after"));
  await page.goto(`/pods/${namespace}/chatter-0/logs`);
  await expect(lines(page)).toHaveText(["before", /^x+$/, "after"]);
  await expect(page.getByText(/Cut at 16 KB of 9.5 MB/)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Following" })).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByText("The first MB of it; the rest is in the download.")).toBeVisible();
  await page.getByRole("group", { name: "Run" }).getByRole("button", { name: "Previous" }).click();
  await expect(lines(page).first()).toContainText("the run before: line 0");
  await expect(page.getByRole("status").filter({ hasText: "All of it is read" })).toBeVisible();
});

test("without JavaScript the end of the log is a page; it is whole in Chinese, on a phone and for everybody", async ({ namespace, page, signIn }) => {
  await fresh(1);
  await start(namespace, 1);
  await writeFile(file(0), line(1, "ERROR one") + line(2, "two"));
  const plain = await signIn("admin", { javaScriptEnabled: false });
  await plain.goto(`/statefulsets/${namespace}/chatter/logs`);
  await expect(lines(plain)).toHaveText(["ERROR one", "two"]);
  await expect(plain.getByText("The end of the log.")).toBeVisible();

  await page.goto(`/statefulsets/${namespace}/chatter/logs`);
  await expect(lines(page)).toHaveText(["ERROR one", "two"]);
  await axe(page);
  const phone = await signIn("admin", { locale: "zh-CN", viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await phone.goto(`/statefulsets/${namespace}/chatter/logs`);
  await expect(phone.getByText("1 个 Pod 中已读取 1 个")).toBeVisible();
  await axe(phone);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("who may not read logs is told so", async ({ namespace, signIn, tolerate }) => {
  tolerate(/403/);
  await fresh(1);
  await start(namespace, 1);
  await writeFile(file(0), line(1, "a secret of others"));
  const page = await signIn("dave");
  await page.goto(`/pods/${namespace}/chatter-0/logs`);
  await expect(page.getByText(/pods\/log/)).toBeVisible();
  expect(await page.content()).not.toContain("a secret of others");
});

test("thousands of lines a second arrive once, in order, however often the socket is cut", async ({ namespace, consoleOf }) => {
  test.setTimeout(90_000);
  const [pods, rate, seconds] = [10, 500, 12];
  await fresh(pods);
  await start(namespace, pods);
  const { console, cookies } = await consoleOf("admin");
  const reader = new Reader(console.origin, cookies, namespace, "chatter");
  await reader.open();
  const tick = 100;
  for (let n = 0; n < (seconds * 1000) / tick; n++) {
    const now = Date.now() - begun;
    const chunk = (pod: number) =>
      Array.from({ length: (rate * tick) / 1000 }, (_, k) => line(now, `${pod} ${(n * rate * tick) / 1000 + k}`)).join("");
    await Promise.all(Array.from({ length: pods }, (_, pod) => appendFile(file(pod), chunk(pod))));
    if (n % 24 === 23) await reader.cut();
    await new Promise((done) => setTimeout(done, tick));
  }
  await expect.poll(() => reader.seen, { timeout: 20_000 }).toBe(pods * rate * seconds);
  reader.close();
  // A stream that is opened again after a cut may be behind by more than the window: its lines then come as they come.
  const late = reader.faults.filter((fault) => fault.includes("came after"));
  expect(late.length).toBeLessThan(pods * rate / 10);
  expect(reader.faults.filter((fault) => !late.includes(fault))).toEqual([]);
});
