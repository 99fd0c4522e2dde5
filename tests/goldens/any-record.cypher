OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`Record` {`id`: $p0})
WHERE n0.`status` = $p1
RETURN CASE WHEN n0:`City` THEN [n0.`id`, COLLECT {
MATCH (n0)-[e1:`SUPPORTED_BY`]->(n1:`Source`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug` LIMIT $p2
RETURN [n1.`url`, null] }, n0.`id`, n0.`name`] WHEN n0:`Pilot` THEN [n0.`id`, COLLECT {
MATCH (n0)-[e1:`SUPPORTED_BY`]->(n1:`Source`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug` LIMIT $p3
RETURN [n1.`url`, null] }, n0.`id`, n0.`title`] WHEN n0:`Source` THEN [n0.`id`, n0.`id`]
ELSE [n0.`id`, COLLECT {
MATCH (n0)-[e1:`SUPPORTED_BY`]->(n1:`Source`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug` LIMIT $p4
RETURN [n1.`url`, null] }, n0.`id`] END } AS a0, COLLECT {
MATCH (n0:`Lesson` {`slug`: $p8})
WHERE n0.`status` = $p1
RETURN [COLLECT {
MATCH (n0)-[:`LEARNED_IN`]->(n1:`City`|`Pilot`|`Transfer`)
WHERE n1.`status` = $p1
WITH n1 ORDER BY n1.`id` LIMIT $p9
RETURN CASE WHEN n1:`City` THEN [n1.`id`, n1.`name`] WHEN n1:`Pilot` THEN [n1.`id`, n1.`title`]
ELSE [n1.`id`, n1.`slug`] END }, null] } AS a1, COLLECT {
MATCH (n0:`BarrierReport` {`slug`: $p10})
WHERE n0.`status` = $p1
WITH n0, COLLECT {
MATCH (n0)-[:`MET_IN`]->(n1:`Pilot`|`Transfer`)
WHERE n1.`status` = $p1
WITH n1 ORDER BY n1.`id`
RETURN CASE WHEN n1:`Pilot` THEN [n1.`id`, n1.`title`]
ELSE [n1.`id`, null] END } AS n0f0
RETURN [head(n0f0), null] } AS a2, COLLECT {
MATCH (n0:`Country` {`code`: $p11})
WHERE n0.`status` = $p1
RETURN [n0.`name`, null] } AS a3
RETURN [head(a0), COLLECT {
UNWIND $p5 AS id
MATCH (n0:`Record` {`id`: id})
WHERE n0.`status` = $p1
RETURN [n0.`id`, n0.`id`] }, COLLECT {
MATCH (n0:`Source`)
WHERE n0.`status` = $p1 AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p7
RETURN [[COLLECT {
MATCH (n0)<-[:`SUPPORTED_BY`]-(n1:`Record`)
WHERE n1.`status` = $p1
WITH n1 ORDER BY n1.`id` LIMIT $p6
RETURN CASE WHEN n1:`Lesson` THEN [n1.`id`, n1.`id`, n1.`title`]
ELSE [n1.`id`, n1.`id`] END }, COUNT {
MATCH (n0)<-[:`SUPPORTED_BY`]-(n1:`Record`)
WHERE n1.`status` = $p1 }], null] }, head(a1), head(a2), head(a3), null, [revision, null]] AS data
