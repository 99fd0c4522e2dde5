// Opens the pages of the service at SERVICE in the browser at CHROMIUM and uses them like a person.
// Prints one JSON object: what was read off the pages, with every complaint of the browser.
import { chromium } from "playwright-core";

const service = process.env.SERVICE;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const complaints = [];
const foreign = [];

async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => message.type() !== "log" && complaints.push(`${path} ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${path} error: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`${path} failed: ${request.url()}`));
  page.on("request", (request) => !/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(service) && foreign.push(request.url()));
  page.setDefaultTimeout(15_000);
  await page.goto(service + path);
  return page;
}

async function graphiql() {
  const page = await open("/graphiql");
  const tabs = await page.locator(".graphiql-tab").count();
  await page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  await page.locator("button[aria-label='Show Documentation Explorer']").click();
  await page.locator(".graphiql-doc-explorer-type-name", { hasText: "Query" }).first().waitFor();
  await page.locator(".graphiql-execute-button").click();
  await page.waitForFunction(() => document.querySelector(".graphiql-response .CodeMirror")?.CodeMirror.getValue().includes('"data"'));
  const answer = await page.evaluate(() => document.querySelector(".graphiql-response .CodeMirror").CodeMirror.getValue());
  return { tabs, answer: JSON.parse(answer) };
}

async function form() {
  const page = await open("/query", { javaScriptEnabled: false });
  await page.getByLabel("GraphQL document").fill("query ($a: Boolean!) { __typename @include(if: $a) }");
  await page.getByLabel("Variables").fill('{"a": true}');
  await page.getByRole("button", { name: "Ask" }).click();
  const answer = await page.locator("#answer").textContent();
  return { answer: JSON.parse(answer) };
}

async function front() {
  const page = await open("/");
  return { title: await page.locator("h1").textContent() };
}

try {
  console.log(JSON.stringify({ graphiql: await graphiql(), form: await form(), front: await front(), complaints, foreign }));
} finally {
  await browser.close();
}
