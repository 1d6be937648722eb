//! The shapes of fields that have one of several.
use super::{Variant, rows::*};
use crate::texts::Texts;

/// The methods of a probe.
pub const PROBE: &[Variant] = &[
    Variant {
        key: "httpGet",
        label: Texts::decl_v_http,
        fields: HTTP,
        start: &[("path", "/"), ("port", "80")],
    },
    Variant {
        key: "tcpSocket",
        label: Texts::decl_v_tcp,
        fields: TCP,
        start: &[("port", "80")],
    },
    Variant {
        key: "exec",
        label: Texts::decl_v_exec,
        fields: EXEC,
        start: &[("command[]", "")],
    },
    Variant {
        key: "grpc",
        label: Texts::decl_v_grpc,
        fields: GRPC,
        start: &[("port", "80")],
    },
];

/// The methods of a lifecycle hook.
pub const HOOK: &[Variant] = &[
    Variant {
        key: "exec",
        label: Texts::decl_v_exec,
        fields: EXEC,
        start: &[("command[]", "")],
    },
    Variant {
        key: "httpGet",
        label: Texts::decl_v_http,
        fields: HTTP,
        start: &[("path", "/"), ("port", "80")],
    },
    Variant {
        key: "sleep",
        label: Texts::decl_v_sleep,
        fields: SLEEP,
        start: &[("seconds", "5")],
    },
    Variant {
        key: "tcpSocket",
        label: Texts::decl_v_tcp,
        fields: TCP,
        start: &[("port", "80")],
    },
];

/// The kinds of a volume.
pub const VOLUME_SOURCE: &[Variant] = &[
    Variant {
        key: "persistentVolumeClaim",
        label: Texts::decl_v_claim,
        fields: CLAIM,
        start: &[("claimName", "")],
    },
    Variant {
        key: "emptyDir",
        label: Texts::decl_v_empty,
        fields: EMPTY,
        start: &[("medium", "")],
    },
    Variant {
        key: "hostPath",
        label: Texts::decl_v_host,
        fields: HOST,
        start: &[("path", "")],
    },
    Variant {
        key: "configMap",
        label: Texts::decl_v_config,
        fields: CONFIG,
        start: &[("name", "")],
    },
    Variant {
        key: "secret",
        label: Texts::decl_v_secret,
        fields: SECRET,
        start: &[("secretName", "")],
    },
];

/// Where variables come from.
pub const ENV_FROM_SOURCE: &[Variant] = &[
    Variant {
        key: "configMapRef",
        label: Texts::decl_v_config,
        fields: CONFIG_REF,
        start: &[("name", "")],
    },
    Variant {
        key: "secretRef",
        label: Texts::decl_v_secret,
        fields: SECRET_REF,
        start: &[("name", "")],
    },
];

/// Where a variable comes from.
pub const ENV_SOURCE: &[Variant] = &[
    Variant {
        key: "valueFrom.configMapKeyRef",
        label: Texts::decl_v_config_key,
        fields: CONFIG_KEY,
        start: &[("name", ""), ("key", "")],
    },
    Variant {
        key: "valueFrom.secretKeyRef",
        label: Texts::decl_v_secret_key,
        fields: SECRET_KEY,
        start: &[("name", ""), ("key", "")],
    },
    Variant {
        key: "valueFrom.fieldRef",
        label: Texts::decl_v_field,
        fields: FIELD_REF,
        start: &[("fieldPath", "metadata.name")],
    },
    Variant {
        key: "valueFrom.resourceFieldRef",
        label: Texts::decl_v_resource,
        fields: RESOURCE_REF,
        start: &[("resource", "limits.memory")],
    },
];
