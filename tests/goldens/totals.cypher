OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
RETURN [COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p1
RETURN [n0.`name`, null] }, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` > $p2 }, [COUNT {
MATCH (n0:`BarrierReport`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`ClimateCityContract`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Concept`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Country`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`EmissionEntry`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Indicator`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Innovation`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Lesson`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Need`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Network`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Observation`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Programme`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Source`)
WHERE n0.`status` = $p0 }, COUNT {
MATCH (n0:`Transfer`)
WHERE n0.`status` = $p0 }, null], [revision, null]] AS data
