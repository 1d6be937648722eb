//! The terminal of frontend/js, loaded by [`load`] when the first one is opened; `ordinalTerminal` in the global scope then.
use super::script;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// A terminal that fills its place.
    #[wasm_bindgen(js_namespace = ordinalTerminal)]
    pub type Terminal;

    /// `typed` gets keys as bytes, `sized` columns and rows, `drawn` how many bytes of output are drawn in all; `left` is called for
    /// the key that leaves it.
    #[wasm_bindgen(constructor, js_namespace = ordinalTerminal)]
    pub fn new(
        host: &HtmlElement,
        label: &str,
        typed: &Closure<dyn FnMut(Uint8Array)>,
        sized: &Closure<dyn FnMut(u16, u16)>,
        drawn: &Closure<dyn FnMut(f64)>,
        left: &Closure<dyn FnMut()>,
    ) -> Terminal;

    /// How many columns there are.
    #[wasm_bindgen(method)]
    pub fn columns(this: &Terminal) -> u16;

    /// How many rows there are.
    #[wasm_bindgen(method)]
    pub fn rows(this: &Terminal) -> u16;

    /// Takes the room that there is.
    #[wasm_bindgen(method)]
    pub fn fit(this: &Terminal);

    /// A new program begins, after this line; its output is counted from 0.
    #[wasm_bindgen(method)]
    pub fn begin(this: &Terminal, line: &str);

    /// Output of the program.
    #[wasm_bindgen(method)]
    pub fn write(this: &Terminal, bytes: &[u8]);

    /// Takes the keys.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Terminal);

    /// Lets go of everything.
    #[wasm_bindgen(method)]
    pub fn dispose(this: &Terminal);
}

/// Loads the script, whose folder is that of the editor's.
///
/// # Errors
/// What the browser says, where a file cannot be loaded.
pub async fn load(editor: &str) -> Result<(), JsValue> {
    script::load(&editor.replace("/editor.js", "/terminal.js"), "ordinalTerminal").await
}
