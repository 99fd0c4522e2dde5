// The public schema lint: all its recommended rules and all its Relay rules.
import { readFileSync } from "node:fs";
import graphqlEslint from "@graphql-eslint/eslint-plugin";
import { buildSchema, isObjectType } from "graphql";

const path = process.env.SCHEMA;
const schema = buildSchema(readFileSync(path, "utf8"));
// A record has exactly one id. Connections, edges and computed figures are no records: nothing refers to them.
const withoutId = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.getInterfaces().some((each) => each.name === "Node"))
  .map((type) => type.name);

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphqlEslint.parser, parserOptions: { graphQLConfig: { schema: path } } },
    plugins: { "@graphql-eslint": graphqlEslint },
    rules: {
      ...graphqlEslint.configs["flat/schema-recommended"].rules,
      ...graphqlEslint.configs["flat/schema-relay"].rules,
      "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: withoutId } }],
      // `nodes` beside `edges` spares a level where the edge says nothing; lists of texts and short lists
      // of records (a city's levers, `nodes(ids:)`) are no pages and need no cursors.
      // A hit of a search is no record but holds one, with its score; hits are read forward only. That every
      // other connection holds records and is read both ways, tests/api checks.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
    },
  },
];
