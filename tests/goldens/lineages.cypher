OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`Innovation` {`slug`: $p0})
WHERE n0.`status` = $p1
WITH n0, COLLECT {
MATCH (n0)-[:`ORIGINATED_IN`]->(n1:`City`)
WHERE n1.`status` = $p1
RETURN [n1.`name`, null] } + COLLECT {
MATCH (n0)<-[:`TESTS`]-(n1i:`Pilot`)-[:`LOCATED_IN`]->(n1:`City`)
WHERE n1i.`status` = $p1 AND (COUNT {
MATCH (n1i)-[:`LOCATED_IN`]->(n2:`City`)
WHERE n2.`status` = $p1 }) = $p10 AND n1i.`startDate` IS NOT NULL AND NOT EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1if:`Pilot`)
WHERE n1if.`status` = $p1 AND (n1if.`startDate` < n1i.`startDate` OR (n1if.`startDate` = n1i.`startDate` AND n1if.`slug` < n1i.`slug`)) } AND n1.`status` = $p1 AND NOT EXISTS {
MATCH (n0)-[:`ORIGINATED_IN`]->(o1:`City`)
WHERE o1.`status` = $p1 }
RETURN [n1.`name`, null] } AS n0f0
RETURN [COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p3 }, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p4 }, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p5 }, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p6 }, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p7 }, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p8 }, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p1 AND n1.`kind` IN $p2 AND n1.`outcome` = $p9 }, head(n0f0), COLLECT {
MATCH (n0) ((:`Innovation`)-[:`VARIANT_OF`]-(n1iw:`Innovation`)
WHERE n1iw.`status` = $p1){0,4} (n1i:`Innovation`)<-[:`OF`]-(n1:`Transfer`)
WHERE n1i.`status` = $p1 AND n1.`status` = $p1 AND NOT (n1.`claimLevel` = $p11) AND n1.`kind` IN $p12 AND n1.`year` >= $p13
WITH DISTINCT n1 ORDER BY n1.`slug`
WITH n1, COLLECT {
MATCH (n1)-[:`OF`]->(n2:`Innovation`)
WHERE n2.`status` = $p1
RETURN [n2.`title`, null] } AS n1f0, COLLECT {
MATCH (n1)-[:`REACHED`]->(n2:`City`)
WHERE n2.`status` = $p1
WITH n2, COLLECT {
MATCH (n2)-[:`IN_COUNTRY`]->(n3:`Country`)
WHERE n3.`status` = $p1
RETURN [n3.`code`, null] } AS n2f0
RETURN [head(n2f0), n2.`slug`] } AS n1f1
RETURN [head(n1f0), head(n1f1), COLLECT {
MATCH (n1)<-[e2:`GAVE`]-(n2:`City`)
WHERE n2.`status` = $p1
WITH n2, e2 ORDER BY e2.`position` IS NULL, e2.`position`, n2.`slug`
WITH n2, e2, COLLECT {
MATCH (n2)-[:`IN_COUNTRY`]->(n3:`Country`)
WHERE n3.`status` = $p1
RETURN [n3.`code`, null] } AS n2f0
RETURN [head(n2f0), n2.`slug`] }, n1.`claimLevel`, n1.`degree`, n1.`kind`, n1.`outcome`, n1.`slug`, n1.`year`] }, COLLECT {
MATCH (n0) ((:`Innovation`)-[:`VARIANT_OF`]-(n1w:`Innovation`)
WHERE n1w.`status` = $p1){0,4} (n1:`Innovation`)
WHERE n1.`status` = $p1
WITH DISTINCT n1 ORDER BY n1.`slug`
RETURN [COLLECT {
MATCH (n1)<-[:`TESTS`]-(n2:`Pilot`)
WHERE n2.`status` = $p1 AND n2.`startDate` IS NOT NULL
WITH n2 ORDER BY n2.`startDate`, n2.`slug` LIMIT $p14
RETURN [n2.`startDate`, null] }, n1.`firstYear`] }] } AS a0
RETURN [head(a0), COLLECT {
MATCH (n0:`Innovation`)
WHERE n0.`status` = $p1
WITH n0, (EXISTS {
MATCH (n0)-[:`ORIGINATED_IN`]->(n1:`City`)
WHERE n1.`status` = $p1 AND EXISTS {
MATCH (n1)-[:`IN_COUNTRY`]->(n2:`Country`)
WHERE n2.`status` = $p1 AND n2.`code` = $p15 } } OR EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1i:`Pilot`)-[:`LOCATED_IN`]->(n1:`City`)
WHERE n1i.`status` = $p1 AND (COUNT {
MATCH (n1i)-[:`LOCATED_IN`]->(n2:`City`)
WHERE n2.`status` = $p1 }) = $p16 AND n1i.`startDate` IS NOT NULL AND NOT EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1if:`Pilot`)
WHERE n1if.`status` = $p1 AND (n1if.`startDate` < n1i.`startDate` OR (n1if.`startDate` = n1i.`startDate` AND n1if.`slug` < n1i.`slug`)) } AND n1.`status` = $p1 AND EXISTS {
MATCH (n1)-[:`IN_COUNTRY`]->(n2:`Country`)
WHERE n2.`status` = $p1 AND n2.`code` = $p15 } AND NOT EXISTS {
MATCH (n0)-[:`ORIGINATED_IN`]->(o1:`City`)
WHERE o1.`status` = $p1 } }) AS n0c0
WHERE n0c0
WITH n0, head(COLLECT {
MATCH (n0)-[:`ORIGINATED_IN`]->(n1:`City`)
WHERE n1.`status` = $p1
RETURN n1.`nameFolded` } + COLLECT {
MATCH (n0)<-[:`TESTS`]-(n1i:`Pilot`)-[:`LOCATED_IN`]->(n1:`City`)
WHERE n1i.`status` = $p1 AND (COUNT {
MATCH (n1i)-[:`LOCATED_IN`]->(n2:`City`)
WHERE n2.`status` = $p1 }) = $p17 AND n1i.`startDate` IS NOT NULL AND NOT EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1if:`Pilot`)
WHERE n1if.`status` = $p1 AND (n1if.`startDate` < n1i.`startDate` OR (n1if.`startDate` = n1i.`startDate` AND n1if.`slug` < n1i.`slug`)) } AND n1.`status` = $p1 AND NOT EXISTS {
MATCH (n0)-[:`ORIGINATED_IN`]->(o1:`City`)
WHERE o1.`status` = $p1 }
RETURN n1.`nameFolded` }) AS n0k0 ORDER BY n0k0 IS NULL, n0k0, n0.`slug` LIMIT $p18
RETURN [COUNT {
MATCH (n0) ((:`Innovation`)-[:`VARIANT_OF`]-(n1w:`Innovation`)
WHERE n1w.`status` = $p1){0,4} (n1:`Innovation`)
WHERE n1.`status` = $p1
RETURN DISTINCT n1 }, null] }, COLLECT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p1 AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p21
WITH n0, COLLECT {
MATCH (n0)-[:`OF`]->(n1:`Innovation`)
WHERE n1.`status` = $p1
RETURN [COLLECT {
MATCH (n1)<-[:`OF`]-(n2:`Transfer`)
WHERE n2.`status` = $p1 AND NOT (n2.`claimLevel` = $p19)
WITH n2 ORDER BY n2.`slug`
WITH n2, n2 {.`degree`, .`kind`, .`outcome`, .`year`} AS m2
WITH n2, m2, COLLECT {
MATCH (n2)-[:`REACHED`]->(n3:`City`)
WHERE n3.`status` = $p1
WITH n3, COLLECT {
MATCH (n3)-[:`IN_COUNTRY`]->(n4:`Country`)
WHERE n4.`status` = $p1
RETURN [n4.`code`, null] } AS n3f0
RETURN [head(n3f0), n3.`slug`] } AS n2f0
RETURN [head(n2f0), COLLECT {
MATCH (n2)<-[e3:`GAVE`]-(n3:`City`)
WHERE n3.`status` = $p1
WITH n3, e3 ORDER BY e3.`position` IS NULL, e3.`position`, n3.`slug`
WITH n3, e3, COLLECT {
MATCH (n3)-[:`IN_COUNTRY`]->(n4:`Country`)
WHERE n4.`status` = $p1
RETURN [n4.`code`, null] } AS n3f0
RETURN [head(n3f0), n3.`slug`] }, n2.`claimLevel`, m2.`degree`, m2.`kind`, m2.`outcome`, n2.`slug`, m2.`year`] }, COLLECT {
MATCH (n1)<-[:`TESTS`]-(n2:`Pilot`)
WHERE n2.`status` = $p1 AND n2.`startDate` IS NOT NULL
WITH n2 ORDER BY n2.`startDate`, n2.`slug` LIMIT $p20
RETURN [n2.`startDate`, null] }, n1.`firstYear`] } AS n0f0
RETURN [head(n0f0), null] }, null, [revision, null]] AS data
