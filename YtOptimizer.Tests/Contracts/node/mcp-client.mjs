// An ordinary MCP client: node mcp-client.mjs URL TOKEN TRANSCRIPT. Prints one JSON object with what it saw.
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, token, file] = process.argv.slice(2);
const client = new Client({ name: "contract-checks", version: "1.0.0" });
await client.connect(
  new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
);
const { tools } = await client.listTools();
const call = async (name, args, options) => client.callTool({ name, arguments: args }, undefined, options);
const submitted = await call("submit_transcript", { transcript: readFileSync(file, "utf8"), channelTitle: "A channel" });
const progress = [];
const ended = await call(
  "wait_for_analysis",
  { jobId: submitted.structuredContent.jobId, timeoutSeconds: 45 },
  { onprogress: (seen) => progress.push(seen.progress), timeout: 60_000 },
);
const foreign = await call("get_suggestions", { jobId: "0198aaaa-0000-7000-8000-000000000001" });
console.log(
  JSON.stringify({
    server: client.getServerVersion().name,
    tools: tools.map((tool) => tool.name),
    status: ended.structuredContent.status,
    titles: ended.structuredContent.titles,
    progress,
    foreign: foreign.isError ? foreign.content[0].text : null,
  }),
);
await client.close();
