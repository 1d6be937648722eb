//! What a rule says to the user.
use crate::{
    manifest::{
        Place,
        lint::{MAX_NAME, Rule, Wanted, Way},
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
        Rule::Misspelled(name) => return t.lint_misspelled(name),
        Rule::Misplaced(path) => return t.lint_misplaced(path),
        Rule::UnknownContainer(name) => return t.lint_unknown_container(name),
        Rule::UnknownKey(keys) => return t.lint_unknown_key(keys),
        Rule::PeerName(service) => return t.lint_peer_name(service),
        Rule::OldVersion(version) => return t.lint_old_version(version),
        Rule::OldLabel(label) => return t.lint_old_label(label),
        Rule::OldAnnotation(field) => return t.lint_old_annotation(field),
        Rule::NotThere(kind) => return t.lint_not_there(kind),
        Rule::ClaimsThere(name, 0) => return t.lint_claim_there(name),
        Rule::ClaimsThere(name, more) => return t.lint_claims_there(name, more),
        Rule::QuotaAsks(name) => return t.lint_quota_asks(name),
        Rule::PodSecurity(level) => return t.lint_pod_security(level),
        Rule::NoServiceName => t.lint_no_service_name(),
        Rule::ForeignNamespace => t.lint_foreign_namespace(),
        Rule::NotText => t.lint_not_text(),
        Rule::Quoted => t.lint_quoted(),
        Rule::Wants(Wanted::Map) => t.lint_wants_map(),
        Rule::Wants(Wanted::List) => t.lint_wants_list(),
        Rule::Wants(Wanted::Scalar) => t.lint_wants_scalar(),
        Rule::UnknownField => t.lint_unknown_field(),
        Rule::List => t.lint_list(),
        Rule::Alias => t.lint_alias(),
        Rule::OneWord => t.lint_one_word(),
        Rule::QuotedScript => t.lint_quoted_script(),
        Rule::SlashComment => t.lint_slash_comment(),
        Rule::NodeTerms => t.lint_node_terms(),
        Rule::Exported => t.lint_exported(),
        Rule::Ignored => t.lint_ignored(),
        Rule::Taken => t.lint_taken(),
        Rule::NoGrace => t.lint_no_grace(),
        Rule::NoReadiness => t.lint_no_readiness(),
        Rule::NoResources => t.lint_no_resources(),
        Rule::Privileged => t.lint_privileged(),
        Rule::NoFsGroup => t.lint_no_fs_group(),
        Rule::RootRefused => t.lint_root_refused(),
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

/// What a click does that corrects a rule.
pub(super) fn way_words(t: Texts, way: &Way) -> String {
    match way {
        Way::Correct => t.code_fix().to_owned(),
        Way::RenameService => t.lint_way_rename().to_owned(),
        Way::AddService(name) => t.lint_way_add(name),
        Way::AddLabels => t.lint_way_labels().to_owned(),
    }
}
