//! Scripts that single pages load: no import of ours, which would load them with every page.
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// Loads a script and the style beside it, unless `global` is there already.
///
/// # Errors
/// What the browser says, where a file cannot be loaded.
pub async fn load(script: &str, global: &str) -> Result<(), JsValue> {
    if js_sys::Reflect::has(&js_sys::global(), &global.into()).unwrap_or(false) {
        return Ok(());
    }
    let style = element(
        "link",
        &[("rel", "stylesheet"), ("href", &script.replace(".js", ".css"))],
    )?;
    let script = element("script", &[("type", "module"), ("src", script)])?;
    // Both at once; what is loaded measures itself by its style when it is made.
    let both = js_sys::Array::new();
    both.push(&added(&style)?.into());
    both.push(&added(&script)?.into());
    // As one: a promise that fails while another is waited for would be an error that nobody handles.
    JsFuture::from(js_sys::Promise::all(&both)).await?;
    Ok(())
}

fn element(tag: &str, attributes: &[(&str, &str)]) -> Result<Element, JsValue> {
    let element = document().create_element(tag)?;
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    Ok(element)
}

/// Puts it into the page; the promise is kept when it is loaded.
fn added(element: &Element) -> Result<js_sys::Promise, JsValue> {
    let promise = js_sys::Promise::new(&mut |loaded, failed| {
        for (event, then) in [("load", &loaded), ("error", &failed)] {
            // An element takes listeners as long as it lives.
            let _ = element.add_event_listener_with_callback(event, then);
        }
    });
    if let Some(head) = document().head() {
        head.append_child(element)?;
    }
    Ok(promise)
}
