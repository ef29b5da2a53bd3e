// Checks a description of OpenAPI by the recommended rules of Redocly: node lint.mjs FILE
import { readFile } from "node:fs/promises";
import { createConfig, lintFromString } from "@redocly/openapi-core";

const source = await readFile(process.argv[2], "utf8");
const config = await createConfig({
  extends: ["recommended-strict"],
  rules: {
    "operation-4xx-response": "error",
    "operation-description": "error",
    "operation-operationId": "error",
    "operation-operationId-unique": "error",
    "no-invalid-media-type-examples": "error",
    "no-invalid-schema-examples": "error",
    "no-unused-components": "error",
    "security-defined": "error",
    "tag-description": "error",
    // Addresses that hold a number and a word in one place are told apart by the router.
    "no-ambiguous-paths": "off",
    // It stands at the root of whoever serves it.
    "no-server-example.com": "off",
  },
});
const problems = await lintFromString({ source, absoluteRef: process.argv[2], config });
for (const p of problems) {
  console.log(`${p.severity} ${p.ruleId}: ${p.message} at ${p.location.map((l) => l.pointer).join(", ")}`);
}
process.exitCode = problems.length > 0 ? 1 : 0;
