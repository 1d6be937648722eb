{{/* The environment of the console: all that it is told. */}}
{{- define "ordinal.environment" -}}
{{- $v := .Values -}}
- name: ORDINAL_LISTEN
  value: 0.0.0.0:8080
- name: ORDINAL_PUBLIC_URL
  value: {{ $v.publicUrl | trimSuffix "/" | quote }}
- name: ORDINAL_IN_CLUSTER
  value: "true"
{{- with $v.cluster.apiServer }}
- name: ORDINAL_API_SERVER
  value: {{ . | quote }}
{{- end }}
- name: ORDINAL_CLUSTER_CA
  value: /etc/ordinal/cluster/ca.crt
{{- with $v.cluster.name }}
- name: ORDINAL_CLUSTER_NAME
  value: {{ . | quote }}
{{- end }}
- name: ORDINAL_AUTH
  value: {{ $v.auth.mode }}
{{- if eq $v.auth.mode "oidc" }}
{{ include "ordinal.environment.oidc" $v.auth.oidc }}
{{- end }}
- name: ORDINAL_SESSION_KEY_FILE
  value: {{ include "ordinal.sessionKeys" . }}
{{- if $v.tls.existingSecret }}
- name: ORDINAL_TLS_CERT
  value: /etc/ordinal/tls/tls.crt
- name: ORDINAL_TLS_KEY
  value: /etc/ordinal/tls/tls.key
{{- end }}
{{- if $v.metrics.enabled }}
- name: ORDINAL_METRICS_LISTEN
  value: 0.0.0.0:{{ $v.metrics.port }}
{{- end }}
{{- if $v.readOnly }}
- name: ORDINAL_READ_ONLY
  value: "true"
{{- end }}
{{- if $v.terminal.enabled }}
- name: ORDINAL_TERMINAL_IDLE
  value: {{ $v.terminal.idle | int | quote }}
- name: ORDINAL_TERMINAL_LIMIT
  value: {{ $v.terminal.limit | int | quote }}
{{- with $v.terminal.debugImage }}
- name: ORDINAL_DEBUG_IMAGE
  value: {{ . | quote }}
{{- end }}
{{- else }}
- name: ORDINAL_NO_EXEC
  value: "true"
{{- end }}
{{- with $v.prometheus.url }}
- name: ORDINAL_PROMETHEUS_URL
  value: {{ . | quote }}
{{- end }}
- name: ORDINAL_LOG_FORMAT
  value: {{ $v.log.format }}
- name: RUST_LOG
  value: {{ $v.log.filter | quote }}
{{- end -}}

{{- define "ordinal.environment.oidc" -}}
- name: ORDINAL_OIDC_ISSUER
  value: {{ .issuer | quote }}
- name: ORDINAL_OIDC_CLIENT_ID
  value: {{ .clientId | quote }}
{{- if .clientSecret.existingSecret }}
- name: ORDINAL_OIDC_CLIENT_SECRET_FILE
  value: /etc/ordinal/oidc/client-secret
{{- end }}
{{- with .scopes }}
- name: ORDINAL_OIDC_SCOPES
  value: {{ join " " . | quote }}
{{- end }}
{{- if .ca.configMap }}
- name: ORDINAL_OIDC_CA
  value: /etc/ordinal/oidc/ca.crt
{{- end }}
{{- end -}}

{{/* The files of the keys, the one that seals first. */}}
{{- define "ordinal.sessionKeys" -}}
{{- $files := list -}}
{{- range .Values.session.keys -}}
{{- $files = append $files (printf "/etc/ordinal/session/%s" .) -}}
{{- end -}}
{{- join "," $files -}}
{{- end -}}

{{- define "ordinal.mounts" -}}
{{- $oidc := .Values.auth.oidc -}}
- name: cluster
  mountPath: /etc/ordinal/cluster
  readOnly: true
- name: session
  mountPath: /etc/ordinal/session
  readOnly: true
{{- if or $oidc.clientSecret.existingSecret $oidc.ca.configMap }}
- name: oidc
  mountPath: /etc/ordinal/oidc
  readOnly: true
{{- end }}
{{- if .Values.tls.existingSecret }}
- name: tls
  mountPath: /etc/ordinal/tls
  readOnly: true
{{- end }}
{{- end -}}

{{/* Their files can be read by the console's group, and by nobody else. */}}
{{- define "ordinal.volumes" -}}
{{- $oidc := .Values.auth.oidc -}}
- name: cluster
  configMap:
    name: {{ .Values.cluster.ca.configMap }}
    items:
      - key: {{ .Values.cluster.ca.key }}
        path: ca.crt
- name: session
  secret:
    secretName: {{ include "ordinal.sessionSecret" . }}
    defaultMode: 0440
    items:
      {{- range .Values.session.keys }}
      - key: {{ . }}
        path: {{ . }}
      {{- end }}
{{- if or $oidc.clientSecret.existingSecret $oidc.ca.configMap }}
- name: oidc
  projected:
    defaultMode: 0440
    sources:
      {{- with $oidc.clientSecret }}
      {{- if .existingSecret }}
      - secret:
          name: {{ .existingSecret }}
          items:
            - key: {{ .key }}
              path: client-secret
      {{- end }}
      {{- end }}
      {{- with $oidc.ca }}
      {{- if .configMap }}
      - configMap:
          name: {{ .configMap }}
          items:
            - key: {{ .key }}
              path: ca.crt
      {{- end }}
      {{- end }}
{{- end }}
{{- with .Values.tls.existingSecret }}
- name: tls
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- end -}}

{{- define "ordinal.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
  {{- if .tls }}
  scheme: HTTPS
  {{- end }}
{{- end -}}

{{- define "ordinal.spread" -}}
{{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
- topologyKey: {{ . }}
  maxSkew: 1
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "ordinal.selector" $ | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end -}}
