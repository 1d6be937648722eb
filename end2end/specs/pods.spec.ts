// The page of a pod: what is the matter with it, what it is made of, and how it is ended.
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

const ready = (namespace: string, name: string) =>
  kubectl(["rollout", "status", `statefulset/${name}`, "-n", namespace, "--timeout=30s"]);

/** Writes parts of a pod's status, as a kubelet would. */
const status = (namespace: string, pod: string, change: object) =>
  kubectl(["patch", "pod", pod, "-n", namespace, "--subresource=status", "--type=merge", "-p", JSON.stringify({ status: change })]);

const uid = (namespace: string, pod: string) => value(`pod/${pod}`, "{.metadata.uid}", namespace);

test("a pod is reached from the strip, the table, an event and the palette, and leads to its siblings", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  await ready(namespace, "db");
  await page.goto(`/statefulsets/${namespace}/db`);
  await page.getByRole("list", { name: "Ordinals of db" }).getByRole("link", { name: /^db-1/ }).click();
  await expect(page).toHaveURL(`/pods/${namespace}/db-1`);
  await expect(page.getByRole("heading", { name: "db-1", level: 1 })).toBeVisible();
  await page.getByRole("navigation", { name: "Pods of db" }).getByRole("link", { name: /^db-0/ }).click();
  await expect(page.getByRole("heading", { name: "db-0", level: 1 })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Pods of db" }).getByRole("link", { name: /^db-0/ })).toHaveAttribute("aria-current", "page");

  await page.goto(`/statefulsets/${namespace}/db`);
  await page.getByRole("row", { name: /db-0/ }).getByRole("link", { name: "db-0" }).click();
  await expect(page).toHaveURL(`/pods/${namespace}/db-0`);
  await page.goto(`/statefulsets/${namespace}/db?tab=events`);
  await page.getByRole("link", { name: "Pod/db-1" }).first().click();
  await expect(page).toHaveURL(`/pods/${namespace}/db-1`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("db-0");
  await page.getByRole("option").filter({ hasText: "db-0" }).filter({ hasText: namespace }).click();
  await expect(page).toHaveURL(`/pods/${namespace}/db-0`);
});

test("a healthy pod tells where it runs, its volumes, its name and the Service that leads to it", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { storageClass: "standard" }));
  await ready(namespace, "db");
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByText(/^ready for/)).toBeVisible();
  const node = await value("pod/db-0", "{.spec.nodeName}", namespace);
  await expect(page.getByRole("region", { name: "Scheduling" })).toContainText(node);
  await expect(page.getByRole("region", { name: "Volumes" })).toContainText("data-db-0 1Gi, standard, Bound");
  const network = page.getByRole("region", { name: "Network" });
  await expect(network).toContainText(`db-0.db.${namespace}.svc`);
  await expect(network).toContainText("ready: traffic goes to it");
  await expect(page.getByRole("region", { name: "Conditions" }).getByRole("listitem").first()).toContainText("PodScheduled");
  await expect(page.getByRole("region", { name: "Events" })).toContainText("Scheduled");
  await page.getByRole("article", { name: "db" }).getByRole("link", { name: "db", exact: true }).click();
  await expect(page).toHaveURL(`/pods/${namespace}/db-0/containers/db`);
  await expect(page.getByRole("region", { name: "Mounts" })).toContainText("data-db-0");
});

test("each way to be ill is told in a sentence, with what Kubernetes does", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const trouble = page.getByRole("status").filter({ hasText: "db" }).first();
  // The simulated kubelet leaves the pod alone, so that what is written here stays.
  await kubectl(["annotate", "pod", "db-0", "-n", namespace, "sim/mode=hold"]);
  const conditions = [{ type: "Ready", status: "False", lastTransitionTime: "2026-01-01T00:00:00Z" }];
  const container = (state: object, more = {}) => ({
    conditions,
    containerStatuses: [{ name: "db", image: "nginx:1.29", imageID: "sim://sha256:0", ready: false, restartCount: 7, state, ...more }],
  });
  const ended = (exitCode: number, reason: string) => ({
    lastState: { terminated: { exitCode, reason, startedAt: "2026-01-01T00:00:00Z", finishedAt: "2026-01-01T00:00:38Z" } },
  });
  const back = { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" } };
  for (const [change, sentence] of [
    [container({ waiting: { reason: "ImagePullBackOff", message: "nginx:9 not found" } }), /db cannot get its image nginx:1.29.*nginx:9 not found/s],
    [container({ waiting: { reason: "CreateContainerConfigError", message: 'secret "login" not found' } }), /db cannot be made: CreateContainerConfigError.*secret "login" not found/s],
    [container(back, ended(137, "OOMKilled")), /db of db-0 runs out of memory.*exit code 137.*38s after its start/s],
    [container(back, ended(127, "Error")), /db of db-0 ends again and again.*there is no such command/s],
    [container(back, ended(1, "Error")), /exit code 1, which the program chose itself.*start it again.*go on to other pods of db before db-0 is ready/s],
  ] as [object, RegExp][]) {
    await status(namespace, "db-0", change);
    await expect(trouble).toContainText(sentence);
  }
});

test("a failing probe is named with the kubelet's words", async ({ namespace, page }) => {
  const list = JSON.parse(statefulSet("db", { annotations: { "sim/mode": "unready" } }));
  list.items[1].spec.template.spec.containers[0].readinessProbe = { httpGet: { path: "/healthz", port: 80 }, periodSeconds: 7 };
  await apply(namespace, JSON.stringify(list));
  await page.goto(`/statefulsets/${namespace}/db`);
  await expect(page.getByRole("row", { name: /db-0/ })).toContainText("Running");
  const now = new Date().toISOString();
  const event = {
    apiVersion: "v1", kind: "Event", metadata: { name: "probe" }, type: "Warning", reason: "Unhealthy", count: 3,
    message: "Readiness probe failed: connection refused", firstTimestamp: now, lastTimestamp: now,
    involvedObject: { apiVersion: "v1", kind: "Pod", name: "db-0", namespace, uid: await uid(namespace, "db-0"), fieldPath: "spec.containers{db}" },
  };
  await apply(namespace, JSON.stringify(event));
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByRole("status").filter({ hasText: "db runs and is not ready." })).toContainText(/Readiness probe failed: connection refused.*ask again every 7 s/s);
  await expect(page.getByRole("article", { name: "db" })).toContainText(/GET :80\/healthz.*failed last/s);
});

test("the environment is resolved, and a Secret's value comes only when it is asked for", async ({ namespace, page, signIn }) => {
  await kubectl(["create", "secret", "generic", "login", "-n", namespace, "--from-literal=password=hunter22"]);
  await kubectl(["create", "configmap", "settings", "-n", namespace, "--from-literal=mode=fast"]);
  const list = JSON.parse(statefulSet("db"));
  list.items[1].spec.template.spec.containers[0].env = [
    { name: "MODE", valueFrom: { configMapKeyRef: { name: "settings", key: "mode" } } },
    { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "login", key: "password" } } },
    { name: "SAYS", value: "mode is $(MODE)" },
  ];
  await apply(namespace, JSON.stringify(list));
  await ready(namespace, "db");
  const seen: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().includes("/pkg/")) seen.push(await response.text().catch(() => ""));
  });
  await page.goto(`/pods/${namespace}/db-0?tab=environment`);
  await expect(page.getByRole("row", { name: /^SAYS/ })).toContainText("mode is fast");
  const password = page.getByRole("row", { name: /^PASSWORD/ });
  await expect(password).toContainText("Secret login, key password");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  expect(seen.join("\n"), "before it is asked for").not.toContain("hunter22");
  await password.getByRole("button", { name: "Reveal PASSWORD" }).click();
  await expect(password).toContainText("hunter22");
  await password.getByRole("button", { name: "Hide PASSWORD" }).click();
  await expect(password).not.toContainText("hunter22");
  // Who may look at pods and not at Secrets is told so, beside the variable.
  const carol = await signIn("carol");
  await carol.goto(`/pods/${namespace}/db-0?tab=environment`);
  await expect(carol.getByRole("row", { name: /^PASSWORD/ })).toContainText(/secrets "login" is forbidden/);
  await expect(carol.getByRole("row", { name: /^MODE/ })).toContainText("fast");
});

test("each panel fails alone and names the right that is missing", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  const role = ["pods", "statefulsets.apps", "persistentvolumeclaims"].map((r) => `--resource=${r}`);
  await kubectl(["create", "role", "some", "-n", namespace, "--verb=get,list,watch", ...role]);
  await kubectl(["create", "rolebinding", "some", "-n", namespace, "--role=some", "--user=dave"]);
  const page = await signIn("dave");
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByRole("heading", { name: "db-0", level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Events" })).toContainText(/events is forbidden/);
  await expect(page.getByRole("region", { name: "Network" })).toContainText(/services is forbidden/);
  await expect(page.getByRole("region", { name: "Scheduling" })).toContainText(/nodes is forbidden/);
  await expect(page.getByRole("article", { name: "db" })).toContainText("Running");
});

test("a pod is deleted with its effect told, and the page follows the new one", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { storageClass: "standard" }));
  await ready(namespace, "db");
  const before = await uid(namespace, "db-0");
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Delete db-0…", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete db-0" });
  await expect(dialog).toContainText(/It stops within 30 s\. db makes it anew from revision .*data-db-0/);
  await axe(page);
  await dialog.getByRole("button", { name: "Delete db-0" }).click();
  await expect(page.getByText("db-0: asked to go.")).toBeVisible();
  await expect.poll(() => uid(namespace, "db-0")).not.toBe(before);
  await expect(page.getByText(/^ready for/)).toBeVisible();
  await expect(page.getByText("db-0 is gone.")).toHaveCount(0);
});

test("an eviction tells what the budget says, and is refused in its words", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await kubectl(["create", "poddisruptionbudget", "keep", "-n", namespace, "--selector=app=db", "--min-available=1"]);
  await ready(namespace, "db");
  await expect.poll(() => value("pdb/keep", "{.status.currentHealthy}", namespace)).toBe("1");
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Evict db-0…" }).click();
  const dialog = page.getByRole("dialog", { name: "Evict db-0" });
  await expect(dialog).toContainText("Budget keep wants 1 healthy pods and has 1: 0 may go.");
  await expect(dialog).toContainText("Cannot evict pod as it would violate the pod's disruption budget.");
  await expect(dialog.getByRole("button", { name: "Evict db-0" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await kubectl(["delete", "pdb", "keep", "-n", namespace]);
  const before = await uid(namespace, "db-0");
  await page.getByRole("button", { name: "Evict db-0…" }).click();
  await expect(dialog).toContainText("No disruption budget finds it");
  await dialog.getByRole("button", { name: "Evict db-0" }).click();
  await expect.poll(() => uid(namespace, "db-0")).not.toBe(before);
});

test("force is not offered while the node answers; once its node is gone it needs the name", async ({ namespace, page }) => {
  const list = JSON.parse(statefulSet("db"));
  // A node of its own, whose loss no other test sees.
  const node = `lost-${namespace}`;
  const made = { apiVersion: "v1", kind: "Node", metadata: { name: node, labels: { "ordinal.dev/simulated": "yes" } }, spec: { taints: [{ key: "only", effect: "NoSchedule" }] } };
  await apply(namespace, JSON.stringify(made));
  list.items[1].spec.template.spec.nodeName = node;
  list.items[1].spec.template.metadata.annotations = { "sim/mode": "hang" };
  await apply(namespace, JSON.stringify(list));
  await ready(namespace, "db");
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Force delete db-0…" })).toBeDisabled();
  await expect(page.getByText("Not offered: its node answers")).toBeVisible();
  const before = await uid(namespace, "db-0");
  await kubectl(["label", "node", node, "ordinal.dev/simulated-"]);
  const lost = { status: { conditions: [{ type: "Ready", status: "Unknown", reason: "NodeStatusUnknown" }] } };
  await kubectl(["patch", "node", node, "--subresource=status", "--type=merge", "-p", JSON.stringify(lost)]);
  await expect(page.getByText(`The node of db-0 does not answer: ${node}.`)).toBeVisible();
  await page.getByRole("button", { name: "Force delete db-0…" }).click();
  const dialog = page.getByRole("dialog", { name: "Force delete db-0" });
  await expect(dialog).toContainText("two pods of this name write to the same data");
  const button = dialog.getByRole("button", { name: "Force delete db-0" });
  await expect(button).toBeDisabled();
  await axe(page);
  await dialog.getByLabel("Type db-0 to confirm").fill("db-0");
  await button.click();
  await expect(page.getByText("db-0: asked to go.")).toBeVisible();
  await expect.poll(() => uid(namespace, "db-0")).not.toBe(before);
  await kubectl(["delete", "node", node]);
});

test("a set's Network tab tells who leads to its pods, what is ready, and a name for each", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db", { replicas: 2 }));
  await kubectl(["create", "service", "clusterip", "front", "-n", namespace, "--tcp=8080:80"]);
  await kubectl(["patch", "service", "front", "-n", namespace, "-p", '{"spec":{"selector":{"app":"db"}}}']);
  await kubectl(["create", "service", "clusterip", "strange", "-n", namespace, "--tcp=80:80"]);
  await ready(namespace, "db");
  await page.goto(`/statefulsets/${namespace}/db?tab=network`);
  const services = page.getByRole("region", { name: "Services that lead to its pods" });
  await expect(services.getByRole("row", { name: /^front ClusterIP/ })).toContainText("2 of 2 ready");
  await expect(services.getByRole("row", { name: /^db ClusterIP headless/ })).toContainText("2 of 2 ready");
  await expect(services.getByRole("row", { name: /strange/ })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "DNS names of the pods" })).toContainText(`db-1.db.${namespace}.svc`);
  await kubectl(["annotate", "pod", "db-1", "-n", namespace, "sim/mode=unready"]);
  await expect(services.getByRole("row", { name: /^front/ })).toContainText("1 of 2 ready");
});

test("a pod that does not exist is told, and the page is readable without JavaScript", async ({ namespace, page, signIn, tolerate }) => {
  tolerate(/404/);
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByRole("heading", { name: "There is no such pod" })).toBeVisible();
  await apply(namespace, statefulSet("db"));
  await ready(namespace, "db");
  const still = await signIn("admin", { javaScriptEnabled: false });
  await still.goto(`/pods/${namespace}/db-0`);
  await expect(still.getByRole("article", { name: "db" })).toContainText("nginx:1.29");
  await still.getByRole("link", { name: "YAML" }).click();
  await expect(still.getByText(/kind: Pod/)).toBeVisible();
  await still.goto(`/pods/${namespace}/db-0/containers/db`);
  await expect(still.getByRole("heading", { name: "db-0 / db" })).toBeVisible();
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 2, storageClass: "standard" }));
  await ready(namespace, "db");
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    for (const part of ["", "?tab=environment", "?tab=yaml", "/containers/db"]) {
      await page.goto(`/pods/${namespace}/db-0${part}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await axe(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `nothing scrolls sideways: ${part}`).toBeLessThanOrEqual(0);
    }
  }
});
