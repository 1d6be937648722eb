// What pods use. The metrics server is played by a definition of the same group, version and kind: what is written there is
// what the API server answers.
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { axe, expect, test } from "../fixtures.ts";

const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: pods.metrics.k8s.io
  annotations: { api-approved.kubernetes.io: "unapproved, played for tests" }
spec:
  group: metrics.k8s.io
  names: { kind: PodMetrics, plural: pods, singular: pod }
  scope: Namespaced
  versions:
    - name: v1beta1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;

/** What a pod of `db` used in the `window` seconds before so many seconds after it started. */
async function measure(namespace: string, pod: string, after: number, cpu: string, memory: string): Promise<void> {
  const started = Date.parse(await value(`pods.v1./${pod}`, "{.status.startTime}", namespace));
  const timestamp = new Date(started + after * 1000).toISOString().replace(".000", "");
  await kubectl(["apply", "-f", "-"], {
    input: `
apiVersion: metrics.k8s.io/v1beta1
kind: PodMetrics
metadata: { name: ${pod}, namespace: ${namespace}, labels: { app: db } }
timestamp: "${timestamp}"
window: 10s
containers:
  - { name: db, usage: { cpu: ${cpu}, memory: ${memory} } }
`,
  });
}

test.describe.configure({ mode: "serial" });

test.afterAll(() => kubectl(["delete", "customresourcedefinition", "pods.metrics.k8s.io", "--ignore-not-found"]));

test("without a metrics server it says so", async ({ namespace, page }) => {
  await apply(namespace, statefulSet("db"));
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await page.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(page.getByText(/This cluster serves no metrics.k8s.io/)).toBeVisible();
  await page.goto(`/pods/${namespace}/db-0`);
  await expect(page.getByRole("region", { name: "Use" })).toContainText("serves no metrics.k8s.io");
});

test("each pod and all together, and no curve joins two lives", async ({ namespace, page, signIn }) => {
  await apply(namespace, statefulSet("db", { replicas: 2 }));
  await kubectl(["set", "resources", "statefulset/db", "-n", namespace, "--requests=cpu=500m", "--limits=cpu=1,memory=1Gi"]);
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await kubectl(["apply", "-f", "-"], { input: CRD });
  await kubectl(["wait", "--for=condition=Established", "crd/pods.metrics.k8s.io", "--timeout=30s"]);
  await measure(namespace, "db-0", 20, "100m", "256Mi");
  await measure(namespace, "db-1", 20, "250m", "512Mi");

  await page.goto(`/statefulsets/${namespace}/db?tab=usage`);
  const all = page.getByRole("region", { name: "All pods together" });
  await expect(all.getByRole("img", { name: /^CPU: 350m · 35 % of request · 17 % of limit/ })).toBeVisible({ timeout: 30_000 });
  await expect(all.getByRole("img", { name: /^Memory: 768Mi · 37 % of request · 37 % of limit/ })).toBeVisible();
  await page.getByRole("link", { name: "CPU" }).click();
  await expect(page.getByRole("columnheader", { name: "CPU" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("row").nth(1)).toContainText("db-1");
  await expect(page.getByRole("row", { name: /db-1/ })).toContainText("250m50 % of request · 25 % of limit");
  await axe(page);

  // A second reading comes by itself, and stands among the numbers.
  await measure(namespace, "db-0", 35, "200m", "256Mi");
  await measure(namespace, "db-1", 35, "300m", "512Mi");
  await expect(all.getByRole("img", { name: /^CPU: 500m/ })).toBeVisible({ timeout: 30_000 });
  await all.getByText("As numbers").click();
  await expect(all.getByRole("row")).toHaveCount(3);

  // What was measured of db-1 stays under its name when it is made anew: the new one has no reading yet.
  const old = await value("pods.v1./db-1", "{.metadata.uid}", namespace);
  await kubectl(["delete", "pods.v1.", "db-1", "-n", namespace, "--wait=false"]);
  await expect.poll(() => value("pods.v1./db-1", "{.metadata.uid}", namespace)).not.toBe(old);
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await expect(all.getByText(/Without a reading yet: db-1/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("row", { name: /db-1/ })).toContainText("no reading");
  await expect(all.getByRole("img", { name: /^CPU: 500m/ })).toBeVisible();

  // The table of the ordinals, and the pod's own page.
  await page.getByRole("link", { name: /^Ordinals/ }).click();
  await expect(page.getByRole("row", { name: /db-0/ })).toContainText("200m256Mi");
  await page.goto(`/pods/${namespace}/db-0`);
  const panel = page.getByRole("region", { name: "Use" });
  await expect(panel.getByRole("img", { name: /^CPU: 200m · 40 % of request · 20 % of limit/ })).toBeVisible();
  await axe(page);

  const still = await signIn("admin", { javaScriptEnabled: false, locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await still.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(still.getByRole("row", { name: /db-0/ })).toContainText("200m");
  await axe(still);
});

test("who may not read metrics reads the cluster's words", async ({ namespace, signIn }) => {
  await apply(namespace, statefulSet("db"));
  await kubectl(["rollout", "status", "statefulset/db", "-n", namespace, "--timeout=60s"]);
  await kubectl(["apply", "-f", "-"], { input: CRD });
  await kubectl(["wait", "--for=condition=Established", "crd/pods.metrics.k8s.io", "--timeout=30s"]);
  const page = await signIn("carol");
  await page.goto(`/statefulsets/${namespace}/db?tab=usage`);
  await expect(page.getByText(/cannot list resource "pods" in API group "metrics.k8s.io"/)).toBeVisible();
});
