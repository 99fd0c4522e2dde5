WITH COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`population` IS NOT NULL AND (n0.`population` <= $p2 AND (n0.`population` < $p2 OR (n0.`nameFolded` >= $p1 AND (n0.`nameFolded` > $p1 OR n0.`slug` > $p0))))
WITH n0 ORDER BY n0.`population` DESC, n0.`nameFolded`, n0.`slug` LIMIT $p4
RETURN [n0.`name`, n0.`nameFolded`, n0.`population`, n0.`slug`] } AS a0, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`population` IS NOT NULL AND (n0.`population` <= $p14 AND (n0.`population` < $p14 OR (n0.`nameFolded` >= $p13 AND (n0.`nameFolded` > $p13 OR n0.`slug` > $p12))))
WITH n0 ORDER BY n0.`population` DESC, n0.`nameFolded`, n0.`slug` LIMIT $p15
RETURN [n0.`name`, null] } AS a1
RETURN [[a0 + CASE WHEN size(a0) < $p4 THEN COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`population` IS NULL
WITH n0 ORDER BY n0.`nameFolded`, n0.`slug` LIMIT $p4
RETURN [n0.`name`, n0.`nameFolded`, n0.`population`, n0.`slug`] }
ELSE [] END, EXISTS {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND (n0.`population` >= $p2 AND (n0.`population` > $p2 OR (n0.`nameFolded` <= $p1 AND (n0.`nameFolded` < $p1 OR n0.`slug` <= $p0)))) }], COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`population` IS NULL AND (n0.`nameFolded` >= $p6 AND (n0.`nameFolded` > $p6 OR n0.`slug` > $p5))
WITH n0 ORDER BY n0.`nameFolded`, n0.`slug` LIMIT $p7
RETURN [n0.`name`, null] }, [COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`population` IS NOT NULL AND (n0.`population` >= $p10 AND (n0.`population` > $p10 OR (n0.`nameFolded` <= $p9 AND (n0.`nameFolded` < $p9 OR n0.`slug` < $p8))))
WITH n0 ORDER BY n0.`population`, n0.`nameFolded` DESC, n0.`slug` DESC LIMIT $p11
RETURN [n0.`name`, null] }, EXISTS {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND (n0.`population` IS NULL OR n0.`population` < $p10 OR (n0.`population` = $p10 AND (n0.`nameFolded` >= $p9 AND (n0.`nameFolded` > $p9 OR n0.`slug` >= $p8)))) }], [a1 + CASE WHEN size(a1) < $p15 THEN COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`population` IS NULL AND (n0.`nameFolded` <= $p17 AND (n0.`nameFolded` < $p17 OR n0.`slug` < $p16))
WITH n0 ORDER BY n0.`nameFolded`, n0.`slug` LIMIT $p15
RETURN [n0.`name`, null] }
ELSE [] END, EXISTS {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND (n0.`population` IS NULL AND (n0.`nameFolded` >= $p17 AND (n0.`nameFolded` > $p17 OR n0.`slug` >= $p16))) }], COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p3 AND n0.`slug` IS NOT NULL AND n0.`slug` > $p18
WITH n0 ORDER BY n0.`slug` LIMIT $p19
RETURN [n0.`name`, null] }, null, head(COLLECT {
MATCH (g:`Graph`)
RETURN [g.`revision`, null] })] AS data
