OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
UNWIND range(0, size($p2) - 1) AS s
WITH s, [COUNT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1.`status` = $p0 }, COUNT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`MEMBER_OF`]->(g1:`Network`)
WHERE g1.`status` = $p0
RETURN DISTINCT n0 }, COLLECT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1.`status` = $p0
WITH g1, count(*) AS c ORDER BY c DESC, g1.`code` LIMIT $p3
RETURN [g1.`code`, g1.`name`, c] }, COLLECT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`MEMBER_OF`]->(g1:`Network`)
WHERE g1.`status` = $p0
WITH g1, count(*) AS c ORDER BY c DESC, g1.`slug` LIMIT $p3
RETURN [g1.`slug`, g1.`name`, c] }, COUNT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1.`status` = $p0
RETURN DISTINCT g1 }, COUNT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`MEMBER_OF`]->(g1:`Network`)
WHERE g1.`status` = $p0
RETURN DISTINCT g1 }, COUNT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0 }, COLLECT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
WITH n0.`population` AS v0
WITH count(*) AS c, count(v0) AS v0count, sum(v0) AS v0sum
WHERE c > 0
RETURN [c, v0count, v0sum] }, COUNT {
UNWIND $p2[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0 AND NOT EXISTS {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0 } }, null] AS counted
RETURN [s, counted] } AS a0, COLLECT {
UNWIND range(0, size($p4) - 1) AS s
WITH s, [COUNT {
UNWIND $p4[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`IN_FIELD`]->(g1:`Concept`)
WHERE g1.`status` = $p0
RETURN DISTINCT n0 }, COLLECT {
UNWIND $p4[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
MATCH (n0)-[:`IN_FIELD`]->(g1:`Concept`)
WHERE g1.`status` = $p0
WITH g1, count(*) AS c ORDER BY c DESC, g1.`slug` LIMIT $p3
RETURN [g1.`slug`, g1.`prefLabelEn`, c] }, COUNT {
UNWIND $p4[s] AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0 }, null] AS counted
RETURN [s, counted] } AS a1, COLLECT {
MATCH (n0:`Source`)
WHERE n0.`status` = $p0 AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p5
WITH n0, [COLLECT {
MATCH (n0)<-[:`SUPPORTED_BY`]-(n1:`Record`)
WHERE n1.`status` = $p0
WITH split(n1.`id`, ':')[0] AS g
WHERE g IS NOT NULL
WITH g, count(*) AS c ORDER BY c DESC, g LIMIT $p3
RETURN [g, c] }, COUNT {
MATCH (n0)<-[:`SUPPORTED_BY`]-(n1:`Record`)
WHERE n1.`status` = $p0 }] AS n0f0
RETURN [n0f0, null] } AS a2
RETURN [COLLECT {
UNWIND $p1 AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p0
RETURN [n0.`id`, n0.`name`] }, a0, a1, a2, null, [revision, null]] AS data
