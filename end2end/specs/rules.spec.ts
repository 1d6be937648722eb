// What each rule calls refused is refused by the control plane, and nothing else is; a safe correction stores the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kubectl } from "../cluster.ts";
import { expect, test } from "../fixtures.ts";

interface Example {
  rule: string;
  degree: "refused" | "trap" | "hint";
  bad: string;
  good: string;
  fixes: { safe: boolean; text: string }[];
}

const rules: Example[] = JSON.parse(readFileSync(join(import.meta.dirname, "../rules.json"), "utf8"));

/** What is too long for a file of examples. */
const whole = (text: string) => text.replaceAll("HUGE", "a".repeat(1_600_000)).replaceAll("BIG", "a".repeat(262_200));
const dry = (text: string, ...more: string[]) => kubectl(["create", "--dry-run=server", "-f", "-", ...more], { input: whole(text) });

/** What would be stored, without what differs by its nature. */
async function stored(text: string): Promise<string[]> {
  const lines = await dry(text, "-o", "jsonpath={.kind}{.metadata.labels}{.metadata.annotations}{.spec}{.data}{'\\n'}");
  return lines.split("\n").sort();
}

async function each(all: Example[], one: (example: Example) => Promise<string[]>): Promise<string[]> {
  const wrong: string[] = [];
  const rest = [...all];
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) wrong.push(...(await one(next)).map((what) => `${next?.rule}: ${what}`));
  };
  await Promise.all([worker(), worker(), worker()]);
  return wrong;
}

test("refused is what the control plane refuses, and everything else it takes", async () => {
  const wrong = await each(rules, async ({ degree, bad, good }) => {
    const taken = await dry(bad).then(() => true, () => false);
    const fine = await dry(good).then(() => "", (error) => String(error));
    const told = fine ? [`its good example is refused: ${fine}`] : [];
    return taken === (degree === "refused") ? [...told, `its bad example is ${taken ? "taken" : "refused"}`] : told;
  });
  expect(wrong).toEqual([]);
});

test("a safe correction is taken, and stores what was meant", async () => {
  const corrected = rules.filter((rule) => rule.fixes.some((fix) => fix.safe));
  const wrong = await each(corrected, async ({ degree, bad, fixes }) => {
    const told: string[] = [];
    for (const { text } of fixes.filter((fix) => fix.safe)) {
      const after = await stored(text).catch((error) => [String(error)]);
      if (degree !== "refused" && String(after) !== String(await stored(bad))) told.push("stores something else");
      if (degree === "refused" && String(after).includes("Error")) told.push(String(after));
    }
    return told;
  });
  expect(wrong).toEqual([]);
});
