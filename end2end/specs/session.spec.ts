// A session and its end; what a page says when the console is silent, gone, or of another version.
import { createServer } from "node:http";
import { apply, statefulSet } from "../cluster.ts";
import { Console } from "../console.ts";
import { expect, test } from "../fixtures.ts";

test("signing out ends every tab of the browser", async ({ browser, tolerate }) => {
  tolerate(/./);
  const own = await Console.start("admin");
  try {
    const context = await browser.newContext({ baseURL: own.origin, storageState: await own.signIn() });
    const [first, second] = [await context.newPage(), await context.newPage()];
    for (const page of [first, second]) {
      await page.goto("/statefulsets");
      await expect(page.getByText("Live", { exact: true })).toBeVisible();
    }
    await first.getByRole("button", { name: "Sign out" }).click();
    await expect(first.getByText("Signed out.")).toBeVisible();
    await expect(second.getByText("You are signed out")).toBeVisible();
    expect((await context.request.get("/statefulsets")).status()).toBe(401);
    await context.close();
  } finally {
    await own.stop();
  }
});

test("a silent console is told with the time of its last word", async ({ browser, namespace }) => {
  await apply(namespace, statefulSet("as-of"));
  const own = await Console.start("admin");
  try {
    const context = await browser.newContext({ baseURL: own.origin, storageState: await own.signIn() });
    const page = await context.newPage();
    await page.goto(`/statefulsets?ns=${namespace}`);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    process.kill(own.pid, "SIGSTOP");
    await expect(page.getByText(/^As of \d\d:\d\d:\d\d UTC/)).toBeVisible({ timeout: 15_000 });
    process.kill(own.pid, "SIGCONT");
    await expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: 20_000 });
    await context.close();
  } finally {
    process.kill(own.pid, "SIGCONT");
    await own.stop();
  }
});

test("a link on another site opens the page", async ({ browser, consoleOf }) => {
  const { console: own, cookies } = await consoleOf("admin");
  const chat = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<a href="${own.origin}/claims">look</a>`);
  });
  await new Promise<void>((listening) => chat.listen(0, "127.0.0.1", listening));
  const address = chat.address();
  const port = address && typeof address === "object" ? address.port : 0;
  try {
    const context = await browser.newContext({ storageState: cookies });
    const page = await context.newPage();
    // Another name is another site, whatever the machine.
    await page.goto(`http://localhost:${port}/`);
    await page.getByRole("link", { name: "look" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Claims" })).toBeVisible();
    await context.close();
  } finally {
    await new Promise((closed) => chat.close(closed));
  }
});
