OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
RETURN [head(COLLECT {
MATCH (n0:`City` {`slug`: $p0})
WHERE n0.`status` = $p1
RETURN [head(COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p1
RETURN [n1.`code`, n1.`name`] }), n0.`name`] }), null, [revision, null]] AS data
