/* Starts GraphiQL with the example questions of the page as tabs. */
"use strict";

const place = document.getElementById("graphiql");
const tabs = JSON.parse(document.getElementById("tabs").textContent);

async function ask(parameters, options) {
  const response = await fetch(place.dataset.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      ...(options && options.headers),
    },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

ReactDOM.render(React.createElement(GraphiQL, { fetcher: ask, defaultTabs: tabs, shouldPersistHeaders: false }), place);
