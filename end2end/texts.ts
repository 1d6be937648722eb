// Texts of every sort that people have: what kubectl takes of them, and what it refuses.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A set with its headless Service. `spec`, `pod` and `container` are lines that go into it. */
export function pair(name: string, lines: { spec?: string; pod?: string; container?: string; labels?: string } = {}): string {
  const put = (text: string | undefined, by: number) => (text ? `${text.replace(/^/gm, " ".repeat(by))}\n` : "");
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  clusterIP: None
  selector:
    app: ${name}
  ports:
    - name: web
      port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ${name}
${put(lines.labels, 2)}spec:
  serviceName: ${name}
  replicas: 1
${put(lines.spec, 2)}  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
${put(lines.pod, 6)}      containers:
        - name: main
          image: registry.example/app:1.0
${put(lines.container, 10)}`;
}

const json = (name: string) =>
  JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { a: "}{" } }, null, 1);

/** Taken by `kubectl create`, and stored by Ordinal as by kubectl. */
export const legal: Record<string, string> = {
  "braces in a block scalar": pair("braces", { container: 'command: ["sh", "-c", "echo {{ .x }}"]\nenv:\n  - name: T\n    value: "{{ a }}"' }),
  "a hash that overflows": pair("overflows", { labels: "labels:\n  build/commit: 1234e567" }),
  "a float where an integer is wanted": pair("floats", { spec: "minReadySeconds: 1.0e+01" }),
  "modes in every notation": pair("modes", {
    pod: "volumes:\n  - {name: a, emptyDir: {}}\n  - {name: b, configMap: {name: c, defaultMode: 0o440, optional: true}}\n  - {name: d, configMap: {name: c, defaultMode: 0400, optional: true}}",
  }),
  "a variable twice": pair("twice", { container: "env:\n  - {name: A, value: x}\n  - {name: B, value: x}\n  - {name: A, value: z}" }),
  "a port twice": pair("ports", { container: "ports:\n  - {name: a, containerPort: 80}\n  - {name: b, containerPort: 80}" }),
  "nothing in many notations": pair("nothing", { pod: "nodeSelector: {}\ntolerations: []\naffinity: ~\npriorityClassName: null\nsecurityContext:" }),
  "JSON objects one after the other": `${json("first")}${json("second")}\n${json("third")}`,
  "a typed list": `apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata:\n    name: typed # mine\n  data: {a: "1"}\n`,
  "merge keys over a list": `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: base, labels: &l {app: x, tier: y1}}\n  data: &d {a: "1", b: "2"}\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: copy\n    labels: *l\n  data:\n    <<: *d\n    b: "3"\n`,
  "a mark in the middle, empty documents, comments": `\ufeff---\n# first\n---\n${pair("marks")}---\n\ufeffapiVersion: v1\nkind: ConfigMap\nmetadata: {name: marked}\n---   # end\n`,
  "line ends of Windows": pair("windows").replaceAll("\n", "\r\n"),
  "a key twice": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: doubled}\ndata:\n  mode: slow\n  mode: fast\n",
  "y beside on": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: words\n  labels: {y: a, on: b}\n",
  "a Service with an address": pair("address").replace("  clusterIP: None\n", "  type: ClusterIP\n"),
  "no Service at all": pair("alone").split("---\n")[1],
  "what stands behind the end of a document": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ended}\n... # end\n[ {{ broken\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: next}\n",
  "kinds that need each other": `apiVersion: v1\nkind: LimitRange\nmetadata: {name: limits}\nspec:\n  limits:\n  - {type: Container, default: {cpu: 1}}\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup}\nspec:\n  schedule: "0 3 * * *"\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: front}\nspec: {defaultBackend: {service: {name: kinds, port: {number: 80}}}}\n---\n${pair("kinds")}`,
};

/** Refused by `kubectl create`; Ordinal refuses it before anything is created, and says this. */
export const refused: Record<string, { text: string; says: RegExp }> = {
  "two dashes": { text: pair("dashes").replace("---\n", "--\n"), says: /line 12.*Three of them/ },
  "a list in a list": { text: `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: inner}\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: outer}\n`, says: /line 4.*list/ },
  "a directive": { text: `%YAML 1.2\n---\n${pair("directive")}`, says: /line 1.*directives of YAML/ },
  "words behind the dashes": { text: pair("words").replace("---\n", "--- # ok\n").replace("--- # ok", "--- no"), says: /line 12.*Nothing but a comment/ },
  "an end of nothing": { text: `# c\n...\n${pair("ended")}`, says: /line 2.*nothing stands above/ },
  "an alias without its anchor": { text: pair("alias").replace(/app: alias\n {4}spec/, "<<: *gone\n    spec"), says: /line 2\d/ },
  "a template": { text: pair("template").replace("replicas: 1", "replicas: {{ .Values.replicas }}"), says: /template/ },
  "a hash that is a number": { text: pair("hash", { labels: "labels:\n  build/commit: 72225e2" }), says: /metadata\.labels/ },
  "a number in quotes": { text: pair("quotes").replace("replicas: 1", 'replicas: "1"'), says: /spec\.replicas/ },
  "no access mode": {
    text: `${pair("modeless")}  volumeClaimTemplates:\n    - metadata: {name: data}\n      spec: {resources: {requests: {storage: 1Gi}}}\n`,
    says: /accessModes/,
  },
  "a mount of nothing": { text: pair("mounts", { container: "volumeMounts:\n  - {name: nowhere, mountPath: /x}" }), says: /volumeMounts\[0\]\.name/ },
  "a kind that is not served": { text: "apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: w}\n", says: /no Widget of example\.org\/v1/ },
};

/** The inputs that the founders collected, where they lie beside the clone: name and text. */
export function collected(): [string, string][] {
  const folder = join(import.meta.dirname, "../../shared/cases");
  try {
    const files = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name));
    return files.map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  } catch {
    return [];
  }
}
