// The editor of the code mode, as the wasm binds it (app/src/interop/monaco_sys.rs): one text at a time, of several.
import { monaco, options, setSchema } from "./monaco.ts";

/** Something that is wrong in a text: lines and columns (in characters) from 1; `level` 8 is an error, 4 a warning. */
interface Marker {
  line: number;
  column: number;
  end: number;
  message: string;
  level: monaco.MarkerSeverity;
}

/** Monaco counts half characters: an emoji is two. */
function column(model: monaco.editor.ITextModel, line: number, characters: number): number {
  if (line > model.getLineCount()) return characters;
  return [...model.getLineContent(line)].slice(0, characters - 1).join("").length + 1;
}

interface Tab {
  model: monaco.editor.ITextModel;
  view: monaco.editor.ICodeEditorViewState | null;
}

/** How much two texts have in common at their beginning, and after that at their end. */
function common(a: string, b: string): [number, number] {
  const most = Math.min(a.length, b.length);
  let front = 0;
  while (front < most && a[front] === b[front]) front += 1;
  let back = 0;
  while (back < most - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back += 1;
  // Not between the two halves of one character.
  if (/[\ud800-\udbff]/.test(a[front - 1] ?? "")) front -= 1;
  if (/[\udc00-\udfff]/.test(a[a.length - back] ?? "")) back -= 1;
  return [front, back];
}

/** Several texts in one place; each keeps its cursor and its scroll position. Undoing is the page's: it has one history. */
class Editor {
  #editor: monaco.editor.IStandaloneCodeEditor;
  #tabs = new Map<string, Tab>();
  #shown: string | undefined;
  /** Set while a text comes from outside: only what is typed is told. */
  #quiet = false;
  #changed: (text: string) => void;
  /** Where the cursor is in the plain field that was there until now, if somebody types in it. */
  #caret: number | undefined;
  #host: HTMLElement;

  constructor(host: HTMLElement, label: string, changed: (text: string) => void) {
    this.#changed = changed;
    this.#host = host;
    const field = document.activeElement;
    if (field instanceof HTMLTextAreaElement && host.parentElement?.contains(field)) this.#caret = field.selectionStart;
    this.#editor = monaco.editor.create(host, {
      ...options,
      model: null,
      tabSize: 2,
      insertSpaces: true,
      ariaLabel: label,
      // Enter ends a line, unless somebody chose an offer: what is typed is never replaced by the way.
      suggest: { selectionMode: "never" },
    });
    this.#editor.onDidChangeModelContent(() => {
      if (!this.#quiet) this.#changed(this.text());
    });
  }

  /** Shows a tab with this text. */
  open(key: string, text: string) {
    const tab = this.#tabs.get(key) ?? { model: monaco.editor.createModel(text, "yaml"), view: null };
    this.#tabs.set(key, tab);
    const before = this.#tabs.get(this.#shown ?? "");
    if (before && before !== tab) before.view = this.#editor.saveViewState();
    this.#quiet = true;
    this.#write(tab.model, text);
    if (this.#editor.getModel() !== tab.model) this.#editor.setModel(tab.model);
    this.#quiet = false;
    if (this.#shown !== key && tab.view) this.#editor.restoreViewState(tab.view);
    this.#shown = key;
    if (this.#caret === undefined) return;
    // At once: a key that comes before the page has drawn the change would be nobody's.
    this.#host.parentElement?.classList.add("ready");
    this.#editor.setPosition(tab.model.getPositionAt(this.#caret));
    this.#editor.focus();
    this.#caret = undefined;
  }

  /** Lets go of all texts but these. */
  keep(keys: string) {
    const kept = JSON.parse(keys) as string[];
    for (const [key, { model }] of this.#tabs) {
      if (kept.includes(key) || this.#editor.getModel() === model) continue;
      this.#tabs.delete(key);
      model.dispose();
    }
  }

  /** Makes a text of another: only what differs is written, so that the cursor stays where it was. */
  #write(model: monaco.editor.ITextModel, text: string) {
    const old = model.getValue();
    if (old === text) return;
    // The model has one kind of line end; with two its offsets are not the text's.
    if (old.includes("\r") || text.includes("\r")) {
      model.setValue(text);
      return;
    }
    const [front, back] = common(old, text);
    const range = monaco.Range.fromPositions(model.getPositionAt(front), model.getPositionAt(old.length - back));
    model.applyEdits([{ range, text: text.slice(front, text.length - back) }]);
  }

  /** The text that is shown, with the ends of its lines as they came. */
  text(): string {
    return this.#editor.getModel()?.getValue() ?? "";
  }

  /** Marks what is wrong in the shown text. */
  mark(markers: string) {
    const model = this.#editor.getModel();
    if (!model) return;
    const all = JSON.parse(markers) as Marker[];
    monaco.editor.setModelMarkers(model, "ordinal", all.map(({ line, column: from, end, message, level }) => ({
      startLineNumber: line,
      startColumn: column(model, line, from),
      endLineNumber: line,
      endColumn: column(model, line, Math.max(end, from + 1)),
      message,
      severity: level,
    })));
  }

  /** Puts the cursor at a place and the place into view; the focus too, if wanted. */
  reveal(line: number, characters: number, focus: boolean) {
    const model = this.#editor.getModel();
    const place = { lineNumber: line, column: model ? column(model, line, characters) : characters };
    this.#editor.setPosition(place);
    this.#editor.revealPositionInCenterIfOutsideViewport(place);
    // An editor that is new is shown with the next frame.
    if (focus) requestAnimationFrame(() => this.#editor.focus());
  }

  /** Opens the search, with the field for what replaces it. */
  find() {
    this.#editor.focus();
    void this.#editor.getAction("editor.action.startFindReplaceAction")?.run();
  }

  dispose() {
    this.#editor.dispose();
    for (const { model } of this.#tabs.values()) model.dispose();
  }
}

/** Two texts beside each other; nothing can be typed. */
class Diff {
  #editor: monaco.editor.IStandaloneDiffEditor;

  constructor(host: HTMLElement, before: string, after: string, beforeLabel: string, afterLabel: string) {
    this.#editor = monaco.editor.createDiffEditor(host, {
      ...options,
      readOnly: true,
      hideUnchangedRegions: { enabled: true },
      renderSideBySideInlineBreakpoint: 700,
      diffWordWrap: "on",
    });
    this.#editor.getOriginalEditor().updateOptions({ ariaLabel: beforeLabel });
    this.#editor.getModifiedEditor().updateOptions({ ariaLabel: afterLabel });
    this.#editor.setModel({
      // Without colours of the language: on those of the difference they would lose their contrast.
      original: monaco.editor.createModel(before, "plaintext"),
      modified: monaco.editor.createModel(after, "plaintext"),
    });
  }

  dispose() {
    const model = this.#editor.getModel();
    this.#editor.dispose();
    model?.original.dispose();
    model?.modified.dispose();
  }
}

/** Fetches a JSON schema once and reads every YAML text after it. */
async function schema(url: string): Promise<void> {
  const answer = await fetch(url);
  if (answer.ok) setSchema((await answer.json()) as object);
}

Object.assign(globalThis, { ordinalEditor: { Editor, Diff, schema } });
