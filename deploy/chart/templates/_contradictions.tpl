{{/* What cannot be meant, each with a sentence that says what to write. */}}
{{- define "ordinal.contradictions" -}}
{{- $v := .Values -}}
{{- if not $v.image.repository -}}
{{- fail "image.repository is empty: push the archive of `cargo xtask image` to your registry and write where it is, as in registry.example.org/tools/ordinal." -}}
{{- end -}}
{{- if not $v.publicUrl -}}
{{- fail "publicUrl is empty: write the address that people type, as in https://ordinal.example.org." -}}
{{- end -}}
{{- $url := urlParse $v.publicUrl -}}
{{- if ne $url.scheme "https" -}}
{{- fail (printf "publicUrl is %s: it must begin with https://, because tokens and cookies travel over it." $v.publicUrl) -}}
{{- end -}}
{{- if or (not (has $url.path (list "" "/"))) $url.query $url.fragment $url.userinfo (not $url.hostname) -}}
{{- fail (printf "publicUrl is %s: only a host, and a port if need be. The console cannot be served below a path; give it a host of its own." $v.publicUrl) -}}
{{- end -}}
{{- include "ordinal.contradictions.auth" . -}}
{{- if and $v.serviceMonitor.enabled (not $v.metrics.enabled) -}}
{{- fail "serviceMonitor.enabled is true and metrics.enabled is false: there would be nothing to read." -}}
{{- end -}}
{{- if and $v.metrics.enabled (eq (int $v.metrics.port) 8080) -}}
{{- fail "metrics.port is 8080: that is the console's own port." -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.parentRefs) -}}
{{- fail "httpRoute.enabled is true and httpRoute.parentRefs is empty: name the Gateway that it is attached to." -}}
{{- end -}}
{{- if and $v.podDisruptionBudget.enabled (eq (toString $v.podDisruptionBudget.maxUnavailable) "0") -}}
{{- fail "podDisruptionBudget.maxUnavailable is 0: no node with a replica could ever be drained." -}}
{{- end -}}
{{- end -}}

{{- define "ordinal.contradictions.auth" -}}
{{- $auth := .Values.auth -}}
{{- $oidc := $auth.oidc -}}
{{- if not $auth.mode -}}
{{- fail "auth.mode is empty: write token (everybody pastes a bearer token) or oidc (everybody signs in at an issuer)." -}}
{{- end -}}
{{- if eq $auth.mode "kubeconfig" -}}
{{- fail "auth.mode is kubeconfig: that is for one person on one machine, everybody who reaches the Service would have its rights. Write token or oidc." -}}
{{- end -}}
{{- if eq $auth.mode "oidc" -}}
{{- if or (not $oidc.issuer) (not $oidc.clientId) -}}
{{- fail "auth.mode is oidc: write auth.oidc.issuer and auth.oidc.clientId." -}}
{{- end -}}
{{- if ne (urlParse $oidc.issuer).scheme "https" -}}
{{- fail (printf "auth.oidc.issuer is %s: the API server accepts only issuers that begin with https://." $oidc.issuer) -}}
{{- end -}}
{{- else if or $oidc.issuer $oidc.clientId $oidc.clientSecret.existingSecret $oidc.ca.configMap $oidc.scopes -}}
{{- fail "auth.mode is token and something is written below auth.oidc: write auth.mode: oidc, or take it away." -}}
{{- end -}}
{{- end -}}
