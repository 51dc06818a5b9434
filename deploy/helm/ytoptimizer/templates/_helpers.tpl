{{- /* Only what Go's text/template has by itself: CI renders the chart with that engine, without Helm. */ -}}
{{ define "yto.labels" }}
    app.kubernetes.io/name: ytoptimizer
    app.kubernetes.io/instance: {{ .Release.Name }}
    app.kubernetes.io/version: {{ printf "%q" .Chart.AppVersion }}
    app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{ define "yto.pod" }}
      serviceAccountName: {{ .Release.Name }}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1654
        runAsGroup: 1654
        fsGroup: 1654
        seccompProfile:
          type: RuntimeDefault
{{- end }}

{{ define "yto.container" }}
          image: {{ printf "%q" (print .Values.image.repository (or (and .Values.image.digest (print "@" .Values.image.digest)) (print ":" (or .Values.image.tag .Chart.AppVersion)))) }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
{{- end }}

{{ define "yto.env" }}
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: database-url }
            - name: JWT_SECRET
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: jwt-secret }
            - name: JWT_SECRET_PREVIOUS
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: jwt-secret-previous, optional: true }
            - name: REDIS_URL
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: redis-url, optional: true }
            - name: METRICS_TOKEN
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: metrics-token, optional: true }
            - name: YOUTUBE_API_KEY
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: youtube-api-key, optional: true }
            - name: OPENAI_API_KEY
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: openai-api-key, optional: true }
            - name: TELEGRAM_BOT_TOKEN
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: telegram-bot-token, optional: true }
            - name: STRIPE_SECRET_KEY
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: stripe-secret-key, optional: true }
            - name: STRIPE_WEBHOOK_SECRET
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: stripe-webhook-secret, optional: true }
            - name: SMTP_PASS
              valueFrom:
                secretKeyRef: { name: {{ .Values.secret.name }}, key: smtp-pass, optional: true }
{{- range $name, $value := .Values.settings }}
            - name: {{ $name }}
              value: {{ printf "%q" $value }}
{{- end }}
{{- end }}

{{ define "yto.spread" }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
{{- end }}
