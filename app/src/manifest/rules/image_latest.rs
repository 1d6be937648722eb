//! A pod that is moved pulls again, and gets what the tag means by then; going back has nothing to go back to.
//!
//! Source: kubernetes.io, Images: image names
//!
//! ```bad
//! container.image: registry.example/app
//! ```
//! ```good
//! container.image: registry.example/app@sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "image-latest",
    degree: Hint,
    words: texts::RULE_IMAGE_LATEST,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    let image = c.image.text.as_str();
    let good = image.is_empty() || image.contains(char::is_whitespace) || !names::is_latest(image);
    found.check(&RULE, &c.image, good);
}
