// The one node that counts the graph's revisions.
MERGE (g:`Graph` {id: 'graph'}) ON CREATE SET g.revision = 0;
