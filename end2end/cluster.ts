// The control plane under the tests, by kubectl.
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";

/** Everybody who has a kubeconfig: see README.md for what they may do. */
export type User = "admin" | "bob" | "carol" | "dave";

/** The state folder of the cluster; a developer's own one unless `cargo xtask test` says otherwise. */
export const state = resolve(process.env.ORDINAL_CLUSTER ?? join(import.meta.dirname, "../target/cluster/local"));

export const kubeconfig = (user: User) => join(state, `${user}.kubeconfig`);

/** Runs kubectl and returns what it printed; throws with its own words. */
export function kubectl(args: string[], options: { user?: User; input?: string } = {}): Promise<string> {
  const all = ["--kubeconfig", kubeconfig(options.user ?? "admin"), ...args];
  return new Promise((done, fail) => {
    const child = execFile(join(state, "bin/kubectl"), all, { timeout: 30_000 }, (error, stdout, stderr) => {
      if (error) fail(new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || error.message}`));
      else done(stdout.trim());
    });
    // A kubectl that reads nothing may be gone before its input is closed; how it ended is told above.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

/** One value of one object, by JSONPath; "" while the object or the value is missing. */
export async function value(object: string, path: string, namespace: string): Promise<string> {
  try {
    return await kubectl(["get", object, "-n", namespace, "-o", `jsonpath=${path}`]);
  } catch (error) {
    if (String(error).includes("NotFound")) return "";
    throw error;
  }
}

/** A namespace in which pods can be created. */
export async function createNamespace(name: string): Promise<void> {
  await kubectl(["create", "namespace", name]);
  // Pods are refused until the controllers have made the account that they run as.
  await kubectl(["wait", "--for=create", "serviceaccount/default", "-n", name, "--timeout=20s"]);
}

/** How a set for a test differs from one pod of nginx without a claim. */
export interface SetOptions {
  replicas?: number;
  image?: string;
  storageClass?: string;
  parallel?: boolean;
  /** Annotations of the pods, such as `sim/mode`. */
  annotations?: Record<string, string>;
}

/** A headless Service and a StatefulSet, as kubectl takes them. */
export function statefulSet(name: string, options: SetOptions = {}): string {
  const labels = { app: name };
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { clusterIP: "None", selector: labels, ports: [{ name: "http", port: 80 }] },
  };
  const claims = options.storageClass
    ? [
        {
          metadata: { name: "data" },
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: options.storageClass,
            resources: { requests: { storage: "1Gi" } },
          },
        },
      ]
    : [];
  const container = {
    name,
    image: options.image ?? "nginx:1.29",
    ports: [{ name: "http", containerPort: 80 }],
    volumeMounts: claims.length > 0 ? [{ name: "data", mountPath: "/data" }] : [],
  };
  const set = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name, labels },
    spec: {
      serviceName: name,
      replicas: options.replicas ?? 1,
      podManagementPolicy: options.parallel ? "Parallel" : "OrderedReady",
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: options.annotations ?? {} },
        spec: { containers: [container] },
      },
      volumeClaimTemplates: claims,
    },
  };
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: [service, set] });
}

/** Applies what `statefulSet` made, or any manifest. */
export async function apply(namespace: string, manifest: string): Promise<void> {
  await kubectl(["apply", "--validate=false", "-n", namespace, "-f", "-"], { input: manifest });
}
