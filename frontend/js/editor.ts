// The editor of the code mode, as the wasm binds it (app/src/interop/monaco_sys.rs): one text at a time, of several.
import { common, monaco, setSchema } from "./monaco.ts";

/** Something that is wrong in a text: lines and columns from 1; `level` 8 is an error, 4 a warning. */
interface Marker {
  line: number;
  column: number;
  end: number;
  message: string;
  level: monaco.MarkerSeverity;
}

interface Tab {
  model: monaco.editor.ITextModel;
  view: monaco.editor.ICodeEditorViewState | null;
}

/** Several texts in one place; each keeps its cursor, its scroll position and its undo. */
class Editor {
  #editor: monaco.editor.IStandaloneCodeEditor;
  #tabs = new Map<string, Tab>();
  #shown: string | undefined;
  /** Set while a text comes from outside: only what is typed is told. */
  #quiet = false;
  #changed: (text: string) => void;

  constructor(host: HTMLElement, label: string, changed: (text: string) => void) {
    this.#changed = changed;
    this.#editor = monaco.editor.create(host, { ...common, model: null, tabSize: 2, insertSpaces: true, ariaLabel: label });
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
    if (tab.model.getValue() !== text) tab.model.setValue(text);
    if (this.#editor.getModel() !== tab.model) this.#editor.setModel(tab.model);
    this.#quiet = false;
    if (this.#shown !== key && tab.view) this.#editor.restoreViewState(tab.view);
    this.#shown = key;
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
    monaco.editor.setModelMarkers(model, "ordinal", all.map(({ line, column, end, message, level }) => ({
      startLineNumber: line,
      startColumn: column,
      endLineNumber: line,
      endColumn: Math.max(end, column + 1),
      message,
      severity: level,
    })));
  }

  /** Puts the cursor at a place, and the place into the middle. */
  reveal(line: number, column: number) {
    this.#editor.setPosition({ lineNumber: line, column });
    this.#editor.revealPositionInCenter({ lineNumber: line, column });
    this.#editor.focus();
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
      ...common,
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
