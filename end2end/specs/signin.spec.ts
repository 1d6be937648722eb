// Each with their own token, on a real cluster: one console for two people with different rights.
import { Console } from "../console.ts";
import { apply, kubectl, statefulSet } from "../cluster.ts";
import { axe, expect, test as base } from "../fixtures.ts";

const test = base.extend<{ door: Console }>({
  door: async ({}, use) => {
    const console = await Console.start("admin", undefined, ["--auth", "token"]);
    await use(console);
    await console.stop();
    expect(console.panics).toEqual([]);
  },
});

/** A service account of the namespace that may do this there, and a token for it. */
async function account(namespace: string, name: string, rights: string[], lasts = "1h"): Promise<string> {
  await kubectl(["create", "serviceaccount", name, "-n", namespace]);
  if (rights.length > 0) {
    await kubectl(["create", "role", name, "-n", namespace, ...rights]);
    await kubectl(["create", "rolebinding", name, "-n", namespace, `--role=${name}`, `--serviceaccount=${namespace}:${name}`]);
  }
  return (await kubectl(["create", "token", name, "-n", namespace, `--duration=${lasts}`])).trim();
}

const reading = ["--verb=get,list,watch", "--resource=statefulsets.apps,pods,persistentvolumeclaims,events"];

test("one console serves two people, each what the cluster lets them", async ({ door, namespace, signIn, tolerate }) => {
  tolerate(/status of (401|403|422)|ERR_CONNECTION_REFUSED/);
  await apply(namespace, statefulSet("db"));
  const [reader, nobody] = await Promise.all([account(namespace, "reader", reading), account(namespace, "nobody", [])]);
  const fresh = { baseURL: door.origin, storageState: { cookies: [], origins: [] } };
  const [alice, bob] = [await signIn("admin", fresh), await signIn("admin", fresh)];
  const place = `/statefulsets?ns=${namespace}`;

  await alice.goto(place);
  await expect(alice).toHaveURL(/\/sign-in\?to=/);
  await axe(alice);
  // A token of another cluster, or a typo: told at its place, and where one wanted to go stays.
  await alice.getByLabel("Token").fill("not-a-token-of-this-cluster");
  await alice.getByRole("button", { name: "Sign in" }).click();
  await expect(alice.getByRole("alert")).toContainText("does not take this token");
  await axe(alice);
  await alice.getByLabel("Token").fill(reader);
  await alice.keyboard.press("Enter");
  await expect(alice).toHaveURL(new RegExp(`${namespace}$`));
  await expect(alice.getByRole("link", { name: "db", exact: true })).toBeVisible();
  await expect(alice.getByText(`system:serviceaccount:${namespace}:reader`)).toBeVisible();
  await expect(alice.getByRole("status").filter({ hasText: "Live" })).toBeVisible();

  await bob.goto(place);
  await bob.getByLabel("Token").fill(nobody);
  await bob.keyboard.press("Enter");
  await expect(bob.getByText(/is forbidden|may not|not allowed/i).first()).toBeVisible();
  await expect(bob.getByRole("link", { name: "db", exact: true })).toHaveCount(0);

  // Signing out ends the tab's live picture, and the way back is the page where one signs in.
  const other = await alice.context().newPage();
  await other.goto(place);
  await expect(other.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await alice.getByRole("button", { name: "Sign out" }).click();
  await expect(alice).toHaveURL(/\/sign-in$/);
  await expect(other.getByText("You are signed out").first()).toBeVisible();
  await alice.goto(place);
  await expect(alice.getByLabel("Token")).toBeVisible();
});

test("a token that is taken back ends what it showed", async ({ door, namespace, signIn, tolerate }) => {
  test.slow();
  tolerate(/status of (401|403)|WebSocket|ERR_CONNECTION_REFUSED/);
  await apply(namespace, statefulSet("db"));
  const token = await account(namespace, "leaver", reading);
  const page = await signIn("admin", { baseURL: door.origin, storageState: { cookies: [], origins: [] } });
  await page.goto(`/statefulsets?ns=${namespace}`);
  await page.getByLabel("Token").fill(token);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await kubectl(["delete", "serviceaccount", "leaver", "-n", namespace]);
  await expect(page.getByText("You are signed out").first()).toBeVisible({ timeout: 60_000 });
});

test("without JavaScript, in Chinese, one signs in as well", async ({ door, namespace, signIn }) => {
  const token = await account(namespace, "reader", reading);
  const options = { baseURL: door.origin, storageState: { cookies: [], origins: [] }, javaScriptEnabled: false, locale: "zh-CN" };
  const page = await signIn("admin", options);
  await page.goto(`/statefulsets?ns=${namespace}`);
  await page.getByLabel("令牌").fill(token);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page).toHaveURL(new RegExp(`${namespace}$`));
});
