// The console under test: one process for each user, with that user's kubeconfig.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type BrowserContextOptions, request } from "@playwright/test";
import { kubeconfig, type User } from "./cluster.ts";

export type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;

const READY = "Ordinal is ready: ";

/** A running console. */
export class Console {
  private constructor(
    private readonly child: ChildProcess,
    /** The address that it printed, with the token. */
    readonly link: string,
    /** What it wrote to standard error so far. */
    readonly log: string[],
  ) {}

  /** `http://127.0.0.1:PORT`, without the token. */
  get origin(): string {
    return new URL(this.link).origin;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  static async start(user: User, config = kubeconfig(user), more: string[] = []): Promise<Console> {
    const binary = process.env.ORDINAL_BINARY;
    if (!binary) {
      throw new Error("ORDINAL_BINARY names no console: run `cargo xtask test --only e2e`, or set it to target/dist/ordinal");
    }
    const args = ["--kubeconfig", config, "--listen", "127.0.0.1:0", ...more];
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    // A test that is interrupted stops nothing by itself.
    const orphaned = () => child.kill("SIGKILL");
    process.once("exit", orphaned);
    child.once("exit", () => process.off("exit", orphaned));
    const log: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
    const link = await new Promise<string>((done, fail) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith(READY)) done(line.slice(READY.length).trim());
      });
      child.once("error", fail);
      child.once("exit", (code) => fail(new Error(`the console ended with ${code}:\n${log.join("\n")}`)));
    });
    return new Console(child, link, log);
  }

  /** Exchanges the token for the cookie. The token works once; the cookie is for every test of the worker. */
  async signIn(): Promise<StorageState> {
    const context = await request.newContext();
    try {
      const response = await context.get(this.link);
      // A page for somebody without rights may well be 403, but a wrong token is 401.
      if (response.status() === 401) throw new Error(`signing in at ${this.origin} was refused`);
      return await context.storageState();
    } finally {
      await context.dispose();
    }
  }

  /** What the server's log says of panics: a request that died of one may look like a lost connection only. */
  get panics(): string[] {
    return this.log.filter((line) => line.includes("panicked at"));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 8_000);
    await ended;
    clearTimeout(timer);
  }
}
