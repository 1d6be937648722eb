//! The rules, one a file: why it is one, where that is written, an example that breaks it and one that does not, the check
//! and the correction. `docs/rules.md` is written from here, `docs/adding-a-rule.md` shows how one is added.
mod access_selector;
mod active_deadline;
mod after_end;
mod alias;
mod annotations_too_large;
mod autoscaled;
mod choice;
mod claim_hides_volume;
mod claim_not_mounted;
mod claim_shared;
mod claims_collide;
mod claims_there;
mod class_none;
mod container_twice;
mod description_too_long;
mod dns_label;
mod dns_name;
mod env_name;
mod env_twice;
mod env_two_sources;
mod exported;
mod foreign_namespace;
mod hard_anti_affinity;
mod headless_affinity;
mod host_path;
mod host_port;
mod host_port_twice;
mod ignored;
mod image_blank;
mod image_latest;
mod init_probe;
mod key_twice;
mod label_key;
mod label_value;
mod limit_below_request;
mod list_of_objects;
mod milli_bytes;
mod misplaced;
mod missing_separator;
mod misspelled;
mod modes_exclusive;
mod mount_of_nothing;
mod mount_path_twice;
mod name_taken;
mod name_too_long;
mod no_container;
mod no_fs_group;
mod no_grace;
mod no_readiness;
mod no_requests;
mod no_service_name;
mod no_storage;
mod node_terms;
mod not_a_flag;
mod not_a_number;
mod not_positive;
mod not_text;
mod not_there;
mod number_range;
mod object_too_large;
mod object_twice;
mod odd_octal;
mod old_annotation;
mod old_label;
mod old_version;
mod one_word;
mod operator_values;
mod operator_without_values;
mod partition_above;
mod peer_name;
mod pod_security;
mod port_name;
mod port_name_shared;
mod port_name_twice;
mod port_reference;
mod port_shared;
mod port_twice;
mod prelude;
mod privileged;
mod quantity;
mod quota_asks;
mod quota_left;
mod quoted_number;
mod quoted_script;
mod relative_path;
mod required;
mod restart_policy;
mod root_refused;
mod selector;
mod selector_version;
mod service_elsewhere;
mod service_name_digit;
mod service_nowhere;
mod service_port_name_twice;
mod service_port_twice;
mod service_selects_others;
mod service_with_address;
mod service_without_selector;
mod sets_overlap;
mod share;
mod shared;
mod slash_comment;
mod strategy_on_delete;
mod target_number;
mod target_port;
mod template_twice;
mod typed;
mod unknown_container;
mod unknown_field;
mod unknown_key;
mod vendor_variable;
mod volume_name;
mod wants_list;
mod wants_map;
mod wants_value;
mod whole_resource;

use super::lint::rule::Rule;

/// The longest name of a StatefulSet: its pods carry the label `controller-revision-hash` with the name, a dash
/// and ten characters, and a label ends at 63 (kubernetes/kubernetes#64023).
pub const MAX_NAME: usize = 52;
/// How much of a description is shown in a list, in characters.
pub const MAX_DESCRIPTION: usize = 1000;

/// Every rule, by its name.
pub static RULES: &[&Rule] = &[
    &access_selector::RULE,
    &active_deadline::RULE,
    &after_end::RULE,
    &alias::RULE,
    &annotations_too_large::RULE,
    &autoscaled::RULE,
    &choice::RULE,
    &claim_hides_volume::RULE,
    &claim_not_mounted::RULE,
    &claim_shared::RULE,
    &claims_collide::RULE,
    &claims_there::RULE,
    &class_none::RULE,
    &container_twice::RULE,
    &description_too_long::RULE,
    &dns_label::RULE,
    &dns_name::RULE,
    &env_name::RULE,
    &env_twice::RULE,
    &env_two_sources::RULE,
    &exported::RULE,
    &foreign_namespace::RULE,
    &hard_anti_affinity::RULE,
    &headless_affinity::RULE,
    &host_path::RULE,
    &host_port::RULE,
    &host_port_twice::RULE,
    &ignored::RULE,
    &image_blank::RULE,
    &image_latest::RULE,
    &init_probe::RULE,
    &key_twice::RULE,
    &label_key::RULE,
    &label_value::RULE,
    &limit_below_request::RULE,
    &list_of_objects::RULE,
    &milli_bytes::RULE,
    &misplaced::RULE,
    &missing_separator::RULE,
    &misspelled::RULE,
    &modes_exclusive::RULE,
    &mount_of_nothing::RULE,
    &mount_path_twice::RULE,
    &name_taken::RULE,
    &name_too_long::RULE,
    &no_container::RULE,
    &no_fs_group::RULE,
    &no_grace::RULE,
    &no_readiness::RULE,
    &no_requests::RULE,
    &no_service_name::RULE,
    &no_storage::RULE,
    &node_terms::RULE,
    &not_a_flag::RULE,
    &not_a_number::RULE,
    &not_positive::RULE,
    &not_text::RULE,
    &not_there::RULE,
    &number_range::RULE,
    &object_too_large::RULE,
    &object_twice::RULE,
    &odd_octal::RULE,
    &old_annotation::RULE,
    &old_label::RULE,
    &old_version::RULE,
    &one_word::RULE,
    &operator_values::RULE,
    &operator_without_values::RULE,
    &partition_above::RULE,
    &peer_name::RULE,
    &pod_security::RULE,
    &port_name::RULE,
    &port_name_shared::RULE,
    &port_name_twice::RULE,
    &port_reference::RULE,
    &port_shared::RULE,
    &port_twice::RULE,
    &privileged::RULE,
    &quantity::RULE,
    &quota_asks::RULE,
    &quota_left::RULE,
    &quoted_number::RULE,
    &quoted_script::RULE,
    &relative_path::RULE,
    &required::RULE,
    &restart_policy::RULE,
    &root_refused::RULE,
    &selector::RULE,
    &selector_version::RULE,
    &service_elsewhere::RULE,
    &service_name_digit::RULE,
    &service_nowhere::RULE,
    &service_port_name_twice::RULE,
    &service_port_twice::RULE,
    &service_selects_others::RULE,
    &service_with_address::RULE,
    &service_without_selector::RULE,
    &sets_overlap::RULE,
    &share::RULE,
    &slash_comment::RULE,
    &strategy_on_delete::RULE,
    &target_number::RULE,
    &target_port::RULE,
    &template_twice::RULE,
    &unknown_container::RULE,
    &unknown_field::RULE,
    &unknown_key::RULE,
    &vendor_variable::RULE,
    &volume_name::RULE,
    &wants_list::RULE,
    &wants_map::RULE,
    &wants_value::RULE,
    &whole_resource::RULE,
];
