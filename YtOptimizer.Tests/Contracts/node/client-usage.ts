// What an app writes against the generated types; it compiles only while they say what the API takes and gives.
import type { components, paths } from "./types";

type Body<P extends keyof paths> = paths[P] extends { post: { requestBody: { content: { "application/json": infer B } } } } ? B : never;

export const login: Body<"/api/v1/auth/login"> = { email: "me@example.com", password: "correct-Horse-battery-9" };

export const submission: Body<"/api/v1/analyze/video"> = {
  configuration: { url: "https://www.youtube.com/watch?v=dQw4w9WgXcQ", language: "en" },
  metadata: { title: "A title", tags: ["one", "two"], durationSeconds: 60 },
};

export function report(job: components["schemas"]["GetJobStatusResponse"]): string {
  return job.status === "failed" ? `${job.errorCode}: ${job.error}` : `${job.progress} %`;
}

export function explain(problem: components["schemas"]["Problem"]): string {
  return problem.retryAfter ? `${problem.code}, wait ${problem.retryAfter} s` : problem.detail;
}

// @ts-expect-error A body without a password is none.
export const wrong: Body<"/api/v1/auth/login"> = { email: "me@example.com" };
