OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
RETURN [[COLLECT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p0 AND n0.`kind` IN $p1 AND n0.`outcome` IN $p2 AND NOT (n0.`degree` IN $p3) AND NOT (n0.`claimLevel` = $p4) AND NOT EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } AND EXISTS {
MATCH (n0)-[:`OF`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0 AND n1.`slug` = $p5 } AND (NOT ((COUNT {
MATCH (n0)<-[:`GAVE`]-(n1:`City`)
WHERE n1.`status` = $p0 }) > $p6) OR n0.`degree` = $p7) AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p33
WITH n0, COLLECT {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0
RETURN [n1.`name`, null] } AS n0f0, COLLECT {
MATCH (n0)-[:`REACHED`]->(n1:`City`)
WHERE n1.`status` = $p0
WITH n1, COLLECT {
MATCH (n1)-[:`IN_COUNTRY`]->(n2:`Country`)
WHERE n2.`status` = $p0
RETURN [n2.`code`, null] } AS n1f0
RETURN [head(n1f0), n1.`name`] } AS n0f1
RETURN [CASE WHEN ((COUNT {
MATCH (n0)<-[:`GAVE`]-(n1:`City`)
WHERE n1.`status` = $p0 }) > $p9 AND NOT (n0.`degree` = $p10)) THEN $p11
ELSE $p8 END, CASE WHEN NOT (n0.`kind` IN $p13) THEN $p14 WHEN NOT (n0.`outcome` IN $p15) THEN $p16 WHEN n0.`degree` IN $p17 THEN $p18 WHEN n0.`claimLevel` = $p19 THEN $p20 WHEN EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } THEN $p21
ELSE $p12 END, CASE WHEN NOT (n0.`kind` IN $p23) THEN $p24 WHEN NOT (n0.`outcome` IN $p25) THEN $p26 WHEN n0.`degree` IN $p27 THEN $p28 WHEN n0.`claimLevel` = $p29 THEN $p30 WHEN EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } THEN $p31
ELSE $p22 END, head(n0f0), head(n0f1), COLLECT {
MATCH (n0)-[:`OF`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0
WITH DISTINCT n1 ORDER BY n1.`slug`
RETURN [coalesce(n1[$p32], n1.`prefLabelEn`), null] }] }, COUNT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p0 AND n0.`kind` IN $p1 AND n0.`outcome` IN $p2 AND NOT (n0.`degree` IN $p3) AND NOT (n0.`claimLevel` = $p4) AND NOT EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } AND EXISTS {
MATCH (n0)-[:`OF`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0 AND n1.`slug` = $p5 } AND (NOT ((COUNT {
MATCH (n0)<-[:`GAVE`]-(n1:`City`)
WHERE n1.`status` = $p0 }) > $p6) OR n0.`degree` = $p7) }], null, [revision, null]] AS data
