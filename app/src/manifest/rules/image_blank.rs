//! The API server takes any text for an image. The node reports InvalidImageName.
//!
//! Source: openshift/origin#14659, as pkg/apis/core/validation says
//!
//! ```bad
//! container.image: "registry.example/app :1.0"
//! ```
//! ```good
//! container.image: registry.example/app:1.0
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "image-blank",
    degree: Trap,
    words: texts::RULE_IMAGE_BLANK,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    found.check(&RULE, &c.image, !c.image.text.contains(char::is_whitespace));
}
