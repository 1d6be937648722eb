// Objects without what says nothing here, and what happened to the pods.
import type { WatchEvent } from "../../api.ts";

interface Meta {
  name: string;
  uid?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: unknown;
  managedFields?: unknown;
}

export interface Pod {
  metadata: Meta;
  spec: Record<string, unknown>;
  status: { conditions?: { type: string; status: string }[] };
}

export interface StatefulSet {
  metadata: Meta;
  spec: { replicas: number };
  status?: { updateRevision: string };
}

/** Fields that no fact is read from. */
const SILENT = new Set(
  (
    "managedFields annotations generateName image imageID containerID podIP podIPs hostIP hostIPs startTime qosClass resources accessModes " +
    "terminationMessagePath terminationMessagePolicy imagePullPolicy tolerations priority enableServiceLinks preemptionPolicy schedulerName " +
    "securityContext dnsPolicy restartPolicy volumeMounts serviceAccount serviceAccountName hostname subdomain volumeMode lastProbeTime " +
    "message lastState projected"
  ).split(" "),
);

/** An object as it is kept. */
export function slim<T>(object: T): T {
  return JSON.parse(JSON.stringify(object, (key, value: unknown) => (SILENT.has(key) ? undefined : value))) as T;
}

/** `-3` where a pod was told to go, `+3@REVISION` where one was made, in order. */
export function happened(events: WatchEvent<Pod>[], before: Pod[]): string[] {
  const going = new Set(before.filter((p) => p.metadata.deletionTimestamp).map((p) => p.metadata.uid));
  const told: string[] = [];
  for (const { type, object } of events) {
    if (type === "BOOKMARK") continue;
    const ordinal = object.metadata.name.split("-").at(-1);
    if (type === "ADDED") told.push(`+${ordinal}@${object.metadata.labels?.["controller-revision-hash"]}`);
    // A pod without a grace period is gone at once.
    if ((type === "DELETED" || object.metadata.deletionTimestamp) && !going.has(object.metadata.uid)) {
      going.add(object.metadata.uid);
      told.push(`-${ordinal}`);
    }
  }
  return told;
}
