OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND EXISTS {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0 AND n1.`code` = $p1 } AND EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IN $p2 } AND n0.`population` IS NOT NULL
WITH n0 ORDER BY n0.`population` DESC, n0.`slug` LIMIT $p5
WITH n0, COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0
RETURN [n1.`name`, null] } AS n0f0
RETURN [head(n0f0), COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0
WITH n1 ORDER BY n1.`startDate` IS NULL, n1.`startDate` DESC, n1.`slug` LIMIT $p3
RETURN [n1.`endDate`, n1.`startDate`, n1.`title`] }, COLLECT {
MATCH (n0)-[e1:`MEMBER_OF`]->(n1:`Network`)
WHERE n1.`status` = $p0
WITH n1, e1 ORDER BY n1.`slug` LIMIT $p4
RETURN [e1.`from`, n1.`name`] }, n0.`name`] } AS a0, COLLECT {
MATCH (n0:`City` {`slug`: $p6})
WHERE n0.`status` = $p0
RETURN [COUNT {
MATCH (n0)<-[:`REACHED`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 }, n0.`name`] } AS a1
RETURN [[a0 + CASE WHEN size(a0) < $p5 THEN COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND EXISTS {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0 AND n1.`code` = $p1 } AND EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IN $p2 } AND n0.`population` IS NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p5
WITH n0, COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0
RETURN [n1.`name`, null] } AS n0f0
RETURN [head(n0f0), COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0
WITH n1 ORDER BY n1.`startDate` IS NULL, n1.`startDate` DESC, n1.`slug` LIMIT $p3
RETURN [n1.`endDate`, n1.`startDate`, n1.`title`] }, COLLECT {
MATCH (n0)-[e1:`MEMBER_OF`]->(n1:`Network`)
WHERE n1.`status` = $p0
WITH n1, e1 ORDER BY n1.`slug` LIMIT $p4
RETURN [e1.`from`, n1.`name`] }, n0.`name`] }
ELSE [] END, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND EXISTS {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0 AND n1.`code` = $p1 } AND EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IN $p2 } }], head(a1), null, [revision, null]] AS data
