// The figures of docs/benchmarks.md: they go to a file, which `cargo xtask bench` reads.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api, together } from "../api.ts";
import { createNamespace, statefulSet, value } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";
import { Changes } from "./changes.ts";
import { coldLoad, coldLoads, median, pause, percentile, resident, started, tell, version } from "./measure.ts";
import { typing } from "./typing.ts";
import { wizard } from "./wizard.ts";

const RUNS = 7;
const FEW = { prefix: "set", namespaces: ["bench"], sets: 50, replicas: 2 };
const MANY = { prefix: "db", namespaces: ["many-0", "many-1", "many-2", "many-3", "many-4"], sets: 10_000, replicas: 0 };

/** What the changes are counted by. */
const spread = (times: number[]) => ({ p50: median(times), p99: percentile(times, 99), count: times.length });

interface List {
  items: { spec: { replicas: number }; status: { observedGeneration?: number; readyReplicas?: number } }[];
  metadata: { continue?: string };
}

/** Makes sets without their Services, which no list shows, and waits until all pods are there. */
async function fill(api: Api, { prefix, namespaces, sets, replicas }: typeof FEW): Promise<void> {
  for (const name of namespaces) {
    if (!(await value(`namespace/${name}`, "{.metadata.name}", "default"))) await createNamespace(name);
  }
  await together([...Array(sets).keys()], 32, async (number) => {
    const namespace = namespaces[number % namespaces.length];
    const manifest = statefulSet(`${prefix}-${String(number).padStart(5, "0")}`, { replicas, parallel: true });
    const set = JSON.parse(manifest).items[1] as unknown;
    await api.ask("POST", `/apis/apps/v1/namespaces/${namespace}/statefulsets`, set);
  });
  for (const namespace of namespaces) await expect.poll(() => settled(api, namespace), { timeout: 240_000 }).toBe(true);
}

async function settled(api: Api, namespace: string): Promise<boolean> {
  let next: string | undefined = "";
  while (next !== undefined) {
    const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets?limit=500&continue=${next}`;
    const list = (await api.ask("GET", path)) as List;
    const waits = list.items.some((s) => !s.status.observedGeneration || (s.status.readyReplicas ?? 0) < s.spec.replicas);
    if (waits) return false;
    next = list.metadata.continue || undefined;
  }
  return true;
}

test("the list of 50 sets in a cold Chromium", async () => {
  const api = await Api.connect();
  await fill(api, FEW);
  api.close();
  const { server, cookies, fresh } = await started();
  const load = await coldLoads(RUNS, () => coldLoad(server.origin, cookies, "/statefulsets?ns=bench", "/statefulsets/bench/"));
  const memory = resident(server.pid);
  // What a browser needs for the smallest page: the rest is ours.
  const smallest = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><meta name="viewport" content="width=device-width"><p><a href="/row/1">a row</a></p>`);
  });
  await new Promise<void>((done) => smallest.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(smallest.address() as AddressInfo).port}`;
  const empty = await coldLoads(RUNS, () => coldLoad(origin, cookies, "/", "/row/"));
  smallest.close();
  await server.stop();
  tell("few", { ...load, fresh, memory, smallest: empty.firstRow });
  tell("browser", version());
});

test("the wizard", async ({ browser }) => {
  const { server, cookies } = await started();
  const context = await browser.newContext({ baseURL: server.origin, storageState: cookies, viewport: { width: 1440, height: 900 } });
  tell("wizard", await wizard(await context.newPage()));
  await context.close();
  expect(server.panics, "panics of the server").toEqual([]);
  await server.stop();
});

test("ten thousand sets", async ({ browser }) => {
  const minutes = Number(process.env.ORDINAL_SOAK ?? 0);
  test.setTimeout((20 + minutes) * 60_000);
  const api = await Api.connect();
  await fill(api, MANY);
  const { server, cookies, fresh } = await started();
  const load = await coldLoads(RUNS, () => coldLoad(server.origin, cookies, "/statefulsets", "/statefulsets/many-"));
  const memory = resident(server.pid);

  const context = await browser.newContext({ baseURL: server.origin, storageState: cookies });
  const page = await context.newPage();
  await page.goto("/statefulsets");
  await expect(page.getByRole("link", { name: "db-00000", exact: true })).toBeVisible();
  const keys = spread(await typing(page));
  const changes = await Changes.begin(api, page, MANY);
  const quiet = await changes.quiet(300);
  const busy = await changes.busy({ seconds: 60, perSecond: 50, shownEvery: 8 });
  tell("many", {
    ...load,
    fresh,
    memory,
    busyMemory: resident(server.pid),
    typing: keys,
    quiet: { page: spread(quiet.page), watch: spread(quiet.watch) },
    busy: { page: spread(busy.page), watch: spread(busy.watch), rate: busy.rate },
    unseen: quiet.unseen + busy.unseen,
  });
  if (minutes > 0) {
    const samples = [resident(server.pid)];
    for (let minute = 0; minute < minutes; minute += 1) {
      await changes.busy({ seconds: 60, perSecond: 50, shownEvery: 8 });
      await coldLoad(server.origin, cookies, "/statefulsets", "/statefulsets/many-");
      samples.push(resident(server.pid));
    }
    await page.close();
    await pause(60_000);
    tell("soak", { samples, after: resident(server.pid) });
  }
  changes.end();
  await context.close();
  api.close();
  expect(server.panics, "panics of the server").toEqual([]);
  await server.stop();
});
