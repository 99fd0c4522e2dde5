OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
RETURN [COLLECT {
MATCH (n0:`Pilot`)
WHERE n0.`status` = $p0 AND n0.`reasonStoppedFolded` IS NULL AND n0.`summaryFolded` CONTAINS $p1 AND (n0.`summaryFolded` IS NULL OR NOT (n0.`summaryFolded` = $p2)) AND n0.`titleFolded` IN $p3 AND n0.`titleFolded` STARTS
WITH $p4 AND (left(n0.`startDate`, size($p5)) >= left($p5, size(n0.`startDate`)) OR size([d IN $p6
WHERE left(n0.`startDate`, size(d)) = left(d, size(n0.`startDate`))]) > 0 OR left(n0.`endDate`, size($p7)) < left($p7, size(n0.`endDate`))) AND ((n0.`budgetEur` IS NULL OR NOT (n0.`budgetEur` > $p8)) OR (n0.`budgetEur` IS NULL OR NOT (n0.`budgetEur` <= $p9))) AND n0.`createdAt` > $p10 AND n0.`slug` IN $p11 AND (n0.`stage` IS NULL OR NOT (n0.`stage` = $p12)) AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p13
RETURN [n0.`title`, null] }, COLLECT {
MATCH (n0:`Innovation`)
WHERE n0.`status` = $p0 AND n0.`aliasesFolded` IS NOT NULL AND (n0.`aliasesFolded` IS NULL OR NOT (size(n0.`aliasesFolded`) = 0)) AND $p14 IN n0.`aliasesFolded` AND (n0.`aliasesFolded` IS NOT NULL AND size([t IN $p15
WHERE NOT t IN n0.`aliasesFolded`]) = 0) AND size([t IN $p16
WHERE t IN n0.`aliasesFolded`]) > 0 AND n0.`firstYear` IN $p17 AND (n0.`essentialElementsFolded` IS NULL OR NOT (size(n0.`essentialElementsFolded`) = 0)) AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p18
RETURN [n0.`aliases`, n0.`title`] }, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND $p22 * asin(sqrt(sin(radians(n0.`latitude` - $p19) / 2) * sin(radians(n0.`latitude` - $p19) / 2) + cos(radians($p19)) * cos(radians(n0.`latitude`)) * sin(radians(n0.`longitude` - $p20) / 2) * sin(radians(n0.`longitude` - $p20) / 2))) <= $p21 AND (n0.`latitude` IS NULL OR NOT ($p26 * asin(sqrt(sin(radians(n0.`latitude` - $p23) / 2) * sin(radians(n0.`latitude` - $p23) / 2) + cos(radians($p23)) * cos(radians(n0.`latitude`)) * sin(radians(n0.`longitude` - $p24) / 2) * sin(radians(n0.`longitude` - $p24) / 2))) <= $p25)) AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p27
WITH n0, n0 {.`name`} AS m0
RETURN [[n0.`latitude`, n0.`longitude`], m0.`name`] }, COLLECT {
MATCH (n0:`BarrierReport`)
WHERE n0.`status` = $p0 AND n0.`resolved` = $p28 AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p29
RETURN [n0.`category`, null] }, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND false AND false AND n0.`slug` IS NOT NULL
WITH n0 ORDER BY n0.`slug` LIMIT $p30
RETURN [n0.`slug`, null] }, null, [revision, null]] AS data
