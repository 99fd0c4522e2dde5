RETURN [head(COLLECT {
MATCH (n0:`City` {`slug`: $p0})
WHERE n0.`status` = $p1
RETURN [head(COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p1
RETURN [n1.`code`, n1.`name`] }), n0.`name`] }), null, head(COLLECT {
MATCH (g:`Graph`)
RETURN [g.`revision`, null] })] AS data
