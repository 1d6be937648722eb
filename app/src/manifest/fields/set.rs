//! The declared fields of the set and its pods.
use super::{FieldDef, Form::*, Holds::*, MAX, Source, fields, rows::*};
use crate::texts::Texts;

fields! {
    /// How the set is updated, and how it ends.
    UPDATES:
    "spec.podManagementPolicy" => Choice(&["OrderedReady", "Parallel"]), "OrderedReady", decl_pod_management / decl_pod_management_help, "CCE-160";
    "spec.updateStrategy.type" => Choice(&["RollingUpdate", "OnDelete"]), "RollingUpdate", decl_strategy / decl_strategy_help, "KS-78, CCE-150";
    "spec.updateStrategy.rollingUpdate.partition" => Integer(0, MAX), "0", decl_partition / decl_partition_help, "KS-79, CCE-159";
    "spec.updateStrategy.rollingUpdate.maxUnavailable" => Share, "1", decl_max_unavailable / decl_max_unavailable_help, "CCE-151";
    "spec.minReadySeconds" => Integer(0, MAX), "0", decl_min_ready / decl_min_ready_help, "CCE-153";
    "spec.revisionHistoryLimit" => Integer(0, MAX), "10", decl_history / decl_history_help, "CCE-154";
    "spec.template.spec.terminationGracePeriodSeconds" => Integer(0, MAX), "30", decl_grace / decl_grace_help, "KS-82, CCE-156";
    "spec.ordinals.start" => Integer(0, MAX), "0", decl_first_ordinal / decl_first_ordinal_help, "CCE-162";
    "spec.persistentVolumeClaimRetentionPolicy.whenDeleted" => Choice(&["Retain", "Delete"]), "Retain", decl_when_deleted / decl_when_deleted_help, "CCE-161";
    "spec.persistentVolumeClaimRetentionPolicy.whenScaled" => Choice(&["Retain", "Delete"]), "Retain", decl_when_scaled / decl_when_scaled_help, "CCE-161";
}

fields! {
    /// Annotations of the set and of its pods.
    ANNOTATIONS:
    "metadata.labels" => Pairs, "", decl_labels / decl_set_labels_help, "CCE-184";
    "metadata.annotations" => Pairs, "", decl_set_annotations / decl_set_annotations_help, "KS-107, CCE-184";
    "spec.template.metadata.annotations" => Pairs, "", decl_pod_annotations / decl_pod_annotations_help, "KS-83, CCE-180, CCE-181, CCE-182";
}

fields! {
    /// How images are fetched.
    IMAGES:
    "spec.template.spec.imagePullSecrets" => Rows(PULL_SECRET, "name: \"\""), "", decl_pull_secrets / decl_pull_secrets_help, "KS-53, CCE-114";
}

fields! {
    /// What the pods are to the cluster.
    POD:
    "spec.template.spec.serviceAccountName" => Text(Of(Source::ServiceAccount)), "default", decl_service_account / decl_service_account_help, "CCE-102";
    "spec.template.spec.automountServiceAccountToken" => Flag, "true", decl_automount / decl_automount_help, "CCE-102";
    "spec.template.spec.priorityClassName" => Text(Of(Source::PriorityClass)), "", decl_priority / decl_priority_help, "CCE-176";
    "spec.template.spec.runtimeClassName" => Text(Of(Source::RuntimeClass)), "", decl_runtime_class / decl_runtime_class_help, "CCE-18";
    "spec.template.spec.restartPolicy" => Choice(&["Always"]), "Always", decl_restart / decl_restart_help, "CCE-55";
    "spec.template.spec.schedulerName" => Text(DnsName), "default-scheduler", decl_scheduler / decl_scheduler_help, "CCE-163";
    "spec.template.spec.hostNetwork" => Flag, "false", decl_host_network / decl_host_network_help, "CCE-191";
    "spec.template.spec.shareProcessNamespace" => Flag, "false", decl_share_processes / decl_share_processes_help, "CCE-102";
    "spec.template.spec.enableServiceLinks" => Flag, "true", decl_service_links / decl_service_links_help, "CCE-69";
}

fields! {
    /// What holds for all containers of a pod.
    POD_SECURITY:
    "spec.template.spec.securityContext.runAsUser" => Integer(0, MAX), "", decl_user_id / decl_pod_user_help, "KS-80";
    "spec.template.spec.securityContext.runAsGroup" => Integer(0, MAX), "", decl_group_id / decl_pod_group_help, "KS-80";
    "spec.template.spec.securityContext.runAsNonRoot" => Flag, "false", decl_refuse_root / decl_pod_non_root_help, "KS-80";
    "spec.template.spec.securityContext.fsGroup" => Integer(0, MAX), "", decl_fs_group / decl_fs_group_help, "CCE-102";
    "spec.template.spec.securityContext.fsGroupChangePolicy" => Choice(&["Always", "OnRootMismatch"]), "Always", decl_fs_change / decl_fs_change_help, "CCE-102";
    "spec.template.spec.securityContext.supplementalGroups" => Integers, "", decl_groups / decl_groups_help, "CCE-102";
    "spec.template.spec.securityContext.seccompProfile.type" => Choice(&["RuntimeDefault", "Unconfined", "Localhost"]), "", decl_pod_seccomp / decl_pod_seccomp_help, "CCE-103";
    "spec.template.spec.securityContext.sysctls" => Rows(NAME_VALUE, "name: \"\"\nvalue: \"\""), "", decl_sysctls / decl_sysctls_help, "CCE-102";
}

fields! {
    /// How the pods find names.
    DNS:
    "spec.template.spec.dnsPolicy" => Choice(&["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]), "ClusterFirst", decl_dns_policy / decl_dns_policy_help, "CCE-185";
    "spec.template.spec.dnsConfig.nameservers" => Words, "", decl_nameservers / decl_nameservers_help, "CCE-187";
    "spec.template.spec.dnsConfig.searches" => Words, "", decl_searches / decl_searches_help, "CCE-188";
    "spec.template.spec.dnsConfig.options" => Rows(NAME_VALUE, "name: \"\"\nvalue: \"\""), "", decl_dns_options / decl_dns_options_help, "CCE-186";
    "spec.template.spec.hostAliases" => Rows(ALIAS, "ip: \"\""), "", decl_host_aliases / decl_host_aliases_help, "CCE-190";
}

fields! {
    /// On which nodes the pods may and should run.
    SCHEDULING:
    "spec.template.spec.tolerations" => Rows(TOLERATION, "key: \"\"\noperator: Equal"), "", decl_tolerations / decl_tolerations_help, "CCE-175, CCE-158";
    "spec.template.spec.topologySpreadConstraints" => Rows(SPREAD, "maxSkew: 1\ntopologyKey: topology.kubernetes.io/zone\nwhenUnsatisfiable: ScheduleAnyway"), "", decl_spread / decl_spread_help, "CCE-177";
    "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms" => Rows(TERM, "matchExpressions:\n- key: \"\"\n  operator: In"), "", decl_node_must / decl_node_must_help, "CCE-163, CCE-172";
    "spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution" => Rows(PREFERRED_TERM, "weight: 100\npreference:\n  matchExpressions:\n  - key: \"\"\n    operator: In"), "", decl_node_prefer / decl_node_prefer_help, "CCE-164";
    "spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution" => Rows(POD_TERM, "topologyKey: kubernetes.io/hostname"), "", decl_pod_must / decl_pod_must_help, "CCE-165";
    "spec.template.spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution" => Rows(PREFERRED_POD_TERM, "weight: 100\npodAffinityTerm:\n  topologyKey: kubernetes.io/hostname"), "", decl_pod_prefer / decl_pod_prefer_help, "CCE-165";
    "spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution" => Rows(POD_TERM, "topologyKey: kubernetes.io/hostname"), "", decl_anti_must / decl_anti_must_help, "KS-81, CCE-166";
    "spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution" => Rows(PREFERRED_POD_TERM, "weight: 100\npodAffinityTerm:\n  topologyKey: kubernetes.io/hostname"), "", decl_anti_prefer / decl_anti_prefer_help, "KS-81, CCE-166, CCE-173";
}

fields! {
    /// Volumes that are no claims of a template.
    VOLUMES:
    "spec.template.spec.volumes" => Rows(VOLUME, "name: \"\"\nemptyDir:\n  medium: \"\""), "", decl_volumes / decl_volumes_help, "KS-94, KS-95, KS-96, KS-97, CCE-91, CCE-92, CCE-93, CCE-94, CCE-95";
}
