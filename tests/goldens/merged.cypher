OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`City` {`slug`: $p0})
WHERE n0.`status` = $p1
WITH n0, COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p1
RETURN [n1.`code`, n1.`name`] } AS n0f0
RETURN [head(n0f0), n0.`name`] } AS a0
RETURN [head(a0), null, [revision, null]] AS data
