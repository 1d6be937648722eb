// The control plane itself: what the other specs rely on is really there.
import { apply, kubectl, statefulSet, type User, value } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

const phases = (namespace: string) =>
  kubectl(["get", "pvc", "-n", namespace, "-o", "jsonpath={.items[*].status.phase}"]);
const ready = (name: string, namespace: string) => value(`statefulset/${name}`, "{.status.readyReplicas}", namespace);

test("it is the release that was asked for, with three nodes in three zones", async () => {
  expect(await kubectl(["get", "--raw", "/version"])).toContain('"gitVersion": "v1.36.');
  const zones = "jsonpath={.items[*].metadata.labels.topology\\.kubernetes\\.io/zone}";
  expect(await kubectl(["get", "nodes", "-o", zones])).toBe("zone-a zone-b zone-c");
});

for (const storageClass of ["standard", "topology"]) {
  test(`claims of class ${storageClass} bind`, async ({ namespace }) => {
    await apply(namespace, statefulSet("db", { replicas: 2, storageClass }));
    await expect.poll(() => ready("db", namespace)).toBe("2");
    expect(await phases(namespace)).toBe("Bound Bound");
  });
}

test("claims of class pending stay pending, and so does their pod", async ({ namespace }) => {
  await apply(namespace, statefulSet("db", { storageClass: "pending" }));
  const reason = "{.status.conditions[?(@.type=='PodScheduled')].reason}";
  await expect.poll(() => value("pod/db-0", reason, namespace)).toBe("Unschedulable");
  expect(await phases(namespace)).toBe("Pending");
});

test("pods start in the order of their ordinals", async ({ namespace }) => {
  await apply(namespace, statefulSet("web", { replicas: 3 }));
  await expect.poll(() => ready("web", namespace)).toBe("3");
  const started = async (ordinal: number) =>
    Date.parse(await value(`pod/web-${ordinal}`, "{.status.containerStatuses[0].state.running.startedAt}", namespace));
  const created = async (ordinal: number) =>
    Date.parse(await value(`pod/web-${ordinal}`, "{.metadata.creationTimestamp}", namespace));
  expect(await created(1)).toBeGreaterThanOrEqual(await started(0));
  expect(await created(2)).toBeGreaterThanOrEqual(await started(1));
});

test("logs and exec answer", async ({ namespace }) => {
  await apply(namespace, statefulSet("web"));
  await expect.poll(() => ready("web", namespace)).toBe("1");
  expect(await kubectl(["logs", "web-0", "-n", namespace, "--tail=1"])).toContain("simulated pod");
  test.skip(process.getuid?.() !== 0, "exec is left out of a cluster that was not started by root");
  expect(await kubectl(["exec", "web-0", "-n", namespace, "--", "sh", "-c", "echo $((6 * 7))"])).toBe("42");
});

test("metrics answer", async ({ namespace }) => {
  test.slow();
  await apply(namespace, statefulSet("web", { annotations: { "sim/mem": "48Mi" } }));
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods/web-0`;
  // Two readings, ten seconds apart, make the first figure.
  await expect
    .poll(() => kubectl(["get", "--raw", path]).catch(String), { timeout: 60_000, intervals: [1_000] })
    .toContain('"memory":"48Mi"');
});

test("an image that does not exist is told as the kubelet tells it, and a good one recovers", async ({ namespace }) => {
  await apply(namespace, statefulSet("web", { image: "nginx:0-does-not-exist" }));
  const waiting = "{.status.containerStatuses[0].state.waiting.reason}";
  await expect.poll(() => value("pod/web-0", waiting, namespace)).toBe("ImagePullBackOff");
  const message = await value("pod/web-0", "{.status.containerStatuses[0].state.waiting.message}", namespace);
  expect(message).toBe('Back-off pulling image "nginx:0-does-not-exist": not found');
  expect(await kubectl(["get", "events", "-n", namespace])).toContain("nginx:0-does-not-exist");

  await apply(namespace, statefulSet("web", { image: "nginx:1.29" }));
  // Kubernetes does not replace a pod that never became ready: it has to be deleted by hand.
  await kubectl(["delete", "pod", "web-0", "-n", namespace, "--wait=false"]);
  await expect.poll(() => ready("web", namespace)).toBe("1");
});

for (const [mode, path, word] of [
  ["crash", "{.status.containerStatuses[0].state.waiting.reason}", "CrashLoopBackOff"],
  ["unready", "{.status.conditions[?(@.type=='Ready')].reason}", "ContainersNotReady"],
  ["hold", "{.status.containerStatuses[0].state.waiting.reason}", "ContainerCreating"],
]) {
  test(`sim/mode ${mode} makes a pod fail, and its removal lets it recover`, async ({ namespace }) => {
    await apply(namespace, statefulSet("web", { annotations: { "sim/mode": mode } }));
    await expect.poll(() => value("pod/web-0", path, namespace)).toBe(word);
    expect(await ready("web", namespace)).toMatch(/^0?$/);
    await kubectl(["annotate", "pod", "web-0", "-n", namespace, "sim/mode-"]);
    await expect.poll(() => ready("web", namespace)).toBe("1");
  });
}

test("one ordinal fails alone", async ({ namespace }) => {
  await apply(namespace, statefulSet("web", { replicas: 3, parallel: true, annotations: { "sim/mode.1": "unready" } }));
  await expect.poll(() => ready("web", namespace)).toBe("2");
  expect(await value("pod/web-1", "{.status.conditions[?(@.type=='Ready')].status}", namespace)).toBe("False");
});

const rights: [User, string, boolean, Record<string, string>][] = [
  ["admin", "create StatefulSets anywhere", true, { verb: "create", namespace: "orders" }],
  ["bob", "create them in his namespace", true, { verb: "create", namespace: "team-a" }],
  ["bob", "see them elsewhere", false, { verb: "list", namespace: "orders" }],
  ["bob", "list namespaces", false, { verb: "list", group: "", resource: "namespaces" }],
  ["carol", "see them everywhere", true, { verb: "list" }],
  ["carol", "scale them", false, { verb: "patch", subresource: "scale", namespace: "orders" }],
  ["carol", "see nodes", false, { verb: "list", group: "", resource: "nodes" }],
  ["carol", "see storage classes", false, { verb: "list", group: "storage.k8s.io", resource: "storageclasses" }],
  ["dave", "see anything", false, { verb: "list", namespace: "team-a" }],
];
for (const [user, what, allowed, asked] of rights) {
  test(`${user} ${allowed ? "may" : "may not"} ${what}`, async () => {
    const review = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: { group: "apps", resource: "statefulsets", ...asked } },
    };
    const create = ["create", "--validate=false", "-f", "-", "-o", "jsonpath={.status.allowed}"];
    expect(await kubectl(create, { user, input: JSON.stringify(review) })).toBe(String(allowed));
  });
}
