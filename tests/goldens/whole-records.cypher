OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`City` {`slug`: $p0})
WHERE n0.`status` = $p1
WITH n0, n0 {.`latitude`, .`longitude`, .`id`, .`localName`, .`missionStatus`, .`name`, .`neutralityTargetYear`, .`population`, .`populationSource`} AS m0
WITH n0, m0, COLLECT {
MATCH (n0)-[:`IN_COUNTRY`]->(n1:`Country`)
WHERE n1.`status` = $p1
WITH n1, n1 {.`code`, .`createdAt`, .`id`, .`name`, .`revision`, .`slug`, .`updatedAt`} AS m1
RETURN [m1.`code`, m1.`createdAt`, m1.`id`, m1.`name`, m1.`revision`, m1.`slug`, n1.`status`, m1.`updatedAt`] } AS n0f0
RETURN [head(n0f0), COLLECT {
MATCH (n0)<-[:`LOCATED_IN`]-(n1:`Pilot`)
WHERE n1.`status` = $p1
WITH n1 ORDER BY n1.`slug` DESC LIMIT $p3
WITH n1, n1 {.`budgetEur`, .`endDate`, .`id`, .`stage`, .`startDate`, .`summary`, .`title`} AS m1
RETURN [COLLECT {
MATCH (n1)<-[:`LEARNED_IN`]-(n2:`Lesson`)
WHERE n2.`status` = $p1
WITH n2 ORDER BY n2.`slug` LIMIT $p2
RETURN [n2.`title`, null] }, m1.`budgetEur`, m1.`endDate`, m1.`id`, n1.`slug`, m1.`stage`, m1.`startDate`, m1.`summary`, m1.`title`] }, COLLECT {
MATCH (n0)-[e1:`SUPPORTED_BY`]->(n1:`Source`)
WHERE n1.`status` = $p1
WITH n1, e1 ORDER BY e1.`position` IS NULL, e1.`position`, n1.`slug` LIMIT $p4
WITH n1, e1, n1 {.`publisher`, .`title`, .`url`} AS m1
RETURN [e1.`locator`, m1.`publisher`, n1.`slug`, m1.`title`, m1.`url`] }, [m0.`latitude`, m0.`longitude`], m0.`id`, m0.`localName`, m0.`missionStatus`, m0.`name`, m0.`neutralityTargetYear`, m0.`population`, m0.`populationSource`, n0.`slug`] } AS a0
RETURN [head(a0), COLLECT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p1 AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p5
WITH n0, n0 {.`claimLevel`, .`degree`, .`id`, .`kind`, .`note`, .`outcome`, .`year`} AS m0
WITH n0, m0, COLLECT {
MATCH (n0)-[:`OF`]->(n1:`Innovation`)
WHERE n1.`status` = $p1
RETURN [n1.`title`, null] } AS n0f0
RETURN [head(n0f0), m0.`claimLevel`, m0.`degree`, m0.`id`, m0.`kind`, m0.`note`, m0.`outcome`, n0.`slug`, m0.`year`] }, null, [revision, null]] AS data
