"""The service: GraphQL in, one Cypher statement, an answer out."""
