// What every spec builds on: `import { expect, test } from "../fixtures.ts"`.
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";
import { createNamespace, kubectl, type User } from "./cluster.ts";
import { Console, type StorageState } from "./console.ts";

export { expect };

interface SignedIn {
  console: Console;
  cookies: StorageState;
}

interface WorkerFixtures {
  /** The console of a user, started when it is first asked for. */
  consoleOf: (user: User) => Promise<SignedIn>;
}

interface Fixtures {
  /** A namespace that no other test knows, gone afterwards. */
  namespace: string;
  /** A page of somebody else, or a second one of the administrator; watched like `page`. */
  signIn: (user: User, options?: BrowserContextOptions) => Promise<Page>;
  /** Lets a test provoke what would fail it: console messages that match are not counted. */
  tolerate: (pattern: RegExp) => void;
}

/** Everything that a page complained about: console errors, exceptions, policy violations. */
class Complaints {
  private readonly seen: string[] = [];
  private readonly tolerated: RegExp[] = [];

  tolerate(pattern: RegExp): void {
    this.tolerated.push(pattern);
  }

  async watch(context: BrowserContext): Promise<void> {
    // Chromium reports violations of a policy in different ways; the event is the one that never misses.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
      });
    });
    context.on("console", (message) => {
      if (message.type() === "error") this.seen.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.seen.push(`exception: ${error.error().stack ?? error.error().message}`));
  }

  expectNone(): void {
    const left = this.seen.filter((line) => !this.tolerated.some((pattern) => pattern.test(line)));
    expect(left, "what the browser complained about").toEqual([]);
  }
}

export const test = base.extend<Fixtures & { complaints: Complaints }, WorkerFixtures>({
  consoleOf: [
    async ({}, use) => {
      const running = new Map<User, Promise<SignedIn>>();
      const start = async (user: User): Promise<SignedIn> => {
        const console = await Console.start(user);
        return { console, cookies: await console.signIn() };
      };
      await use((user) => {
        const there = running.get(user) ?? start(user);
        running.set(user, there);
        return there;
      });
      for (const result of await Promise.allSettled(running.values())) {
        if (result.status !== "fulfilled") continue;
        await result.value.console.stop();
        expect(result.value.console.panics, "panics of the server").toEqual([]);
      }
    },
    { scope: "worker" },
  ],

  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    complaints.expectNone();
  },

  tolerate: async ({ complaints }, use) => {
    await use((pattern) => complaints.tolerate(pattern));
  },

  signIn: async ({ browser, consoleOf, complaints, contextOptions }, use) => {
    const open: BrowserContext[] = [];
    await use(async (user, options = {}) => {
      const { console, cookies } = await consoleOf(user);
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: console.origin,
        storageState: cookies,
        ...options,
      });
      open.push(context);
      await complaints.watch(context);
      return context.newPage();
    });
    for (const context of open) await context.close();
  },

  page: async ({ signIn }, use) => {
    await use(await signIn("admin"));
  },

  namespace: async ({}, use, info) => {
    const name = `t${info.parallelIndex}-${crypto.randomUUID().slice(0, 8)}`;
    await createNamespace(name);
    await use(name);
    // The cluster goes after the last test; this only keeps its lists short until then.
    await kubectl(["delete", "namespace", name, "--wait=false"]);
  },
});

/** Both languages and themes, wide and narrow. */
export const LOOKS = [
  { locale: "en-GB", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

/** Fails with one readable line for each violation of the accessibility rules. */
export async function axe(page: Page): Promise<void> {
  // What lies half under the sticky head would count as a small target: that is so of every page that is scrolled.
  await page.evaluate(() => scrollTo(0, 0));
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const lines = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(" ")}`));
  expect(lines, "accessibility").toEqual([]);
}
