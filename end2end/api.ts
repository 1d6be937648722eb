// The API server asked directly: kubectl is a process for each request, which is too slow for ten thousand of them.
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import { kubectl } from "./cluster.ts";

interface View {
  clusters: { cluster: { server: string; "certificate-authority-data": string } }[];
  users: { user: { "client-certificate-data": string; "client-key-data": string } }[];
}

/** What a watch says: the kind of change and the object after it. */
export interface WatchEvent<T> {
  type: string;
  object: T;
}

/** Connections to the API server as the administrator. */
export class Api {
  private constructor(
    private readonly server: string,
    private readonly agent: Agent,
  ) {}

  static async connect(): Promise<Api> {
    const { clusters, users } = JSON.parse(await kubectl(["config", "view", "--raw", "-o", "json"])) as View;
    const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
    if (!cluster || !user) throw new Error("the kubeconfig names no cluster or no user");
    const decoded = (text: string) => Buffer.from(text, "base64");
    const agent = new Agent({
      keepAlive: true,
      maxSockets: 64,
      ca: decoded(cluster["certificate-authority-data"]),
      cert: decoded(user["client-certificate-data"]),
      key: decoded(user["client-key-data"]),
    });
    return new Api(cluster.server, agent);
  }

  close(): void {
    this.agent.destroy();
  }

  /** One request with its whole answer; throws on anything but success. */
  async ask(method: string, path: string, body?: unknown, type = "application/json"): Promise<unknown> {
    const response = await this.send(method, path, body, type);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if ((response.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return JSON.parse(text);
  }

  /** Sends a change of some fields of an object. */
  patch(path: string, change: unknown): Promise<unknown> {
    return this.ask("PATCH", path, change, "application/merge-patch+json");
  }

  /** Follows a list from now on, until the returned function is called. */
  async watch<T>(path: string, told: (event: WatchEvent<T>) => void): Promise<() => void> {
    const list = (await this.ask("GET", `${path}?limit=1`)) as { metadata: { resourceVersion: string } };
    const from = list.metadata.resourceVersion;
    const response = await this.send("GET", `${path}?watch=1&resourceVersion=${from}&allowWatchBookmarks=true`);
    const lines = createInterface({ input: response });
    // A watch that is cut off by us ends with an error, which is no news.
    response.on("error", () => {});
    lines.on("line", (line) => told(JSON.parse(line) as WatchEvent<T>));
    return () => {
      lines.close();
      response.destroy();
    };
  }

  private send(method: string, path: string, body?: unknown, type = "application/json"): Promise<IncomingMessage> {
    return new Promise((done, fail) => {
      const headers = body === undefined ? {} : { "content-type": type };
      const sent = request(`${this.server}${path}`, { method, agent: this.agent, headers }, done);
      sent.on("error", fail);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** Does something with each item, so many at a time. */
export async function together<T>(items: readonly T[], width: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const one = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, one));
}
