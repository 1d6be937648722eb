{{/* The name of every object: the release's, with the chart's where that does not say what it is. */}}
{{- define "ordinal.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" (.Release.Name | trunc 42 | trimSuffix "-") .Chart.Name -}}
{{- end -}}
{{- end -}}

{{/* What tells the pods of this release from others; never changed by an upgrade. */}}
{{- define "ordinal.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "ordinal.labels" -}}
{{ include "ordinal.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") }}
{{- end -}}

{{- define "ordinal.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The host of publicUrl, without a port: what Ingress and HTTPRoute are for. */}}
{{- define "ordinal.host" -}}
{{- (urlParse .Values.publicUrl).hostname -}}
{{- end -}}

{{- define "ordinal.sessionSecret" -}}
{{- .Values.session.existingSecret | default (printf "%s-session" (include "ordinal.name" .)) -}}
{{- end -}}

{{- define "ordinal.servicePort" -}}
{{- .Values.service.port | default (ternary 443 80 (ne .Values.tls.existingSecret "")) -}}
{{- end -}}
