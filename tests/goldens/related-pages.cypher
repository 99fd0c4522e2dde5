OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`Pilot` {`slug`: $p0})
WHERE n0.`status` = $p1
RETURN [COLLECT {
MATCH (n0)<-[e1:`APPLIED_IN`]-(n1:`Lesson`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY n1.`slug` LIMIT $p2
RETURN [e1.`result`, e1.`sources`, n1.`title`] }, COLLECT {
MATCH (n0)-[e1:`IN_FIELD`]->(n1:`Concept`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug`
RETURN [coalesce(n1[$p3], n1.`prefLabelEn`), null] } + COLLECT {
MATCH (n0)-[:`TESTS`]->(n1i:`Innovation`)-[:`IN_FIELD`]->(n1:`Concept`)
WHERE n1i.`status` = $p1 AND n1.`status` = $p1 AND NOT EXISTS {
MATCH (n0)-[:`IN_FIELD`]->(o1:`Concept`)
WHERE o1.`status` = $p1 }
WITH DISTINCT n1 ORDER BY n1.`slug`
RETURN [coalesce(n1[$p3], n1.`prefLabelEn`), null] }, COUNT {
MATCH (n0)<-[:`LEARNED_IN`]-(n1:`Lesson`)
WHERE n1.`status` = $p1 AND n1.`kind` = $p4 }, COLLECT {
MATCH (n0)-[e1:`LOCATED_IN`]->(n1:`City`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug` LIMIT $p5
RETURN [n1.`name`, e1.`position`, n1.`slug`] }, COLLECT {
MATCH (n0)-[e1:`SUPPORTED_BY`]->(n1:`Source`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug` LIMIT $p6
RETURN [e1.`locator`, n1.`url`] }, [COLLECT {
MATCH (n0)-[:`TESTS`]->(n1:`Innovation`)
WHERE n1.`status` = $p1
WITH n1 ORDER BY n1.`firstYear` IS NULL DESC, n1.`firstYear` DESC, n1.`slug` DESC LIMIT $p7
RETURN [n1.`firstYear`, n1.`slug`, n1.`title`] }, COUNT {
MATCH (n0)-[:`TESTS`]->(n1:`Innovation`)
WHERE n1.`status` = $p1 }], COLLECT {
MATCH (n0)-[e1:`USES_LEVER`]->(n1:`Concept`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug`
RETURN [n1.`notation`, null] } + COLLECT {
MATCH (n0)-[:`TESTS`]->(n1i:`Innovation`)-[:`USES_LEVER`]->(n1:`Concept`)
WHERE n1i.`status` = $p1 AND n1.`status` = $p1 AND NOT EXISTS {
MATCH (n0)-[:`USES_LEVER`]->(o1:`Concept`)
WHERE o1.`status` = $p1 }
WITH DISTINCT n1 ORDER BY n1.`slug`
RETURN [n1.`notation`, null] }] } AS a0
RETURN [head(a0), null, [revision, null]] AS data
