// Monaco with what editing YAML needs, its workers, and its colours from the page's tokens.
import "./nonce.ts";
import * as monaco from "monaco-editor/editor/editor.api.js";
import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/codeEditor/register.js";
import "monaco-editor/features/codicon/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/contextmenu/register.js";
import "monaco-editor/features/diffEditor/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/folding/register.js";
import "monaco-editor/features/gotoError/register.js";
import "monaco-editor/features/hover/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/multicursor/register.js";
import "monaco-editor/features/toggleTabFocusMode/register.js";
import "monaco-editor/features/wordHighlighter/register.js";
import "monaco-editor/features/wordOperations/register.js";
// The feature `suggest` alone does not bring completion.
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
import "monaco-editor/editor/contrib/snippet/browser/snippetController2.js";
import "monaco-editor/languages/definitions/yaml/register.js";
import { configureMonacoYaml, type MonacoYaml } from "monaco-yaml";

const worker = (name: string) => new Worker(new URL(`${name}.js`, import.meta.url), { type: "module", name });

self.MonacoEnvironment = { getWorker: () => worker("editor.worker") };

/** What monaco-yaml asks for in the way of older Monacos: a worker by its label, with its first data. */
interface Asked {
  label: string;
  createData: unknown;
}

// Today's Monaco wants the worker itself. The worker takes its first message as a call to begin, its second as the data.
const shim = {
  ...monaco,
  editor: {
    ...monaco.editor,
    createWebWorker: ({ label, createData }: Asked) => {
      const ready = worker(`${label}.worker`);
      ready.postMessage("begin");
      ready.postMessage(createData);
      return monaco.editor.createWebWorker({ worker: ready });
    },
  },
};

let yaml: MonacoYaml | undefined;

/** Which texts the schema is for: all. */
const schemas = (schema: object) => [{ uri: "inmemory://schema", fileMatch: ["*"], schema }];

/** The schema after which every YAML text is read from now on. */
export function setSchema(schema: object) {
  const asked = { schemas: schemas(schema), enableSchemaRequest: false, format: { enable: false } };
  if (yaml) void yaml.update(asked);
  else yaml = configureMonacoYaml(shim as unknown as Parameters<typeof configureMonacoYaml>[0], asked);
}

const pencil = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** A colour of the page, as the six hexadecimal digits that Monaco understands. */
function colour(token: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const css = getComputedStyle(probe).color;
  probe.remove();
  if (!pencil) return "#808080";
  pencil.fillStyle = css;
  pencil.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pencil.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
  || (!document.documentElement.matches("[data-theme=light]") && matchMedia("(prefers-color-scheme: dark)").matches);

function paint() {
  const rule = (token: string, name: string) => ({ token, foreground: colour(name).slice(1) });
  monaco.editor.defineTheme("ordinal", {
    base: isDark() ? "vs-dark" : "vs",
    inherit: true,
    // With the language's name: the base theme has rules of its own for these.
    rules: [rule("type.yaml", "--accent"), rule("string.yaml", "--ok"), rule("number.yaml", "--held"), rule("keyword.yaml", "--held"), rule("comment.yaml", "--ink-3")],
    colors: {
      "editor.background": colour("--surface"),
      "editor.foreground": colour("--ink"),
      "editorGutter.background": colour("--surface"),
      "editorLineNumber.foreground": colour("--ink-3"),
      "editorLineNumber.dimmedForeground": colour("--ink-3"),
      "diffEditor.removedLineBackground": colour("--bad-soft"),
      "diffEditor.insertedLineBackground": colour("--add"),
      // The line says it; a second colour on the words would cost their contrast.
      "diffEditor.removedTextBackground": "#00000000",
      "diffEditor.insertedTextBackground": "#00000000",
      "editorLineNumber.activeForeground": colour("--ink"),
      "editor.lineHighlightBackground": colour("--sunken"),
      "editor.lineHighlightBorder": colour("--sunken"),
      "editorIndentGuide.background1": colour("--line-soft"),
      "editorIndentGuide.activeBackground1": colour("--line"),
      "editorWidget.background": colour("--raised"),
      "editorWidget.foreground": colour("--ink"),
      "editorWidget.border": colour("--line"),
      "editorError.foreground": colour("--bad"),
      "editorWarning.foreground": colour("--warn"),
      focusBorder: colour("--accent"),
    },
  });
  monaco.editor.setTheme("ordinal");
}

paint();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });

/** What every editor of the console has in common. */
export const options: monaco.editor.IEditorOptions = {
  automaticLayout: true,
  fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
  fontSize: 12.5,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: "all",
  // A page scrolls on where the editor's text ends.
  scrollbar: { alwaysConsumeMouseWheel: false },
  wordWrap: "on",
};

export { monaco };
