// From a change in the cluster to the cell on the page, and to a bare watch beside it.
import type { Page } from "@playwright/test";
import type { Api } from "../api.ts";
import { pause } from "./measure.ts";

/** Where the sets are; their names are `db-00000` and so on, dealt out to the namespaces in turn. */
interface Sets {
  namespaces: string[];
  sets: number;
}

interface Told {
  spec?: { template: { spec: { containers: { image: string }[] | null } } };
}

/** Milliseconds from the request to the change that was seen. */
export interface Seen {
  page: number[];
  watch: number[];
  /** Changes that the page did not show within ten seconds. */
  unseen: number;
}

/** Rows that are surely in the window. */
const SHOWN = 90;

/** The clock that the browser reads as well: both count from the machine's, which is set now and then. */
const now = () => performance.timeOrigin + performance.now();

/** Changes images, each to one that was never there, and notes when it is seen where. */
export class Changes {
  private count = 0;
  /** A second run on the same cluster must not set what is set already. */
  private readonly run = Date.now().toString(36);
  private readonly page = new Map<string, (time: number) => void>();
  private readonly watch = new Map<string, number>();
  private stop = () => {};

  private constructor(
    private readonly api: Api,
    private readonly sets: Sets,
  ) {}

  static async begin(api: Api, page: Page, sets: Sets): Promise<Changes> {
    const changes = new Changes(api, sets);
    await page.exposeFunction("seen", (image: string, time: number) => changes.page.get(image)?.(time));
    await page.evaluate(() => {
      const { seen } = window as unknown as { seen: (image: string, time: number) => void };
      new MutationObserver((records) => {
        const time = performance.timeOrigin + performance.now();
        for (const { target } of records) {
          const text = target.textContent ?? "";
          if (text.startsWith("bench:")) seen(text.trim(), time);
        }
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    changes.stop = await api.watch<Told>("/apis/apps/v1/statefulsets", ({ object }) => {
      const image = object.spec?.template.spec.containers?.[0]?.image ?? "";
      // A bookmark has no containers; and the second event of a change is the controller's.
      if (changes.page.has(image) && !changes.watch.has(image)) changes.watch.set(image, now());
    });
    return changes;
  }

  end(): void {
    this.stop();
  }

  /** One change after the other, each when the one before it is long over. */
  async quiet(count: number): Promise<Seen> {
    const seen: Seen = { page: [], watch: [], unseen: 0 };
    for (let i = 0; i < count; i += 1) {
      await this.measured(i % SHOWN, seen);
      await pause(80 + Math.random() * 60);
    }
    return seen;
  }

  /** So many changes a second among all sets; every so many of them, one that the page shows. */
  async busy(load: { seconds: number; perSecond: number; shownEvery: number }): Promise<Seen & { rate: number }> {
    const seen: Seen = { page: [], watch: [], unseen: 0 };
    const sent: Promise<unknown>[] = [];
    const start = now();
    const total = load.seconds * load.perSecond;
    for (let i = 0; i < total; i += 1) {
      const wait = start + (i * 1_000) / load.perSecond - now();
      if (wait > 0) await pause(wait);
      const measured = i % load.shownEvery === 0;
      sent.push(measured ? this.measured(Math.floor(i / load.shownEvery) % SHOWN, seen) : this.elsewhere());
    }
    const rate = (total * 1_000) / (now() - start);
    await Promise.all(sent);
    return { ...seen, rate };
  }

  private elsewhere(): Promise<unknown> {
    return this.change(SHOWN + Math.floor(Math.random() * (this.sets.sets - SHOWN)), this.image());
  }

  private image(): string {
    this.count += 1;
    return `bench:${this.run}-${this.count}`;
  }

  private change(set: number, image: string): Promise<unknown> {
    const { namespaces } = this.sets;
    const name = `db-${String(set).padStart(5, "0")}`;
    const containers = [{ name, image, ports: [{ name: "http", containerPort: 80 }] }];
    const path = `/apis/apps/v1/namespaces/${namespaces[set % namespaces.length]}/statefulsets/${name}`;
    return this.api.patch(path, { spec: { template: { spec: { containers } } } });
  }

  private async measured(set: number, seen: Seen): Promise<void> {
    const image = this.image();
    const shown = new Promise<number>((done) => {
      this.page.set(image, done);
      setTimeout(done, 10_000, Number.NaN);
    });
    const start = now();
    await this.change(set, image);
    const time = await shown;
    if (Number.isNaN(time)) seen.unseen += 1;
    else seen.page.push(time - start);
    const watched = this.watch.get(image);
    if (watched !== undefined) seen.watch.push(watched - start);
    this.page.delete(image);
    this.watch.delete(image);
  }
}
