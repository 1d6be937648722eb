// Debian's WebKitGTK in its MiniBrowser, by WebDriver, on a screen of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Builder, By, Capabilities, Key } from "selenium-webdriver";
import { expect } from "@playwright/test";
import { type Tab } from "./tab.ts";

/** A port that was free a moment ago: the driver takes a number, and tells none that the system chose. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** A screen that nobody sees, and its name. */
async function screen(): Promise<{ child: ChildProcess; display: string }> {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const lines = createInterface({ input: child.stdio[3] as Readable });
  const [number] = (await once(lines, "line")) as [string];
  return { child, display: `:${number}` };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/status`)).ok;
  } catch {
    return false;
  }
}

/** A fresh MiniBrowser. */
export async function openWebKit(driverPath: string, browserPath: string): Promise<Tab> {
  const { child: xvfb, display } = await screen();
  const port = await freePort();
  const child = spawn(driverPath, [`--port=${port}`], { stdio: "ignore", env: { ...process.env, DISPLAY: display } });
  const end = () => {
    child.kill();
    xvfb.kill();
  };
  // A test that is interrupted stops nothing by itself.
  process.once("exit", end);
  const server = `http://127.0.0.1:${port}`;
  await expect.poll(() => answers(server), { message: "WebKitWebDriver answers" }).toBe(true);
  const options = { binary: browserPath, args: ["--automation"] };
  const driver = await new Builder()
    .usingServer(server)
    .withCapabilities(new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options }))
    .build();
  await driver.manage().window().setRect({ x: 0, y: 0, width: 1440, height: 900 });
  const keys = { END: Key.END, ENTER: Key.ENTER, SPACE: " ", A: "a" };
  return {
    goto: (url) => driver.get(url),
    click: async (selector) => driver.findElement(By.css(selector)).click(),
    type: (text) => driver.actions().sendKeys(text).perform(),
    press: (key, control = false) => {
      const actions = driver.actions();
      const pressed = control ? actions.keyDown(Key.CONTROL).sendKeys(keys[key]).keyUp(Key.CONTROL) : actions.sendKeys(keys[key]);
      return pressed.perform();
    },
    evaluate: <T>(expression: string) => driver.executeScript<T>(`return (${expression});`),
    told: () => [],
    close: async () => {
      await driver.quit();
      end();
      process.off("exit", end);
    },
  };
}
