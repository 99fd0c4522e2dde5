OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`Network` {`slug`: $p0})
WHERE n0.`status` = $p1
RETURN [COLLECT {
MATCH (n0)<-[:`MEMBER_OF`]-(n1:`City`)
WHERE n1.`status` = $p1
WITH n1, head(COLLECT {
MATCH (n1)-[:`HAS_CONTRACT`]->(n2:`ClimateCityContract`)
WHERE n2.`status` = $p1
RETURN n2.`labelDate` }) AS n1k0 ORDER BY n1k0 IS NULL, n1k0, n1.`slug` LIMIT $p13
RETURN [COLLECT {
MATCH (n1)-[:`GAVE`]->(n2:`Transfer`)
WHERE n2.`status` = $p1
WITH n2, CASE WHEN NOT (n2.`kind` IN $p3) THEN $p4 WHEN NOT (n2.`outcome` IN $p5) THEN $p6 WHEN n2.`degree` IN $p7 THEN $p8 WHEN n2.`claimLevel` = $p9 THEN $p10 WHEN EXISTS {
MATCH (n2)-[:`REACHED`]->(n3:`City`)-[:`GAVE`]->(n2)
WHERE n3.`status` = $p1 } THEN $p11
ELSE $p2 END AS n2k0 ORDER BY n2k0 DESC, n2.`slug` LIMIT $p12
RETURN [n2.`slug`, null] }, null] }, null] } AS a0, COLLECT {
MATCH (n0:`Concept` {`slug`: $p14})
WHERE n0.`status` = $p1
RETURN [[COLLECT {
MATCH (n0)<-[:`IN_FIELD`|`USES_LEVER`]-(n1:`Innovation`)
WHERE n1.`status` = $p1
WITH DISTINCT n1 ORDER BY n1.`slug` LIMIT $p15
RETURN [n1.`title`, null] }, COUNT {
MATCH (n0)<-[:`IN_FIELD`|`USES_LEVER`]-(n1:`Innovation`)
WHERE n1.`status` = $p1
RETURN DISTINCT n1 }], null] } AS a1
RETURN [head(a0), head(a1), null, [revision, null]] AS data
