// One peer as a process: `node server.mjs yoga|apollo`, the database from the environment; says where it listens.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { PEER_URI, PEER_USER, PEER_PASSWORD } = process.env;
const driver = neo4j.driver(PEER_URI, neo4j.auth.basic(PEER_USER, PEER_PASSWORD));
const typeDefs = readFileSync(new URL("types.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();

async function yoga() {
  const server = createServer(createYoga({ schema, logging: false, graphiql: false }));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

async function apollo() {
  const server = new ApolloServer({ schema, includeStacktraceInErrorResponses: false });
  const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: 0 } });
  return url;
}

const start = { yoga, apollo }[process.argv[2]];
console.log(`listening on ${await start()}`);
