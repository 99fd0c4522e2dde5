OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
RETURN [COLLECT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p0
WITH n0, head(COLLECT {
MATCH (n0)-[:`OF`]->(n1:`Innovation`)
WHERE n1.`status` = $p0
RETURN head(COLLECT {
MATCH (n1)-[:`ORIGINATED_IN`]->(n2:`City`)
WHERE n2.`status` = $p0
RETURN n2.`nameFolded` }) }) AS n0k0 ORDER BY n0k0 IS NULL, n0k0 DESC, n0.`year` IS NULL, n0.`year`, n0.`slug` LIMIT $p1
RETURN [n0k0, n0.`slug`, n0.`year`] }, COLLECT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0
WITH n0, COUNT {
MATCH (n0)<-[:`LEARNED_IN`]-(n1:`Lesson`)
WHERE n1.`status` = $p0 } AS n0k0 ORDER BY n0k0 DESC, n0.`slug` LIMIT $p2
RETURN [n0k0, n0.`slug`] }, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0
WITH n0, head(COLLECT {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0
RETURN n1.`labelDate` }) AS n0k0, CASE WHEN EXISTS {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0 AND n1.`labelDate` IS NOT NULL } THEN $p3
ELSE n0.`contractStatus` END AS n0k1 ORDER BY n0k0 IS NULL, n0k0 DESC, n0k1 IS NULL, n0k1, n0.`slug` LIMIT $p5
RETURN [CASE WHEN EXISTS {
MATCH (n0)-[:`HAS_CONTRACT`]->(n1:`ClimateCityContract`)
WHERE n1.`status` = $p0 AND n1.`labelDate` IS NOT NULL } THEN $p4
ELSE n0.`contractStatus` END, n0k0, n0.`slug`] }, COLLECT {
MATCH (n0:`Concept`)
WHERE n0.`status` = $p0 AND n0.`prefLabelEnFolded` IS NOT NULL
WITH n0 ORDER BY n0.`prefLabelEnFolded`, n0.`slug` LIMIT $p8
RETURN [coalesce(n0[$p6], n0.`prefLabelEn`), coalesce(n0[$p7], n0.`prefLabelEn`)] }, COLLECT {
MATCH (n0:`Innovation`)
WHERE n0.`status` = $p0 AND (COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p9 AND n1.`outcome` = $p10 }) = $p11 AND (COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p9 AND n1.`outcome` = $p12 }) >= $p13
WITH n0, COUNT {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p14 AND n1.`outcome` = $p15 } AS n0k0 ORDER BY n0k0 DESC, n0.`slug` LIMIT $p16
RETURN [n0k0, n0.`slug`] }, null, [revision, null]] AS data
