//! Where one signs in: a page of its own that the server draws, and that works without JavaScript.
use crate::{
    app::{Assets, style},
    model::session::Choices,
    paths,
    state::late,
    texts::use_texts,
};
use leptos::prelude::*;

/// What the page asks for.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    /// What the cluster is called.
    pub cluster: String,
    /// The page to go on to.
    pub to: String,
    /// The issuer that one signs in at; empty where a token is asked for.
    pub issuer: String,
    /// Why it did not work.
    pub fault: Option<Fault>,
}

/// Why one is not signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The cluster does not take the token.
    Refused,
    /// No text that can be a token.
    Unreadable,
    /// The cluster does not answer: its words.
    Unreachable(String),
    /// The issuer does not answer, or its answer cannot be believed: its words.
    Issuer(String),
    /// The way back from the issuer took too long, or began in another browser.
    Begun,
    /// The issuer let nobody in, or the person turned back.
    Declined,
}

/// The whole document.
pub fn document(page: SignIn) -> impl IntoView {
    let t = use_texts();
    let assets: Assets = use_context().unwrap_or_default();
    let Choices { theme } = use_context().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=t.language().tag() data-theme=theme.name()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width,initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{} · {}", t.sign_title(), t.frame_brand())}</title>
                {style(&assets)}
                <link rel="stylesheet" href=late::LATE/>
            </head>
            <body><SignInPage page/></body>
        </html>
    }
}

#[component]
fn SignInPage(page: SignIn) -> impl IntoView {
    let t = use_texts();
    let SignIn {
        cluster,
        to,
        issuer,
        fault,
    } = page;
    let said = fault.map(|fault| match fault {
        Fault::Refused => t.sign_refused().to_owned(),
        Fault::Unreadable => t.sign_unreadable().to_owned(),
        Fault::Unreachable(words) => t.sign_unreachable(words),
        Fault::Issuer(words) => t.sign_issuer_fault(words),
        Fault::Begun => t.sign_begun().to_owned(),
        Fault::Declined => t.sign_declined().to_owned(),
    });
    let is_faulty = said.is_some();
    let form = if issuer.is_empty() {
        view! { <TokenForm to is_faulty/> }.into_any()
    } else {
        view! { <IssuerForm to issuer/> }.into_any()
    };
    view! {
        <main class="sign-in">
            <p class="brand"><span class="mark" aria-hidden="true"><b></b><b></b><b></b></span>{t.frame_brand()}</p>
            <h1>{t.sign_to(cluster)}</h1>
            <p>{t.sign_rights()}</p>
            {said.map(|said| view! { <p id="said" class="sign-fault" role="alert">{said}</p> })}
            {form}
        </main>
    }
}

#[component]
fn TokenForm(to: String, is_faulty: bool) -> impl IntoView {
    let t = use_texts();
    view! {
        <form method="post" action=paths::SIGN_IN>
            <input type="hidden" name="to" value=to/>
            <label for="token">{t.sign_token()}</label>
            <input id="token" class="inp mono" name="token" type="password" required autofocus autocomplete="off" spellcheck="false"
                aria-describedby=if is_faulty { "said help" } else { "help" } aria-invalid=is_faulty.then_some("true")/>
            <p id="help" class="help">{t.sign_token_help()}" "<code>"kubectl create token NAME -n NAMESPACE"</code></p>
            <button class="btn primary">{t.sign_do()}</button>
        </form>
    }
}

#[component]
fn IssuerForm(to: String, issuer: String) -> impl IntoView {
    let t = use_texts();
    view! {
        <form method="post" action=paths::SIGN_IN_AT_ISSUER>
            <input type="hidden" name="to" value=to/>
            <button class="btn primary" autofocus>{t.sign_at(issuer)}</button>
        </form>
    }
}
