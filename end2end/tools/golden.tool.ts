// Makes situations of StatefulSets on the control plane, pairwise, and writes down what the controllers do next:
// `npx playwright test --config tools.config.ts golden` with ORDINAL_CLUSTER as for the specs. `server/src/cluster/golden.rs` holds
// the engine of effects to what was written.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "@playwright/test";
import { Api, together, type WatchEvent } from "../api.ts";
import { createNamespace } from "../cluster.ts";
import { type Situation, pairwise } from "./golden/pairwise.ts";
import { type Pod, type StatefulSet, happened, slim } from "./golden/record.ts";

const FILE = join(import.meta.dirname, "../../server/tests/golden/controller.jsonl");
/** Situations at the same time: more of them only wait for the same two cores. */
const WIDTH = Number(process.env.GOLDEN_WIDTH ?? 16);
const ROUNDS = Number(process.env.GOLDEN_ROUNDS ?? 7);
const REPLICAS = 4;
/** Milliseconds without any change of a pod, after which nothing more is expected. */
const QUIET = 5_000;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

test("golden cases", async () => {
  test.setTimeout(3_600_000);
  const api = await Api.connect();
  const situations = pairwise(ROUNDS);
  const lines: string[] = [];
  await together(situations, WIDTH, async (situation) => {
    const at = situations.indexOf(situation);
    for (let known = false; !known; ) {
      const name = `golden-${at}-${Date.now().toString(36)}`;
      const record = await one(api, name, situation);
      await api.ask("DELETE", `/api/v1/namespaces/${name}`);
      // kwok deletes by name: now and then it takes a new pod for the old one, which no controller asked for.
      const made = record.happened.filter((what) => what.startsWith("+"));
      known = new Set(made).size === made.length;
      lines[at] = JSON.stringify(record);
    }
  });
  await mkdir(join(FILE, ".."), { recursive: true });
  await writeFile(FILE, `${lines.join("\n")}\n`);
  api.close();
});

/** One situation from its beginning to when nothing happens any more. */
async function one(api: Api, namespace: string, s: Situation) {
  await createNamespace(namespace);
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const sets = `/apis/apps/v1/namespaces/${namespace}/statefulsets`;
  const claims = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
  const all = async <T>(path: string) => ((await api.ask("GET", path)) as { items: T[] }).items;
  await api.ask("POST", sets, manifest(s));
  const until = async (reached: (pods: Pod[]) => boolean) => {
    for (let tries = 0; tries < 300 && !reached(await all<Pod>(pods)); tries += 1) await pause(200);
  };
  const isReady = (pod: Pod) => pod.status.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
  await until((pods) => pods.filter(isReady).length === REPLICAS);
  const image = (image: string) => api.patch(`${sets}/db`, { spec: { template: { spec: { containers: [{ name: "main", image }] } } } });
  if (s.action === "revert") {
    await image("app:2-broken");
    await pause(QUIET);
  }
  for (const place of s.failing) {
    await api.patch(`${pods}/db-${s.start + place}`, { metadata: { annotations: { "sim/mode": "crash" } } });
  }
  await until((pods) => s.failing.every((place) => pods.some((p) => p.metadata.name === `db-${s.start + place}` && !isReady(p))));
  // What the status says, and what the controller saw, is of now.
  await pause(1_500);
  const before = {
    now: Math.floor(Date.now() / 1_000),
    set: slim((await api.ask("GET", `${sets}/db`)) as StatefulSet),
    pods: (await all<Pod>(pods)).map(slim),
    claims: (await all<Pod>(claims)).map(slim),
  };
  const events: WatchEvent<Pod>[] = [];
  let last = Date.now();
  const stop = await api.watch<Pod>(pods, (event) => {
    events.push(event);
    // A crash loop counts on for ever: that is no news.
    if (event.type !== "MODIFIED" || event.object.metadata.deletionTimestamp || isReady(event.object)) last = Date.now();
  });
  const middle = s.start + 1;
  if (s.action === "up") await api.patch(`${sets}/db`, { spec: { replicas: REPLICAS + 2 } });
  if (s.action === "down") await api.patch(`${sets}/db`, { spec: { replicas: REPLICAS - 2 } });
  if (s.action === "edit") await image("app:3");
  if (s.action === "revert") await image("app:1");
  if (s.action === "delete") await api.ask("DELETE", `${pods}/db-${middle}`);
  const begun = Date.now();
  while (Date.now() - Math.max(last, begun) < QUIET && Date.now() - begun < 60_000) await pause(250);
  stop();
  const after = (await api.ask("GET", `${sets}/db`)) as StatefulSet;
  const left = (await all<Pod>(claims)).filter((c) => !c.metadata.deletionTimestamp).map((c) => c.metadata.name);
  const told = happened(events, before.pods);
  return {
    situation: s,
    before,
    replicas: after.spec.replicas,
    revision: after.status?.updateRevision,
    deleted: s.action === "delete" ? middle : null,
    happened: s.action === "delete" ? told.filter((what, at) => what !== `-${middle}` || told.indexOf(what) !== at) : told,
    claims: left.sort(),
  };
}

function manifest(s: Situation): unknown {
  const labels = { app: "db" };
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db" },
    spec: {
      serviceName: "db",
      replicas: REPLICAS,
      ordinals: { start: s.start },
      podManagementPolicy: s.policy,
      updateStrategy: s.strategy === "OnDelete" ? { type: "OnDelete" } : { type: s.strategy, rollingUpdate: { partition: s.partition } },
      persistentVolumeClaimRetentionPolicy: { whenScaled: s.whenScaled, whenDeleted: "Retain" },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "app:1", volumeMounts: [{ name: "data", mountPath: "/data" }] }] } },
      volumeClaimTemplates: [
        { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "standard", resources: { requests: { storage: "1Gi" } } } },
      ],
    },
  };
}
