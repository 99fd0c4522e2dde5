RETURN [[COLLECT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p0 AND ((CASE WHEN ((COUNT {
MATCH (n0)<-[:`GAVE`]-(n1:`City`)
WHERE n1.`status` = $p0 }) > $p1 AND NOT (n0.`degree` = $p2)) THEN $p3
ELSE $p4 END) = $p5 AND (CASE WHEN NOT (n0.`kind` IN $p6) THEN $p7 WHEN NOT (n0.`outcome` IN $p8) THEN $p9 WHEN n0.`degree` IN $p10 THEN $p11 WHEN n0.`claimLevel` = $p12 THEN $p13 WHEN EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } THEN $p14
ELSE $p15 END) = $p16 AND EXISTS {
MATCH (n0)-[:`OF`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0 AND n1.`slug` = $p17 }) AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p18
RETURN [CASE WHEN ((COUNT {
MATCH (n0)<-[:`GAVE`]-(n1:`City`)
WHERE n1.`status` = $p0 }) > $p19 AND NOT (n0.`degree` = $p20)) THEN $p21
ELSE $p22 END, CASE WHEN NOT (n0.`kind` IN $p23) THEN $p24 WHEN NOT (n0.`outcome` IN $p25) THEN $p26 WHEN n0.`degree` IN $p27 THEN $p28 WHEN n0.`claimLevel` = $p29 THEN $p30 WHEN EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } THEN $p31
ELSE $p32 END, CASE WHEN NOT (n0.`kind` IN $p33) THEN $p34 WHEN NOT (n0.`outcome` IN $p35) THEN $p36 WHEN n0.`degree` IN $p37 THEN $p38 WHEN n0.`claimLevel` = $p39 THEN $p40 WHEN EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } THEN $p41
ELSE $p42 END, head(COLLECT {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0
RETURN [n1.`name`, null] }), head(COLLECT {
MATCH (n0)-[:`REACHED`]->(n1:`City`)
WHERE n1.`status` = $p0
RETURN [head(COLLECT {
MATCH (n1)-[:`IN_COUNTRY`]->(n2:`Country`)
WHERE n2.`status` = $p0
RETURN [n2.`code`, null] }), n1.`name`] }), COLLECT {
MATCH (n0)-[:`OF`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0
WITH DISTINCT n1 ORDER BY n1.`slug`
RETURN [coalesce(n1[$p43], n1.`prefLabelEn`), null] }] }, COUNT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p0 AND ((CASE WHEN ((COUNT {
MATCH (n0)<-[:`GAVE`]-(n1:`City`)
WHERE n1.`status` = $p0 }) > $p1 AND NOT (n0.`degree` = $p2)) THEN $p3
ELSE $p4 END) = $p5 AND (CASE WHEN NOT (n0.`kind` IN $p6) THEN $p7 WHEN NOT (n0.`outcome` IN $p8) THEN $p9 WHEN n0.`degree` IN $p10 THEN $p11 WHEN n0.`claimLevel` = $p12 THEN $p13 WHEN EXISTS {
MATCH (n0)-[:`REACHED`]->(n1:`City`)-[:`GAVE`]->(n0)
WHERE n1.`status` = $p0 } THEN $p14
ELSE $p15 END) = $p16 AND EXISTS {
MATCH (n0)-[:`OF`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p0 AND n1.`status` = $p0 AND n1.`slug` = $p17 }) }], null, head(COLLECT {
MATCH (g:`Graph`)
RETURN [g.`revision`, null] })] AS data
