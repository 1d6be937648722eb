// A terminal, as the wasm binds it (app/src/interop/xterm_sys.rs): keys out, output in, its colours from the page's tokens.
import "./nonce.ts";
import { FitAddon } from "@xterm/addon-fit";
import { Terminal as Xterm, type ITheme } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";

/** The colours as the theme has them now. */
function colours(host: HTMLElement): ITheme {
  const probe = host.appendChild(document.createElement("i"));
  const of = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const theme: ITheme = {
    background: of("sunken"),
    foreground: of("ink"),
    cursor: of("ink"),
    cursorAccent: of("sunken"),
    selectionBackground: of("accent-soft"),
    black: of("ink"),
    red: of("bad"),
    green: of("ok"),
    yellow: of("warn"),
    blue: of("busy"),
    magenta: of("held"),
    cyan: of("accent"),
    white: of("ink-2"),
    brightBlack: of("ink-3"),
    brightRed: of("bad"),
    brightGreen: of("ok"),
    brightYellow: of("warn"),
    brightBlue: of("busy"),
    brightMagenta: of("held"),
    brightCyan: of("accent"),
    brightWhite: of("ink"),
  };
  probe.remove();
  return theme;
}

/** One terminal. */
class Terminal {
  #term: Xterm;
  #fit = new FitAddon();
  #drawn = 0;
  #told: (bytes: number) => void;
  #watches: { disconnect(): void }[];

  constructor(
    host: HTMLElement,
    label: string,
    typed: (bytes: Uint8Array) => void,
    sized: (columns: number, rows: number) => void,
    drawn: (bytes: number) => void,
    left: () => void,
  ) {
    this.#told = drawn;
    this.#term = new Xterm({
      fontFamily: getComputedStyle(host).getPropertyValue("--mono"),
      fontSize: 13,
      scrollback: 5000,
      theme: colours(host),
      minimumContrastRatio: 4.5,
    });
    this.#term.loadAddon(this.#fit);
    this.#term.open(host);
    this.#term.textarea?.setAttribute("aria-label", label);
    const encoder = new TextEncoder();
    this.#term.onData((text) => typed(encoder.encode(text)));
    this.#term.onBinary((text) => typed(Uint8Array.from(text, (c) => c.charCodeAt(0))));
    this.#term.onResize(({ cols, rows }) => sized(cols, rows));
    // F6 leaves; what is selected is copied by the browser's own keys with Shift, as terminals do.
    this.#term.attachCustomKeyEventHandler((event) => {
      if (event.key === "F6") {
        if (event.type === "keydown") left();
        event.preventDefault();
        return false;
      }
      if (event.ctrlKey && event.shiftKey && event.code === "KeyC" && this.#term.hasSelection()) {
        if (event.type === "keydown") void navigator.clipboard.writeText(this.#term.getSelection());
        event.preventDefault();
        return false;
      }
      // Pasting is the browser's: the shell gets it in brackets where it asked for them.
      return !(event.ctrlKey && event.shiftKey && event.code === "KeyV");
    });
    const size = new ResizeObserver(() => this.fit());
    size.observe(host);
    const theme = new MutationObserver(() => (this.#term.options.theme = colours(host)));
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const turned = () => (this.#term.options.theme = colours(host));
    dark.addEventListener("change", turned);
    this.#watches = [size, theme, { disconnect: () => dark.removeEventListener("change", turned) }];
    this.fit();
  }

  /** Takes the room that there is; one that is not shown keeps its size. */
  fit() {
    if (this.#term.element?.offsetParent) this.#fit.fit();
  }

  columns() {
    return this.#term.cols;
  }

  rows() {
    return this.#term.rows;
  }

  /** A new program: what it writes is counted from 0. */
  begin(line: string) {
    this.#drawn = 0;
    if (line) this.#term.write(`\r\n\x1b[2m${line}\x1b[0m\r\n`);
  }

  /** Output. The bytes are the wasm's own memory, which is another's when they are drawn. */
  write(view: Uint8Array) {
    const bytes = view.slice();
    this.#term.write(bytes, () => {
      this.#drawn += bytes.length;
      this.#told(this.#drawn);
    });
  }

  focus() {
    this.#term.focus();
  }

  dispose() {
    for (const watch of this.#watches) watch.disconnect();
    this.#term.dispose();
  }
}

Object.assign(globalThis, { ordinalTerminal: { Terminal } });
