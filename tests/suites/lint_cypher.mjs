// Reads statements as JSON, one a line: {text, labels, relationshipTypes, parameters}.
// Prints what the public Cypher linter says of each, one list a line.
import { readFileSync } from "node:fs";
import { lintCypherQuery } from "@neo4j-cypher/language-support";

for (const line of readFileSync(0, "utf8").split("\n")) {
  if (!line) continue;
  const { text, ...database } = JSON.parse(line);
  const { diagnostics } = lintCypherQuery(text, { ...database, defaultLanguage: "CYPHER 5" });
  console.log(JSON.stringify(diagnostics.map(({ message, severity, offsets }) => ({ message, severity, offsets }))));
}
