// Situations such that each pair of values of two factors comes together in at least one of them.

const FACTORS = {
  policy: ["OrderedReady", "Parallel"],
  strategy: ["RollingUpdate", "OnDelete"],
  partition: [0, 2, 9],
  start: [0, 3],
  failing: [[], [0], [1], [3], [2, 3], [0, 3]],
  action: ["up", "down", "edit", "revert", "delete"],
  whenScaled: ["Retain", "Delete"],
} as const;

type Factors = typeof FACTORS;
/** A value of each factor. `failing` are places from the lowest pod on. */
export type Situation = { [F in keyof Factors]: Factors[F][number] };

const names = Object.keys(FACTORS) as (keyof Factors)[];

/** The pairs of values that come together in a situation. */
function pairs(situation: Situation): string[] {
  const values = names.map((name) => `${name}=${JSON.stringify(situation[name])}`);
  return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a} ${b}`));
}

function every(): Situation[] {
  let all: Partial<Situation>[] = [{}];
  for (const name of names) all = all.flatMap((s) => FACTORS[name].map((value) => ({ ...s, [name]: value })));
  return all as Situation[];
}

/** So many rounds, each of which has all pairs, without doubles. */
export function pairwise(rounds: number): Situation[] {
  const left = every();
  const chosen: Situation[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const open = new Set(left.flatMap(pairs));
    while (open.size > 0 && left.length > 0) {
      const gain = (s: Situation) => pairs(s).filter((p) => open.has(p)).length;
      const best = left.reduce((a, b) => (gain(b) > gain(a) ? b : a));
      if (gain(best) === 0) break;
      for (const pair of pairs(best)) open.delete(pair);
      chosen.push(...left.splice(left.indexOf(best), 1));
    }
  }
  return chosen;
}
