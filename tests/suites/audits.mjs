// Runs every audit of graphql-http against the address in SERVICE; prints one JSON list of {status, id, name}.
import { serverAudits } from "graphql-http";

const url = process.env.SERVICE;
const results = [];
for (const audit of serverAudits({ url })) {
  const { status } = await audit.fn();
  results.push({ status, id: audit.id, name: audit.name });
}
console.log(JSON.stringify(results));
