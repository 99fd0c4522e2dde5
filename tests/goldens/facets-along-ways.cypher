OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COUNT {
MATCH (n0:`Country`)
WHERE n0.`status` = $p0
MATCH (n0)<-[:`IN_COUNTRY`]-(g1i:`City`)-[:`MEMBER_OF`]->(g1:`Network`)
WHERE g1i.`status` = $p0 AND g1.`status` = $p0
RETURN DISTINCT n0 } AS a0, COLLECT {
MATCH (n0:`Country`)
WHERE n0.`status` = $p0
MATCH (n0)<-[:`IN_COUNTRY`]-(g1i:`City`)-[:`MEMBER_OF`]->(g1:`Network`)
WHERE g1i.`status` = $p0 AND g1.`status` = $p0
WITH DISTINCT n0, g1
WITH g1, count(*) AS c ORDER BY c DESC, g1.`slug` LIMIT $p1
RETURN [g1.`slug`, g1.`name`, c] } AS a1, COUNT {
MATCH (n0:`Country`)
WHERE n0.`status` = $p0 } AS a2, COUNT {
MATCH (n0:`BarrierReport`)
WHERE n0.`status` = $p0
CALL (n0) {
MATCH (n0)-[:`MET_IN`]->(g1i:`Pilot`)-[:`LOCATED_IN`]->(g1ii:`City`)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1i.`status` = $p0 AND g1ii.`status` = $p0 AND g1.`status` = $p0
RETURN g1
UNION
MATCH (n0)-[:`MET_IN`]->(g1i:`Transfer`)-[:`REACHED`]->(g1ii:`City`)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1i.`status` = $p0 AND g1ii.`status` = $p0 AND g1.`status` = $p0 AND NOT EXISTS {
MATCH (n0)-[:`MET_IN`]->(o1i:`Pilot`)-[:`LOCATED_IN`]->(o1ii:`City`)-[:`IN_COUNTRY`]->(o1:`Country`)
WHERE o1i.`status` = $p0 AND o1ii.`status` = $p0 AND o1.`status` = $p0 }
RETURN g1 }
RETURN DISTINCT n0 } AS a3, COLLECT {
MATCH (n0:`BarrierReport`)
WHERE n0.`status` = $p0
CALL (n0) {
MATCH (n0)-[:`MET_IN`]->(g1i:`Pilot`)-[:`LOCATED_IN`]->(g1ii:`City`)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1i.`status` = $p0 AND g1ii.`status` = $p0 AND g1.`status` = $p0
RETURN g1
UNION
MATCH (n0)-[:`MET_IN`]->(g1i:`Transfer`)-[:`REACHED`]->(g1ii:`City`)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1i.`status` = $p0 AND g1ii.`status` = $p0 AND g1.`status` = $p0 AND NOT EXISTS {
MATCH (n0)-[:`MET_IN`]->(o1i:`Pilot`)-[:`LOCATED_IN`]->(o1ii:`City`)-[:`IN_COUNTRY`]->(o1:`Country`)
WHERE o1i.`status` = $p0 AND o1ii.`status` = $p0 AND o1.`status` = $p0 }
RETURN g1 }
WITH DISTINCT n0, g1
WITH g1, count(*) AS c ORDER BY c DESC, g1.`code` LIMIT $p1
RETURN [g1.`code`, g1.`name`, c] } AS a4, COUNT {
MATCH (n0:`BarrierReport`)
WHERE n0.`status` = $p0 } AS a5
RETURN [[a0, a1, a2], [a3, a4, a5], null, [revision, null]] AS data
