#!/usr/bin/env bash
# What the README's walk-through does: creates an account, submits a real video, waits, and prints the suggestions.
# Usage: samples/walkthrough.sh [API address] [request file]      Needs nothing but curl and sed.
set -euo pipefail

api=${1:-http://localhost:5080}
request=${2:-$(dirname "$0")/request.json}
email="walkthrough-$(date +%s)-$$@example.com"

fail() { printf '%s\n' "$*" >&2; exit 1; }
# One string field of a flat JSON answer.
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

curl -sf -o /dev/null "$api/health" || fail "Nothing answers at $api. Start the application first: dotnet run --project YtOptimizer.AppHost"

echo "1. Register $email"
token=$(curl -sS -X POST "$api/api/v1/auth/register" -H 'Content-Type: application/json' \
  -d "{\"email\":\"$email\",\"password\":\"correct-Horse-battery-9\",\"name\":\"Walk Through\"}" | field accessToken)
[ -n "$token" ] || fail "The registration was refused; look at the API's log."

echo "2. Submit $(field url < "$request")"
answer=$(curl -sS -X POST "$api/api/v1/analyze/video" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "@$request")
job=$(printf '%s' "$answer" | field jobId)
[ -n "$job" ] || fail "The submission was refused: $answer"

echo "3. Wait for job $job"
for _ in $(seq 120); do
  status=$(curl -sS "$api/api/v1/analyze/job/$job/status" -H "Authorization: Bearer $token")
  case "$(printf '%s' "$status" | sed -n 's/^{"jobId":"[^"]*","status":"\([a-z]*\)".*/\1/p')" in
    completed) break ;;
    failed | cancelled) fail "The job ended without a result: $status" ;;
  esac
  sleep 0.5
done

echo "4. Suggestions"
list() { printf '%s' "$status" | sed -n "s/.*\"$1\":\[\([^]]*\)\].*/\1/p" | sed 's/","/\n/g; s/^"//; s/"$//' | sed 's/^/   - /'; }
printf 'Score: %s of 100\n' "$(printf '%s' "$status" | sed -n 's/.*"result":{"id":"[^"]*","score":\([0-9]*\).*/\1/p')"
printf 'Titles:\n%s\n' "$(list ai_titles)"
printf 'Tags:\n%s\n' "$(list ai_tags)"
