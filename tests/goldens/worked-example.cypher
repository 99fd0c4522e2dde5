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
RETURN [head(COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0
RETURN [n1.`name`, null] }), COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0
WITH n1 ORDER BY n1.`startDate` IS NULL, n1.`startDate` DESC, n1.`slug` LIMIT $p3
WITH n1, n1 {.`endDate`, .`startDate`, .`title`} AS m1
RETURN [m1.`endDate`, m1.`startDate`, m1.`title`] }, COLLECT {
MATCH (n0)-[e1:`MEMBER_OF`]->(n1:`Network`)
WHERE n1.`status` = $p0
WITH n1, e1 ORDER BY n1.`slug` LIMIT $p4
RETURN [e1.`from`, n1.`name`] }, n0.`name`] } AS a0
RETURN [[a0 + CASE WHEN size(a0) < $p5 THEN COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND EXISTS {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0 AND n1.`code` = $p1 } AND EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` IN $p2 } AND n0.`population` IS NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p5
RETURN [head(COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0
RETURN [n1.`name`, null] }), COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0
WITH n1 ORDER BY n1.`startDate` IS NULL, n1.`startDate` DESC, n1.`slug` LIMIT $p3
WITH n1, n1 {.`endDate`, .`startDate`, .`title`} AS m1
RETURN [m1.`endDate`, m1.`startDate`, m1.`title`] }, COLLECT {
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
WHERE n1.`status` = $p0 AND n1.`stage` IN $p2 } }], head(COLLECT {
MATCH (n0:`City` {`slug`: $p6})
WHERE n0.`status` = $p0
RETURN [COUNT {
MATCH (n0)<-[:`REACHED`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 }, n0.`name`] }), null, [revision, null]] AS data
