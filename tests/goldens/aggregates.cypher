OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0
MATCH (n0)-[:`LOCATED_IN`]->(g1i:`City`)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1i.`status` = $p0 AND g1.`status` = $p0
WITH DISTINCT n0, g1
WITH g1, n0.`budgetEur` AS v0
WITH g1, count(*) AS c, percentileCont(v0, 0.5) AS v0median ORDER BY c DESC, g1.`code` LIMIT $p1
RETURN [g1.`code`, g1.`name`, c, v0median] } AS a0, COUNT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0
MATCH (n0)-[:`LOCATED_IN`]->(g1i:`City`)-[:`IN_COUNTRY`]->(g1:`Country`)
WHERE g1i.`status` = $p0 AND g1.`status` = $p0
RETURN DISTINCT g1 } AS a1, COLLECT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0
WITH n0.`slug` AS o, n0.`budgetEur` AS v0 ORDER BY o
WITH count(*) AS c, count(v0) AS v0count, max(v0) AS v0max, percentileCont(v0, 0.5) AS v0median, min(v0) AS v0min, sum(v0) AS v0sum
WHERE c > 0
RETURN [c, v0count, v0max, v0median, v0min, v0sum] } AS a2, COLLECT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0 AND NOT EXISTS {
MATCH (n0)-[:`LOCATED_IN`]->(n1i:`City`)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0 }
WITH n0.`budgetEur` AS v0
WITH count(*) AS c, percentileCont(v0, 0.5) AS v0median
WHERE c > 0
RETURN [c, v0median] } AS a3, COLLECT {
MATCH (n0:`Network` {`slug`: $p2})
WHERE n0.`status` = $p0
WITH n0, COLLECT {
MATCH (n0)<-[:`MEMBER_OF`]-(n1:`City`)
WHERE n1.`status` = $p0
WITH COUNT {
MATCH (n1)-[:`GAVE`]->(n2i:`Transfer`)-[:`REACHED`]->(n2:`City`)
WHERE n2i.`status` = $p0 AND n2i.`kind` IN $p3 AND n2i.`outcome` IN $p4 AND NOT (n2i.`degree` IN $p5) AND NOT (n2i.`claimLevel` = $p6) AND NOT EXISTS {
MATCH (n2i)-[:`REACHED`]->(n3:`City`)-[:`GAVE`]->(n2i)
WHERE n3.`status` = $p0 } AND n2.`status` = $p0
RETURN DISTINCT n2 } AS v0, n1.`population` AS v1
WITH count(*) AS c, max(v0) AS v0max, count(v1) AS v1count, sum(v1) AS v1sum
WHERE c > 0
RETURN [c, v0max, v1count, v1sum] } AS n0f0
RETURN [n0f0, null] } AS a4
RETURN [[a0, a1, a2, a3], head(a4), null, [revision, null]] AS data
