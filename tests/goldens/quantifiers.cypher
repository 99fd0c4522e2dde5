OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
RETURN [COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` = $p3 } AND NOT EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`budgetEur` IS NULL } AND NOT EXISTS {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`titleFolded` = $p4 } AND EXISTS {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p0 AND NOT (n1.`nameFolded` = $p10) } AND EXISTS {
MATCH (n0)-[e1:`MEMBER_OF`]->(n1:`Network`)
WHERE n1.`status` = $p0 AND left(e1.`from`, size($p11)) >= left($p11, size(e1.`from`)) AND e1.`sourcesFolded` IS NOT NULL AND n1.`kind` = $p12 } AND NOT EXISTS {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0 } AND n0.`slug` IS NOT NULL
WITH n0, (COUNT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND EXISTS {
MATCH (n1)-[:`PART_OF`]->(n2:`Programme`)
WHERE n2.`status` = $p0 AND n2.`nameFolded` STARTS
WITH $p1 } }) = $p2 AS n0c0, (COUNT {
MATCH (n0)-[:`GAVE`]->(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p5 AND n1.`outcome` IN $p6 AND NOT (n1.`degree` IN $p7) AND NOT (n1.`claimLevel` = $p8) AND NOT EXISTS {
MATCH (n1)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1)
WHERE n2.`status` = $p0 } }) >= $p9 AS n0c1
WHERE n0c0 AND n0c1
WITH n0 ORDER BY n0.`slug` LIMIT $p13
RETURN [n0.`name`, null] }, null, [revision, null]] AS data
