//! The editor of frontend/js. Its script is no import of ours: that would load it with every page. It is loaded by
//! [`load`], when the first editor is opened, and then is `ordinalEditor` in the global scope.
use super::script;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// Several texts in one place; each keeps its cursor and its scroll position.
    #[wasm_bindgen(js_namespace = ordinalEditor)]
    pub type Editor;

    /// An editor that fills `host`; `changed` gets the whole text after everything that is typed.
    #[wasm_bindgen(constructor, js_namespace = ordinalEditor)]
    pub fn new(host: &HtmlElement, label: &str, changed: &Closure<dyn FnMut(String)>) -> Editor;

    /// Shows the text of this key.
    #[wasm_bindgen(method)]
    pub fn open(this: &Editor, key: &str, text: &str);

    /// Marks places: JSON, a list of `{line, column, end, message, level}`; lines and columns from 1.
    #[wasm_bindgen(method)]
    pub fn mark(this: &Editor, markers: &str);

    /// Lets go of the texts of all keys but these: JSON, a list.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Editor, keys: &str);

    /// Puts the cursor at a place, and the focus too if wanted.
    #[wasm_bindgen(method)]
    pub fn reveal(this: &Editor, line: u32, column: u32, focus: bool);

    /// Opens the search and what replaces.
    #[wasm_bindgen(method)]
    pub fn find(this: &Editor);

    /// Lets go of everything.
    #[wasm_bindgen(method)]
    pub fn dispose(this: &Editor);

    /// Two texts beside each other.
    #[wasm_bindgen(js_namespace = ordinalEditor)]
    pub type Diff;

    /// A comparison that fills `host`.
    #[wasm_bindgen(constructor, js_namespace = ordinalEditor)]
    pub fn new(host: &HtmlElement, before: &str, after: &str, before_label: &str, after_label: &str) -> Diff;

    /// Lets go of everything.
    #[wasm_bindgen(method)]
    pub fn dispose(this: &Diff);

    /// Reads every YAML text after the JSON schema at this URL, from now on.
    #[wasm_bindgen(js_namespace = ordinalEditor, catch)]
    async fn schema(url: &str) -> Result<JsValue, JsValue>;
}

/// Loads the editor's script and style, unless they are there, and the schema.
///
/// # Errors
/// What the browser says, where a file cannot be loaded.
pub async fn load(script: &str, schema_url: &str) -> Result<(), JsValue> {
    script::load(script, "ordinalEditor").await?;
    // An editor without completion is better than none.
    let _ = schema(schema_url).await;
    Ok(())
}
