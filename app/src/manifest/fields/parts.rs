//! The declared fields of a container, a claim template and a Service.
use super::{FieldDef, Form::*, Holds::*, MAX, fields, rows::*, variants::*};
use crate::texts::Texts;

fields! {
    /// What few containers need.
    CONTAINER:
    "workingDir" => Text(Absolute), "", decl_working_dir / decl_working_dir_help, "CCE-49";
    "envFrom" => Rows(ENV_FROM, "configMapRef:\n  name: \"\""), "", decl_env_from / decl_env_from_help, "CCE-70, CCE-72";
    "volumeMounts" => Rows(MOUNT, "name: \"\"\nmountPath: \"\""), "", decl_mounts / decl_mounts_help, "KS-91, KS-92, CCE-87, CCE-88, CCE-89, CCE-90, CCE-109";
    "restartPolicy" => Choice(&["Always"]), "", decl_sidecar / decl_sidecar_help, "CCE-41, CCE-106";
    "stdin" => Flag, "false", decl_stdin / decl_stdin_help, "CCE-42";
    "tty" => Flag, "false", decl_tty / decl_tty_help, "CCE-42";
    "resources.requests[ephemeral-storage]" => Quantity, "", decl_ephemeral_request / decl_ephemeral_request_help, "CCE-37";
    "resources.limits[ephemeral-storage]" => Quantity, "", decl_ephemeral_limit / decl_ephemeral_limit_help, "CCE-37";
    "terminationMessagePath" => Text(Absolute), "/dev/termination-log", decl_message_path / decl_message_path_help, "CCE-104";
    "terminationMessagePolicy" => Choice(&["File", "FallbackToLogsOnError"]), "File", decl_message_policy / decl_message_policy_help, "CCE-104";
}

fields! {
    /// What is done after the start and before the stop.
    HOOKS:
    "lifecycle.postStart" => Either(HOOK), "", decl_post_start / decl_post_start_help, "KS-75, CCE-50, CCE-51";
    "lifecycle.preStop" => Either(HOOK), "", decl_pre_stop / decl_pre_stop_help, "KS-75, CCE-52, CCE-53, CCE-54";
}

fields! {
    /// How Kubernetes sees that a container works.
    PROBES:
    "readinessProbe" => Either(PROBE), "", decl_readiness / decl_readiness_help, "KS-74, CCE-57, CCE-59";
    "readinessProbe" => Group(TIMES), "", decl_readiness_more / decl_readiness_more_help, "KS-74, CCE-64, CCE-65, CCE-66, CCE-67, CCE-68";
    "livenessProbe" => Either(PROBE), "", decl_liveness / decl_liveness_help, "KS-74, CCE-56, CCE-59";
    "livenessProbe" => Group(TIMES_ONE), "", decl_liveness_more / decl_liveness_more_help, "KS-74, CCE-64, CCE-65, CCE-66, CCE-67, CCE-68";
    "startupProbe" => Either(PROBE), "", decl_startup / decl_startup_help, "KS-74, CCE-58, CCE-59";
    "startupProbe" => Group(TIMES_ONE), "", decl_startup_more / decl_startup_more_help, "KS-74, CCE-64, CCE-65, CCE-66, CCE-67, CCE-68";
}

fields! {
    /// What the processes of a container may do.
    SECURITY:
    "securityContext.runAsUser" => Integer(0, MAX), "", decl_user_id / decl_user_help, "KS-76, CCE-101";
    "securityContext.runAsGroup" => Integer(0, MAX), "", decl_group_id / decl_group_help, "KS-76, CCE-102";
    "securityContext.runAsNonRoot" => Flag, "false", decl_refuse_root / decl_non_root_help, "KS-76, CCE-102";
    "securityContext.readOnlyRootFilesystem" => Flag, "false", decl_read_only_root / decl_read_only_root_help, "KS-76, CCE-102";
    "securityContext.allowPrivilegeEscalation" => Flag, "true", decl_escalation / decl_escalation_help, "KS-76, CCE-102";
    "securityContext.privileged" => Flag, "false", decl_privileged / decl_privileged_help, "KS-76, CCE-40";
    "securityContext.capabilities.add" => Words, "", decl_cap_add / decl_cap_add_help, "KS-76, CCE-102";
    "securityContext.capabilities.drop" => Words, "", decl_cap_drop / decl_cap_drop_help, "KS-76, CCE-102";
    "securityContext.seccompProfile.type" => Choice(&["RuntimeDefault", "Unconfined", "Localhost"]), "", decl_pod_seccomp / decl_seccomp_help, "CCE-103";
    "securityContext.seLinuxOptions.level" => Text(Any), "", decl_selinux_level / decl_selinux_level_help, "KS-76";
    "securityContext.seLinuxOptions.role" => Text(Any), "", decl_selinux_role / decl_selinux_role_help, "KS-76";
    "securityContext.seLinuxOptions.type" => Text(Any), "", decl_selinux_type / decl_selinux_type_help, "KS-76";
    "securityContext.seLinuxOptions.user" => Text(Any), "", decl_selinux_user / decl_selinux_user_help, "KS-76";
}

fields! {
    /// What few claims need.
    TEMPLATE:
    "spec.volumeMode" => Choice(&["Filesystem", "Block"]), "Filesystem", decl_volume_mode / decl_volume_mode_help, "CCE-79";
    "spec.volumeName" => Text(DnsName), "", decl_volume_name / decl_volume_name_help, "CCE-98";
    "metadata.labels" => Pairs, "", decl_claim_labels / decl_claim_labels_help, "CCE-86";
    "metadata.annotations" => Pairs, "", decl_claim_annotations / decl_claim_annotations_help, "CCE-86";
    "spec.dataSource.kind" => Choice(&["VolumeSnapshot", "PersistentVolumeClaim"]), "", decl_source_kind / decl_source_kind_help, "CCE-99";
    "spec.dataSource.name" => Text(DnsName), "", decl_source_name / decl_source_name_help, "CCE-99";
    "spec.dataSource.apiGroup" => Text(DnsName), "", decl_source_group / decl_source_group_help, "CCE-99";
}

fields! {
    /// What few headless Services need.
    SERVICE:
    "spec.publishNotReadyAddresses" => Flag, "false", decl_not_ready_addresses / decl_not_ready_addresses_help, "CCE-126";
    "spec.ipFamilyPolicy" => Choice(&["SingleStack", "PreferDualStack", "RequireDualStack"]), "SingleStack", decl_ip_policy / decl_ip_policy_help, "CCE-139";
    "metadata.annotations" => Pairs, "", decl_service_annotations / decl_service_annotations_help, "CCE-184";
    "metadata.labels" => Pairs, "", decl_labels / decl_service_labels_help, "CCE-124";
    "spec.sessionAffinityConfig.clientIP.timeoutSeconds" => Integer(1, 86400), "10800", decl_affinity_seconds / decl_affinity_seconds_help, "KS-103, CCE-140";
}

fields! {
    /// A Service through which clients reach the pods.
    ACCESS:
    "metadata.name" => Text(DnsName), "", decl_name / decl_access_name_help, "CCE-130";
    "spec.type" => Choice(&["ClusterIP", "NodePort", "LoadBalancer"]), "ClusterIP", decl_type / decl_access_type_help, "CCE-129";
    "spec.ports" => Rows(ACCESS_PORT, "name: \"\"\nport: \"\""), "", decl_access_ports / decl_access_ports_help, "CCE-133, CCE-134, CCE-135, CCE-136, CCE-137";
    "spec.selector" => Pairs, "", decl_selector / decl_access_selector_help, "CCE-132";
    "spec.sessionAffinity" => Choice(&["None", "ClientIP"]), "None", decl_access_affinity / decl_access_affinity_help, "CCE-140";
    "spec.externalTrafficPolicy" => Choice(&["Cluster", "Local"]), "Cluster", decl_access_external / decl_access_external_help, "CCE-138";
    "spec.internalTrafficPolicy" => Choice(&["Cluster", "Local"]), "Cluster", decl_access_internal / decl_access_internal_help, "CCE-138";
    "spec.loadBalancerSourceRanges" => Words, "", decl_access_ranges / decl_access_ranges_help, "CCE-145";
    "spec.loadBalancerClass" => Text(Any), "", decl_access_class / decl_access_class_help, "CCE-141";
    "metadata.annotations" => Pairs, "", decl_annotations / decl_access_annotations_help, "CCE-141";
    "spec.sessionAffinityConfig.clientIP.timeoutSeconds" => Integer(1, 86400), "10800", decl_affinity_seconds / decl_affinity_seconds_help, "CCE-140";
    "spec.ipFamilyPolicy" => Choice(&["SingleStack", "PreferDualStack", "RequireDualStack"]), "SingleStack", decl_access_families / decl_access_families_help, "CCE-139";
}
