// Debug containers: a shell for a pod whose image has none. The simulated nodes start what is added to a pod, and run what is
// executed in it on this machine.
import type { Page } from "@playwright/test";
import { apply, kubeconfig, kubectl, statefulSet, value } from "../cluster.ts";
import { Console } from "../console.ts";
import { axe, expect, LOOKS, test } from "../fixtures.ts";

async function started(namespace: string, manifest = statefulSet("web")) {
  await apply(namespace, manifest);
  await kubectl(["rollout", "status", "statefulset/web", "-n", namespace, "--timeout=60s"]);
}

/** Opens the page of web-0, and from there the dialog. */
async function open(page: Page, namespace: string) {
  await page.goto(`/pods/${namespace}/web-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("region", { name: "What you can do to this pod" }).getByRole("button", { name: "Debug container…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a debug container to web-0" });
  await expect(dialog.getByRole("textbox", { name: "Image" })).toHaveValue("busybox:1.37");
  return { dialog, add: dialog.getByRole("button", { name: "Add the container to web-0" }) };
}

/** The shell that opens by itself. Simulated nodes now and then hang up on a new one. */
async function runs(page: Page) {
  const pane = page.getByRole("tabpanel", { name: /^web-0\/debugger-/ });
  await expect(async () => {
    const again = pane.getByRole("button", { name: "Open a new shell" });
    if (await again.isVisible()) await again.click();
    await expect(pane.getByRole("status")).toHaveText("Running", { timeout: 3_000 });
  }).toPass();
  return pane;
}

const added = (namespace: string, path: string) => value("pod/web-0", `{.spec.ephemeralContainers[0].${path}}`, namespace);

test("what comes of it is told first; then its shell opens by itself", async ({ namespace, page }) => {
  await started(namespace);
  const before = await value("pod/web-0", "{.metadata.uid}", namespace);
  const { dialog, add } = await open(page, namespace);
  await expect(dialog.getByRole("combobox", { name: "Container to look at" })).toHaveValue("web");
  await expect(dialog).toContainText("It stays in web-0 until the pod is replaced");
  await expect(dialog).toContainText("patch on pods/ephemeralcontainers");
  await expect(dialog.getByRole("radio", { name: /^general/ })).toBeChecked();
  await add.click();
  const pane = await runs(page);
  await expect(dialog).toHaveCount(0);
  await page.getByRole("textbox", { name: /^Terminal web-0\/debugger-/ }).pressSequentially("echo deb$((40+2))ug\n");
  await expect(pane).toContainText("deb42ug");
  expect(await added(namespace, "image")).toBe("busybox:1.37");
  expect(await added(namespace, "targetContainerName")).toBe("web");
  expect(await added(namespace, "securityContext.capabilities.add[0]")).toBe("SYS_PTRACE");
  expect(await value("pod/web-0", "{.metadata.uid}", namespace)).toBe(before);
  // It stands among the containers of the pod, and can be entered again.
  const article = page.getByRole("article", { name: /^debugger-/ });
  await expect(article).toContainText("debug");
  await expect(article.getByRole("button", { name: /^Terminal in debugger-/ })).toBeVisible();
});

test("from a terminal without a shell it is two clicks", async ({ namespace, page }) => {
  await started(namespace);
  // An image without a shell, as the runtime tells it; programs of simulated nodes are those of this machine.
  let first = true;
  await page.routeWebSocket(/\/terminal$/, (socket) => {
    if (!first) return void socket.connectToServer();
    first = false;
    const words = 'exec: "sh": executable file not found in $PATH';
    socket.onMessage(() => socket.send(JSON.stringify({ Ended: { Failed: words } })));
  });
  await page.goto(`/pods/${namespace}/web-0`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Terminal in web" }).click();
  const pane = page.getByRole("tabpanel", { name: "web-0/web" });
  await expect(pane).toContainText("executable file not found");
  await pane.getByRole("button", { name: "Debug container…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add the container to web-0" }).click();
  await runs(page);
  expect(await added(namespace, "targetContainerName")).toBe("web");
});

test("an image is wanted, and one that cannot be pulled is told in the node's words", async ({ namespace, page }) => {
  await started(namespace);
  const { dialog, add } = await open(page, namespace);
  const image = dialog.getByRole("textbox", { name: "Image" });
  await image.fill("");
  await expect(dialog).toContainText("An image is wanted");
  await expect(add).toBeDisabled();
  await image.fill("tools.example/does-not-exist:1");
  await dialog.getByRole("combobox", { name: "Container to look at" }).selectOption("none: only the network of the pod");
  await expect(image, "what is typed stays").toHaveValue("tools.example/does-not-exist:1");
  await add.click();
  await expect(dialog).toContainText(/debugger-\w+ does not start: ImagePullBackOff\..*does-not-exist:1/s);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("article", { name: /^debugger-/ })).toContainText("ImagePullBackOff");
  expect(await added(namespace, "targetContainerName")).toBe("");
});

test("what Pod Security refuses cannot be chosen, and restricted passes where it is enforced", async ({ namespace, page }) => {
  const list = JSON.parse(statefulSet("web"));
  list.items[1].spec.template.spec.containers[0].securityContext = {
    runAsNonRoot: true, runAsUser: 101, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" },
  };
  const enforce = (level: string) => kubectl(["label", "namespace", namespace, "--overwrite", `pod-security.kubernetes.io/enforce=${level}`]);
  await enforce("baseline");
  await started(namespace, JSON.stringify(list));
  const { dialog } = await open(page, namespace);
  await expect(dialog.getByRole("radio", { name: /^general/ })).toBeDisabled();
  await expect(dialog.getByRole("radio", { name: /^sysadmin/ })).toBeDisabled();
  await expect(dialog).toContainText(/violates PodSecurity "baseline:latest"/);
  await expect(dialog.getByRole("radio", { name: /^baseline/ })).toBeChecked();
  await enforce("restricted");
  const again = await open(page, namespace);
  await expect(again.dialog.getByRole("radio", { name: /^baseline/ })).toBeDisabled();
  await expect(again.dialog.getByRole("radio", { name: /^restricted/ })).toBeChecked();
  await again.add.click();
  await runs(page);
  expect(await added(namespace, "securityContext.runAsUser")).toBe("101");
});

test("who may not is told before; a console without terminals offers none", async ({ browser, namespace, signIn }) => {
  await started(namespace);
  const carol = await signIn("carol");
  const { dialog, add } = await open(carol, namespace);
  await expect(dialog).toContainText(/cannot patch resource "pods\/ephemeralcontainers"/);
  await expect(dialog).toContainText(/No shell could be opened in it\. .*pods\/exec/);
  await expect(add).toBeDisabled();
  const own = await Console.start("admin", kubeconfig("admin"), ["--no-exec"]);
  try {
    const context = await browser.newContext({ baseURL: own.origin, storageState: await own.signIn() });
    const page = await context.newPage();
    await page.goto(`/pods/${namespace}/web-0`);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Delete web-0…", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Debug container…" })).toHaveCount(0);
    await context.close();
  } finally {
    await own.stop();
  }
});

test("it is accessible in both languages and themes, wide and narrow", async ({ namespace, signIn }) => {
  await started(namespace);
  for (const options of LOOKS) {
    const page = await signIn("admin", options);
    await page.goto(`/pods/${namespace}/web-0`);
    await expect(page.locator(".link.live").first()).toBeVisible();
    await page.getByRole("button", { name: /^Debug container…|^调试容器…/ }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("textbox")).toHaveValue("busybox:1.37");
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
});
