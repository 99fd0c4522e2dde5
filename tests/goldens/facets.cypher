OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
WITH n0 ORDER BY n0.`population` IS NULL, n0.`population` DESC, n0.`slug` LIMIT $p4
WITH n0, [COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IS NOT NULL
WITH n1 ORDER BY n1.`slug` LIMIT $p2
RETURN [n1.`title`, null] }, COUNT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IS NOT NULL
CALL (n1) {
MATCH (n1)-[:`IN_FIELD`]->(g2:`Concept`)
WHERE g2.`status` = $p0
RETURN g2
UNION
MATCH (n1)-[:`TESTS`]->(g2i:`Innovation`)-[:`IN_FIELD`]->(g2:`Concept`)
WHERE g2i.`status` = $p0 AND g2.`status` = $p0 AND NOT EXISTS {
MATCH (n1)-[:`IN_FIELD`]->(o2:`Concept`)
WHERE o2.`status` = $p0 }
RETURN g2 }
RETURN DISTINCT n1 }, COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IS NOT NULL
CALL (n1) {
MATCH (n1)-[:`IN_FIELD`]->(g2:`Concept`)
WHERE g2.`status` = $p0
RETURN g2
UNION
MATCH (n1)-[:`TESTS`]->(g2i:`Innovation`)-[:`IN_FIELD`]->(g2:`Concept`)
WHERE g2i.`status` = $p0 AND g2.`status` = $p0 AND NOT EXISTS {
MATCH (n1)-[:`IN_FIELD`]->(o2:`Concept`)
WHERE o2.`status` = $p0 }
RETURN g2 }
WITH g2, count(*) AS c ORDER BY c DESC, g2.`slug` LIMIT $p3
RETURN [g2.`slug`, g2.`prefLabelEn`, c] }, COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IS NOT NULL
WITH n1.`stage` AS g
WHERE g IS NOT NULL
WITH g, count(*) AS c ORDER BY c DESC, g LIMIT $p3
RETURN [g, c] }, COUNT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IS NOT NULL AND n1.`stage` IS NULL }, COUNT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IS NOT NULL }] AS n0f0
RETURN [n0f0, n0.`name`] } AS a0, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
MATCH (n0)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1.`status` = $p0 } AS a1, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
MATCH (n0)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1.`status` = $p0
WITH g1, count(*) AS c ORDER BY c DESC, g1.`code` LIMIT $p3
RETURN [g1.`code`, g1.`name`, c] } AS a2, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
WITH left(head(COLLECT {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0
RETURN n1.`labelDate` }), 4) AS g
WHERE g IS NOT NULL
WITH g, count(*) AS c ORDER BY c DESC, g LIMIT $p3
RETURN [g, c] } AS a3, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
WITH n0.`missionStatus` AS g
WHERE g IS NOT NULL
WITH g, count(*) AS c ORDER BY c DESC, g LIMIT $p3
RETURN [g, c] } AS a4, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
MATCH (n0)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1.`status` = $p0
RETURN DISTINCT g1 } AS a5, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1
WITH left(head(COLLECT {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0
RETURN n1.`labelDate` }), 4) AS g
WHERE g IS NOT NULL
RETURN DISTINCT g } AS a6, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1 AND head(COLLECT {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0
RETURN n1.`labelDate` }) IS NULL } AS a7, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p1 } AS a8
RETURN [[a0, a1, a2, a3, a4, a5, a6, a7, a8], null, [revision, null]] AS data
