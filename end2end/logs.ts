// A client of the stream of logs, as the page is one: it goes on where it was cut and counts what it sees.
import { WebSocket } from "ws";
import type { StorageState } from "./console.ts";

type Line = [stream: number, at: number, level: number, text: string, whole: number];
interface Stream {
  id: number;
  pod: string;
  container: string;
}
interface Frame {
  Streams?: Stream[];
  Entries?: { seq: number; entries: { L?: Line; Dropped?: { of: [number, number, number][] }; Gap?: object }[] };
  Over?: unknown;
}

/** Reads the logs of a set; its lines are a pod's ordinal and a number that counts up from 0. */
export class Reader {
  /** Lines that came, those that were told as left out among them. */
  seen = 0;
  /** What should not have been. */
  readonly faults: string[] = [];
  private socket: WebSocket | undefined;
  private pods = new Map<number, string>();
  private readonly next = new Map<string, number>();
  /** By pod: the newest time, as it was written. */
  private readonly last = new Map<string, string>();
  private newest = "";
  /** The pods of which nothing new came since the last cut. */
  private again = new Set<string>();

  constructor(
    private readonly origin: string,
    private readonly cookies: StorageState,
    private readonly namespace: string,
    private readonly set: string,
  ) {}

  async open(): Promise<void> {
    const cookie = (this.cookies.cookies ?? []).map((c) => `${c.name}=${c.value}`).join("; ");
    const headers = { origin: this.origin, cookie };
    const socket = new WebSocket(`${this.origin.replace("http", "ws")}/logs/stream`, { headers });
    this.socket = socket;
    this.pods = new Map();
    this.again = new Set(this.last.keys());
    await new Promise((done, fail) => {
      socket.onopen = () => done(undefined);
      socket.onerror = () => fail(new Error("the socket was refused"));
    });
    socket.onmessage = (event) => this.hear(socket, String(event.data));
    const reading = { ordinals: [], containers: [], runs: "Current", since: null, from: null, to: null, tail: 200 };
    const scope = { Set: { namespace: this.namespace, name: this.set } };
    const since = (at: string) => Number(at.slice(0, -9)) - 1;
    const cursors = [...this.last].map(([pod, at]) => ({ pod, container: this.set, since: since(at) }));
    socket.send(JSON.stringify({ Ask: { scope, reading, cursors } }));
  }

  /** Cuts the connection in the middle of whatever it does, and opens it again. */
  async cut(): Promise<void> {
    this.close();
    await this.open();
  }

  close(): void {
    if (this.socket) {
      this.socket.onmessage = null;
      this.socket.close();
    }
  }

  private hear(socket: WebSocket, text: string): void {
    if (text === '"Beat"') return;
    const frame = JSON.parse(text.replace(/"L":\[(\d+),(\d+),/g, '"L":[$1,"$2",')) as Frame;
    if (frame.Over !== undefined) this.faults.push(`over: ${JSON.stringify(frame.Over)}`);
    for (const stream of frame.Streams ?? []) this.pods.set(stream.id, stream.pod);
    if (!frame.Entries) return;
    for (const entry of frame.Entries.entries) {
      if (entry.Gap) this.faults.push(`a gap: ${JSON.stringify(entry.Gap)}`);
      if (entry.L) this.take(entry.L);
      for (const [stream, count] of entry.Dropped?.of ?? []) {
        const pod = this.pods.get(stream) ?? "";
        this.seen += count;
        this.next.set(pod, (this.next.get(pod) ?? 0) + count);
      }
    }
    socket.send(JSON.stringify({ Ack: frame.Entries.seq }));
  }

  private take([stream, time, , text]: Line): void {
    const pod = this.pods.get(stream) ?? "";
    const [ordinal, number] = text.split(" ");
    const wanted = this.next.get(pod) ?? 0;
    // What was read of the second in which it was cut comes again, and is known.
    if (Number(number) < wanted) {
      if (!this.again.has(pod)) this.faults.push(`${pod} ${number} came twice`);
      return;
    }
    this.again.delete(pod);
    if (!pod.endsWith(`-${ordinal}`)) this.faults.push(`${text} came as a line of ${pod}`);
    if (Number(number) > wanted) this.faults.push(`${pod} lacks ${wanted} to ${number}`);
    const at = String(time);
    if (at < this.newest) this.faults.push(`${pod} ${number} of ${at} came after ${this.newest}`);
    this.newest = at;
    this.next.set(pod, Number(number) + 1);
    this.last.set(pod, at);
    this.seen += 1;
  }
}
