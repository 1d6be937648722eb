//! Fields within fields: the members of lists, and the shapes of which a field has one.
use super::{FieldDef, Form::*, Holds::*, MAX, Source, fields, variants::*};
use crate::texts::Texts;

fields! {
    /// A name with a value.
    NAME_VALUE:
    "name" => Text(Any), "", decl_name, "";
    "value" => Text(Any), "", decl_value, "";
}

fields! {
    /// A line of /etc/hosts.
    ALIAS:
    "ip" => Text(Any), "", decl_alias_ip, "";
    "hostnames" => Words, "", decl_alias_names, "";
}

fields! {
    /// A toleration.
    TOLERATION:
    "key" => Text(LabelKey), "", decl_key, "";
    "operator" => Choice(&["Equal", "Exists"]), "Equal", decl_operator, "";
    "value" => Text(Any), "", decl_value, "";
    "effect" => Choice(&["NoSchedule", "PreferNoSchedule", "NoExecute"]), "", decl_tol_effect, "";
    "tolerationSeconds" => Integer(0, MAX), "", decl_seconds, "";
}

fields! {
    /// A selector of labels.
    EXPRESSION:
    "key" => Text(Of(Source::NodeLabel)), "", decl_key, "";
    "operator" => Choice(&["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]), "", decl_operator, "CCE-168";
    "values" => Words, "", decl_values, "CCE-169";
}

fields! {
    /// A topology spread constraint.
    SPREAD:
    "maxSkew" => Integer(1, MAX), "", decl_spread_skew, "";
    "topologyKey" => Text(Of(Source::NodeLabel)), "", decl_topology_key, "";
    "whenUnsatisfiable" => Choice(&["DoNotSchedule", "ScheduleAnyway"]), "", decl_spread_unsatisfiable, "";
    "labelSelector.matchLabels" => Pairs, "", decl_match_labels, "";
}

fields! {
    /// A rule of selectors that must all hold.
    TERM:
    "matchExpressions" => Rows(EXPRESSION, "key: \"\"\noperator: In"), "", decl_selectors, "CCE-167";
}

fields! {
    /// A weighted rule.
    PREFERRED_TERM:
    "weight" => Integer(1, 100), "", decl_weight, "";
    "preference.matchExpressions" => Rows(EXPRESSION, "key: \"\"\noperator: In"), "", decl_selectors, "CCE-167";
}

fields! {
    /// Pods, and the domain in which they are looked for.
    POD_TERM:
    "topologyKey" => Text(Of(Source::NodeLabel)), "", decl_topology_key, "CCE-171";
    "labelSelector.matchLabels" => Pairs, "", decl_match_labels, "CCE-167";
    "namespaces" => Words, "", decl_namespaces, "CCE-170";
}

fields! {
    /// The same with a weight.
    PREFERRED_POD_TERM:
    "weight" => Integer(1, 100), "", decl_weight, "";
    "podAffinityTerm.topologyKey" => Text(Of(Source::NodeLabel)), "", decl_topology_key, "CCE-171";
    "podAffinityTerm.labelSelector.matchLabels" => Pairs, "", decl_match_labels, "CCE-167";
    "podAffinityTerm.namespaces" => Words, "", decl_namespaces, "CCE-170";
}

fields! {
    /// An existing claim.
    CLAIM:
    "claimName" => Text(Of(Source::Claim)), "", decl_claim_name, "CCE-95";
    "readOnly" => Flag, "false", decl_read_only, "CCE-95";
}

fields! {
    /// A directory that goes with the pod.
    EMPTY:
    "medium" => Choice(&["", "Memory"]), "", decl_empty_medium, "CCE-92";
    "sizeLimit" => Quantity, "", decl_empty_size, "CCE-92";
}

fields! {
    /// A directory of the node.
    HOST:
    "path" => Text(Absolute), "", decl_path, "CCE-91";
    "type" => Choice(&["", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"]), "", decl_type, "CCE-91";
}

fields! {
    /// A ConfigMap as files.
    CONFIG:
    "name" => Text(Of(Source::ConfigMap)), "", decl_config_name, "CCE-93";
    "defaultMode" => Integer(0, 511), "420", decl_mode_decimal, "CCE-93";
    "optional" => Flag, "false", decl_optional, "CCE-93";
    "items" => Rows(ITEM, "key: \"\"\npath: \"\""), "", decl_items, "KS-97";
}

fields! {
    /// A Secret as files.
    SECRET:
    "secretName" => Text(Of(Source::Secret)), "", decl_secret_name, "CCE-94";
    "defaultMode" => Integer(0, 511), "420", decl_mode_decimal, "CCE-94";
    "optional" => Flag, "false", decl_optional, "CCE-94";
    "items" => Rows(ITEM, "key: \"\"\npath: \"\""), "", decl_items, "KS-97";
}

fields! {
    /// A volume of the pods.
    VOLUME:
    "name" => Text(DnsLabel), "", decl_name, "";
    "" => Either(VOLUME_SOURCE), "", decl_volume_source, "";
}

fields! {
    /// A mount.
    MOUNT:
    "name" => Text(Of(Source::Volume)), "", decl_mount_name, "";
    "mountPath" => Text(Absolute), "", decl_mount_path, "";
    "subPath" => Text(Any), "", decl_mount_sub, "CCE-88";
    "subPathExpr" => Text(Any), "", decl_mount_expr, "CCE-109";
    "readOnly" => Flag, "false", decl_read_only, "CCE-89";
}

fields! {
    /// A ConfigMap by its name.
    CONFIG_REF:
    "name" => Text(Of(Source::ConfigMap)), "", decl_name, "";
    "optional" => Flag, "false", decl_optional, "";
}

fields! {
    /// A Secret by its name.
    SECRET_REF:
    "name" => Text(Of(Source::Secret)), "", decl_name, "";
    "optional" => Flag, "false", decl_optional, "";
}

fields! {
    /// A key of a ConfigMap.
    CONFIG_KEY:
    "name" => Text(Of(Source::ConfigMap)), "", decl_name, "CCE-71";
    "key" => Text(KeyOf(Source::ConfigMap)), "", decl_key, "CCE-71";
    "optional" => Flag, "false", decl_optional, "";
}

fields! {
    /// A key of a Secret.
    SECRET_KEY:
    "name" => Text(Of(Source::Secret)), "", decl_name, "CCE-73";
    "key" => Text(KeyOf(Source::Secret)), "", decl_key, "CCE-73";
    "optional" => Flag, "false", decl_optional, "";
}

fields! {
    /// A Secret that signs in to a registry.
    PULL_SECRET:
    "name" => Text(Of(Source::PullSecret)), "", decl_name, "";
}

fields! {
    /// A field of the pod.
    FIELD_REF:
    "fieldPath" => Text(Any), "", decl_field_path, "CCE-74";
}

fields! {
    /// A request or limit of a container.
    RESOURCE_REF:
    "resource" => Choice(&["requests.cpu", "limits.cpu", "requests.memory", "limits.memory", "requests.ephemeral-storage", "limits.ephemeral-storage"]), "", decl_resource, "CCE-75";
    "divisor" => Quantity, "1", decl_divisor, "CCE-75";
    "containerName" => Text(Of(Source::Container)), "", decl_resource_container, "CCE-75";
}

fields! {
    /// A source of variables.
    ENV_FROM:
    "prefix" => Text(Any), "", decl_env_prefix, "";
    "" => Either(ENV_FROM_SOURCE), "", decl_env_source, "";
}

fields! {
    /// A port of a Service.
    ACCESS_PORT:
    "name" => Text(DnsLabel), "", decl_name, "";
    "port" => Integer(1, 65535), "", decl_port, "";
    "targetPort" => Port, "", decl_ap_target, "";
    "protocol" => Choice(&["TCP", "UDP", "SCTP"]), "TCP", decl_protocol, "";
    "nodePort" => Integer(30000, 32767), "", decl_ap_node, "";
}

fields! {
    /// How often a probe asks, and how patiently.
    TIMES:
    "initialDelaySeconds" => Integer(0, MAX), "0", decl_probe_delay, "CCE-65";
    "periodSeconds" => Integer(1, MAX), "10", decl_probe_period, "CCE-64";
    "timeoutSeconds" => Integer(1, MAX), "1", decl_probe_timeout, "CCE-66";
    "successThreshold" => Integer(1, MAX), "1", decl_probe_success, "CCE-67";
    "failureThreshold" => Integer(1, MAX), "3", decl_probe_failure, "CCE-68";
}

fields! {
    /// The same for probes that succeed at once: Kubernetes takes no other number.
    TIMES_ONE:
    "initialDelaySeconds" => Integer(0, MAX), "0", decl_probe_delay, "CCE-65";
    "periodSeconds" => Integer(1, MAX), "10", decl_probe_period, "CCE-64";
    "timeoutSeconds" => Integer(1, MAX), "1", decl_probe_timeout, "CCE-66";
    "successThreshold" => Integer(1, 1), "1", decl_probe_success, "CCE-67";
    "failureThreshold" => Integer(1, MAX), "3", decl_probe_failure, "CCE-68";
}

fields! {
    /// A key as a file.
    ITEM:
    "key" => Text(Any), "", decl_key, "";
    "path" => Text(Any), "", decl_path, "";
    "mode" => Integer(0, 511), "", decl_mode_decimal, "";
}

fields! {
    /// An HTTP request.
    HTTP:
    "path" => Text(Absolute), "/", decl_path, "CCE-59";
    "port" => Port, "", decl_port, "CCE-59";
    "scheme" => Choice(&["HTTP", "HTTPS"]), "HTTP", decl_http_scheme, "CCE-59";
    "host" => Text(Any), "", decl_http_host, "CCE-59";
    "httpHeaders" => Rows(NAME_VALUE, "name: \"\"\nvalue: \"\""), "", decl_http_headers, "CCE-60";
}

fields! {
    /// A connection.
    TCP:
    "port" => Port, "", decl_port, "CCE-61";
}

fields! {
    /// A command in the container.
    EXEC:
    "command" => Words, "", decl_command, "CCE-62";
}

fields! {
    /// The gRPC health protocol.
    GRPC:
    "port" => Integer(1, 65535), "", decl_port, "CCE-63";
    "service" => Text(Any), "", decl_grpc_service, "CCE-63";
}

fields! {
    /// Waiting.
    SLEEP:
    "seconds" => Integer(0, MAX), "", decl_seconds, "CCE-54";
}
