//! What a token tells without being asked. It is believed nothing: the API server judges it.
use crate::access::Identity;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value};

/// What a JSON Web Token says; nothing for other tokens.
fn payload(token: &str) -> Option<Map<String, Value>> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&BASE64.decode(payload).ok()?).ok()
}

/// When a JSON Web Token ends, seconds since 1970; none for other tokens.
pub fn expires(token: &str) -> Option<i64> {
    payload(token)?.get("exp")?.as_f64().map(|at| at as i64)
}

/// Claims that a newer token of the same person has otherwise.
const OF_THE_TOKEN: [&str; 9] = [
    "iat",
    "exp",
    "nbf",
    "jti",
    "nonce",
    "auth_time",
    "at_hash",
    "c_hash",
    "sid",
];

/// The identity of whoever holds exactly this token; with `renews`, of whoever the issuer says the same things of, be it in a
/// newer token.
pub fn identity(token: &str, renews: bool) -> Identity {
    let claims = payload(token).filter(|_| renews).map(|mut claims| {
        claims.retain(|name, _| !OF_THE_TOKEN.contains(&name.as_str()));
        Value::Object(claims).to_string()
    });
    let hash = digest(&SHA256, claims.as_deref().unwrap_or(token).as_bytes());
    Identity::named(&BASE64.encode(hash.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_when_it_ends() {
        let token = |payload: &str| format!("x.{}.y", BASE64.encode(payload));
        assert_eq!(expires(&token(r#"{"exp":1900000000}"#)), Some(1_900_000_000));
        assert_eq!(expires(&token(r#"{"exp":1.9e9}"#)), Some(1_900_000_000));
        for other in [
            "",
            "abc",
            "a.b.c",
            &token("{}"),
            &token("[]"),
            &token(r#"{"exp":"x"}"#),
        ] {
            assert_eq!(expires(other), None, "{other}");
        }
    }

    #[test]
    fn two_tokens_are_two_identities_and_neither_is_told() {
        assert_ne!(identity("a", false), identity("b", false));
        assert_eq!(identity("a", true), identity("a", true));
        assert!(!identity("secret-token", false).to_string().contains("secret"));
    }

    #[test]
    fn a_newer_token_is_the_same_person_until_the_issuer_says_otherwise() {
        let of =
            |claims: &str, renews| identity(&format!("x.{}.{}", BASE64.encode(claims), claims.len()), renews);
        let first = of(
            r#"{"iss":"i","sub":"s","groups":["a"],"exp":1,"iat":0,"nonce":"n"}"#,
            true,
        );
        assert_eq!(
            of(r#"{"sub":"s","iss":"i","groups":["a"],"exp":99,"iat":90}"#, true),
            first
        );
        for other in [
            r#"{"iss":"i","sub":"t","groups":["a"]}"#,
            r#"{"iss":"i","sub":"s","groups":["a","b"]}"#,
            r#"{"iss":"j","sub":"s","groups":["a"]}"#,
        ] {
            assert_ne!(of(other, true), first, "{other}");
        }
        let pasted = |exp| of(&format!(r#"{{"iss":"i","sub":"s","exp":{exp}}}"#), false);
        assert_ne!(
            pasted(1),
            pasted(2),
            "two tokens that were pasted may have been given for different things"
        );
    }
}
