// Two people at once on a real cluster: whoever is second and did not see the first one's change is told so.
// ORDINAL_ROUNDS=100 plays as many.
import { apply, kubectl, statefulSet, value } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

const rounds = Number(process.env.ORDINAL_ROUNDS ?? 10);

/** The same numbers for the same seed, so that a round that fails can be played again (Park and Miller). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

test(`in ${rounds} rounds of two people nobody's change is lost`, async ({ namespace, page, consoleOf }) => {
  test.slow();
  await apply(namespace, statefulSet("db"));
  const seed = Number(process.env.ORDINAL_SEED ?? Date.now() % 2147483646) + 1;
  const next = numbers(seed);
  const { console } = await consoleOf("admin");
  const post = (path: string, data: unknown) => page.request.post(`/api/ops/${path}`, { data, headers: { origin: console.origin } });
  const see = async () => {
    const plan = await (await post("plan", { namespace, name: "db" })).json();
    return { shown: plan.shown, replicas: plan.replicas as number, values: plan.containers[0].values as string[] };
  };
  type Seen = Awaited<ReturnType<typeof see>>;
  const ops = (seen: Seen, n: number) => [
    () => post("operate", { shown: seen.shown, op: "Restart" }),
    () => post("operate", { shown: seen.shown, op: { Start: { replicas: seen.replicas + 1 + n } } }),
    () => post("operate", { shown: seen.shown, op: { Stop: { deleting: "" } } }),
  ];
  const change = (seen: Seen, field: "Image" | "CpuLimit", after: string) =>
    post("containers", { shown: seen.shown, changes: [{ container: "db", init: false, field, before: seen.values[field === "Image" ? 0 : 2], after }] });
  for (let round = 0; round < rounds; round++) {
    const told = `seed ${seed - 1}, round ${round}`;
    const [alice, bob] = await Promise.all([see(), see()]);
    expect(alice.shown.generation, told).toBe(bob.shown.generation);
    if (next(3) === 0) {
      // Two fields: both stay.
      const answers = await Promise.all([change(alice, "Image", `nginx:1.${round}`), change(bob, "CpuLimit", `${round + 1}`)]);
      expect(answers.map((a) => a.status()), told).toEqual([200, 200]);
      const now = await value("statefulset/db", "{.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].resources.limits.cpu}", namespace);
      expect(now, told).toBe(`nginx:1.${round} ${round + 1}`);
      continue;
    }
    // Never the same for both: a restart in the same second is one and the same write.
    const first = next(3);
    const [a, b] = [ops(alice, 0)[first], ops(bob, 1)[(first + 1 + next(2)) % 3]];
    if (!a || !b) throw new Error(told);
    const answers = await Promise.all([a(), b()]);
    const changed = await Promise.all(answers.map(async (x) => x.status() === 200 && (await x.json()).changed));
    expect(answers.every((x) => x.status() === 200 || x.status() === 409), told).toBe(true);
    // One of them writes. The other is told, unless it had nothing to do.
    expect(changed.filter(Boolean).length, told).toBeLessThanOrEqual(1);
    const generation = Number(await kubectl(["get", "statefulset/db", "-n", namespace, "-o", "jsonpath={.metadata.generation}"]));
    expect(generation, told).toBe(alice.shown.generation + changed.filter(Boolean).length);
  }
});
