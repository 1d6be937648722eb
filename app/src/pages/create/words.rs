//! What a rule says to the user.
use crate::{
    manifest::{
        Place,
        lint::{MAX_NAME, Rule},
    },
    texts::Texts,
};

/// The sentence of a rule.
pub(super) fn words(t: Texts, place: &Place, rule: &Rule) -> String {
    let text = match rule {
        Rule::TooLong(max) if *max == MAX_NAME && place.path.to_string() == "metadata.name" => {
            return t.lint_name_too_long(max);
        }
        Rule::TooLong(max) => return t.lint_too_long(max),
        Rule::Integer(low, high) => return t.lint_integer(low, high),
        Rule::BelowRequest(request) => return t.lint_below_request(request),
        Rule::OneOf(values) => {
            return t.lint_one_of(
                values
                    .iter()
                    .filter(|v| !v.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join(", "),
            );
        }
        Rule::NoGrace => t.lint_no_grace(),
        Rule::NoReadiness => t.lint_no_readiness(),
        Rule::NoResources => t.lint_no_resources(),
        Rule::Privileged => t.lint_privileged(),
        Rule::NoStorage => t.lint_no_storage(),
        Rule::SelectorVersion => t.lint_selector_version(),
        Rule::HostPath => t.lint_host_path(),
        Rule::HardAntiAffinity => t.lint_hard_anti_affinity(),
        Rule::Share => t.lint_share(),
        Rule::Flag => t.lint_flag(),
        Rule::DnsName => t.lint_dns_name(),
        Rule::Required => t.lint_required(),
        Rule::DnsLabel => t.lint_dns_label(),
        Rule::ServiceName => t.lint_service_name(),
        Rule::Duplicate => t.lint_duplicate(),
        Rule::Blank => t.lint_blank(),
        Rule::Latest => t.lint_latest(),
        Rule::Quantity => t.lint_quantity(),
        Rule::NotPositive => t.lint_not_positive(),
        Rule::MilliBytes => t.lint_milli_bytes(),
        Rule::PortName => t.lint_port_name(),
        Rule::HostPort => t.lint_host_port(),
        Rule::Protocol => t.lint_protocol(),
        Rule::EnvName => t.lint_env_name(),
        Rule::Absolute => t.lint_absolute(),
        Rule::Colon => t.lint_colon(),
        Rule::NotMounted => t.lint_not_mounted(),
        Rule::AccessMode => t.lint_access_mode(),
        Rule::LabelKey => t.lint_label_key(),
        Rule::LabelValue => t.lint_label_value(),
        Rule::NoContainer => t.lint_no_container(),
        Rule::Selector => t.lint_selector(),
        Rule::NoService => t.lint_no_service(),
        Rule::NotHeadless => t.lint_not_headless(),
        Rule::VendorVariable => t.lint_vendor_variable(),
        Rule::ServiceSelector => t.lint_service_selector(),
        Rule::Affinity => t.lint_affinity(),
        Rule::OtherNamespace => t.lint_other_namespace(),
        Rule::TargetPort => t.lint_target_port(),
    };
    text.to_owned()
}
