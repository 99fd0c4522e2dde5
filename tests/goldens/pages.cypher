OPTIONAL MATCH (g:`Graph`)
WITH g.`revision` AS revision
WHERE revision IS NULL OR revision <> $seen
WITH revision, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` IS NOT NULL AND (n0.`population` <= $p3 AND (n0.`population` < $p3 OR (n0.`nameFolded` >= $p2 AND (n0.`nameFolded` > $p2 OR n0.`slug` > $p1))))
WITH n0 ORDER BY n0.`population` DESC, n0.`nameFolded`, n0.`slug` LIMIT $p4
RETURN [n0.`name`, n0.`nameFolded`, n0.`population`, n0.`slug`] } AS a0, COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` IS NOT NULL AND (n0.`population` <= $p14 AND (n0.`population` < $p14 OR (n0.`nameFolded` >= $p13 AND (n0.`nameFolded` > $p13 OR n0.`slug` > $p12))))
WITH n0 ORDER BY n0.`population` DESC, n0.`nameFolded`, n0.`slug` LIMIT $p15
RETURN [n0.`name`, null] } AS a1
RETURN [[a0 + CASE WHEN size(a0) < $p4 THEN COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` IS NULL
WITH n0 ORDER BY n0.`nameFolded`, n0.`slug` LIMIT $p4
RETURN [n0.`name`, n0.`nameFolded`, n0.`population`, n0.`slug`] }
ELSE [] END, EXISTS {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND (n0.`population` >= $p3 AND (n0.`population` > $p3 OR (n0.`nameFolded` <= $p2 AND (n0.`nameFolded` < $p2 OR n0.`slug` <= $p1)))) }], COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` IS NULL AND (n0.`nameFolded` >= $p6 AND (n0.`nameFolded` > $p6 OR n0.`slug` > $p5))
WITH n0 ORDER BY n0.`nameFolded`, n0.`slug` LIMIT $p7
RETURN [n0.`name`, null] }, [COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` IS NOT NULL AND (n0.`population` >= $p10 AND (n0.`population` > $p10 OR (n0.`nameFolded` <= $p9 AND (n0.`nameFolded` < $p9 OR n0.`slug` < $p8))))
WITH n0 ORDER BY n0.`population`, n0.`nameFolded` DESC, n0.`slug` DESC LIMIT $p11
RETURN [n0.`name`, null] }, EXISTS {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND (n0.`population` IS NULL OR n0.`population` < $p10 OR (n0.`population` = $p10 AND (n0.`nameFolded` >= $p9 AND (n0.`nameFolded` > $p9 OR n0.`slug` >= $p8)))) }], [a1 + CASE WHEN size(a1) < $p15 THEN COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`population` IS NULL AND (n0.`nameFolded` <= $p17 AND (n0.`nameFolded` < $p17 OR n0.`slug` < $p16))
WITH n0 ORDER BY n0.`nameFolded`, n0.`slug` LIMIT $p15
RETURN [n0.`name`, null] }
ELSE [] END, EXISTS {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND (n0.`population` IS NULL OR n0.`population` < $p14 OR (n0.`population` = $p14 AND (n0.`nameFolded` >= $p13 AND (n0.`nameFolded` > $p13 OR n0.`slug` > $p12)))) AND (n0.`population` IS NULL AND (n0.`nameFolded` >= $p17 AND (n0.`nameFolded` > $p17 OR n0.`slug` >= $p16))) }], COLLECT {
MATCH (n0:`City`)
WHERE n0.`status` = $p0 AND n0.`slug` > $p18
WITH n0 ORDER BY n0.`slug` LIMIT $p19
RETURN [n0.`name`, null] }, [COLLECT {
MATCH (n0:`Innovation`)
WHERE n0.`status` = $p0
WITH n0, CASE WHEN EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p21 AND n1.`kind` IN $p22 } THEN CASE WHEN ((COUNT {
MATCH (n0)<-[:`OF`]-(n1i:`Transfer`)-[:`REACHED`]->(n1:`City`)
WHERE n1i.`status` = $p0 AND n1i.`kind` IN $p24 AND n1i.`outcome` IN $p25 AND NOT (n1i.`degree` IN $p26) AND NOT (n1i.`claimLevel` = $p27) AND NOT EXISTS {
MATCH (n1i)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1i)
WHERE n2.`status` = $p0 } AND n1i.`outcome` = $p28 AND n1.`status` = $p0
RETURN DISTINCT n1 }) >= $p29 AND EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` = $p30 } AND EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p31 AND n1.`outcome` IN $p32 AND NOT (n1.`degree` IN $p33) AND NOT (n1.`claimLevel` = $p34) AND NOT EXISTS {
MATCH (n1)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1)
WHERE n2.`status` = $p0 } AND n1.`claimLevel` IN $p35 } AND (EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p36 AND n1.`comparisonGroup` = $p37 AND n1.`kind` IN $p38 } OR NOT EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND n1.`comparisonGroup` IS NOT NULL })) THEN $p39 WHEN (EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p40 AND n1.`outcome` IN $p41 AND NOT (n1.`degree` IN $p42) AND NOT (n1.`claimLevel` = $p43) AND NOT EXISTS {
MATCH (n1)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1)
WHERE n2.`status` = $p0 } AND n1.`claimLevel` IN $p44 } AND (EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p45 AND n1.`comparisonGroup` = $p46 AND n1.`kind` IN $p47 } OR NOT EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND n1.`comparisonGroup` IS NOT NULL })) THEN $p48 WHEN EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p49 AND n1.`comparisonGroup` = $p50 AND n1.`kind` IN $p51 } THEN $p52
ELSE $p23 END WHEN (EXISTS {
MATCH (n0)<-[:`ABOUT`]-(n1:`Lesson`)
WHERE n1.`status` = $p0 } OR EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND NOT (n1.`kind` = $p53) }) THEN $p54
ELSE $p20 END AS n0k0, COUNT {
MATCH (n0)<-[:`VARIANT_OF`]-(n1:`Innovation`)
WHERE n1.`status` = $p0 } AS n0k1
WHERE (n0k0 <= $p57 AND (n0k0 < $p57 OR (n0k1 >= $p56 AND (n0k1 > $p56 OR n0.`slug` > $p55))))
WITH n0, n0k0, n0k1 ORDER BY n0k0 DESC, n0k1, n0.`slug` LIMIT $p61
RETURN [n0k0, n0k1, [COLLECT {
MATCH (n0)<-[:`TESTS`]-(n1:`Pilot`)
WHERE n1.`status` = $p0
WITH n1, COUNT {
MATCH (n1)-[:`LOCATED_IN`]->(n2:`City`)
WHERE n2.`status` = $p0 } AS n1k0
WHERE (n1k0 >= $p59 AND (n1k0 > $p59 OR n1.`slug` < $p58))
WITH n1, n1k0 ORDER BY n1k0, n1.`slug` DESC LIMIT $p60
RETURN [n1k0, n1.`slug`] }, EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1:`Pilot`)
WHERE n1.`status` = $p0
WITH n1, COUNT {
MATCH (n1)-[:`LOCATED_IN`]->(n2:`City`)
WHERE n2.`status` = $p0 } AS n1k0
WHERE (n1k0 <= $p59 AND (n1k0 < $p59 OR n1.`slug` >= $p58))
RETURN n1 }], n0.`slug`, n0.`title`] }, EXISTS {
MATCH (n0:`Innovation`)
WHERE n0.`status` = $p0
WITH n0, CASE WHEN EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p21 AND n1.`kind` IN $p22 } THEN CASE WHEN ((COUNT {
MATCH (n0)<-[:`OF`]-(n1i:`Transfer`)-[:`REACHED`]->(n1:`City`)
WHERE n1i.`status` = $p0 AND n1i.`kind` IN $p24 AND n1i.`outcome` IN $p25 AND NOT (n1i.`degree` IN $p26) AND NOT (n1i.`claimLevel` = $p27) AND NOT EXISTS {
MATCH (n1i)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1i)
WHERE n2.`status` = $p0 } AND n1i.`outcome` = $p28 AND n1.`status` = $p0
RETURN DISTINCT n1 }) >= $p29 AND EXISTS {
MATCH (n0)<-[:`TESTS`]-(n1:`Pilot`)
WHERE n1.`status` = $p0 AND n1.`stage` = $p30 } AND EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p31 AND n1.`outcome` IN $p32 AND NOT (n1.`degree` IN $p33) AND NOT (n1.`claimLevel` = $p34) AND NOT EXISTS {
MATCH (n1)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1)
WHERE n2.`status` = $p0 } AND n1.`claimLevel` IN $p35 } AND (EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p36 AND n1.`comparisonGroup` = $p37 AND n1.`kind` IN $p38 } OR NOT EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND n1.`comparisonGroup` IS NOT NULL })) THEN $p39 WHEN (EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Transfer`)
WHERE n1.`status` = $p0 AND n1.`kind` IN $p40 AND n1.`outcome` IN $p41 AND NOT (n1.`degree` IN $p42) AND NOT (n1.`claimLevel` = $p43) AND NOT EXISTS {
MATCH (n1)-[:`REACHED`]->(n2:`City`)-[:`GAVE`]->(n1)
WHERE n2.`status` = $p0 } AND n1.`claimLevel` IN $p44 } AND (EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p45 AND n1.`comparisonGroup` = $p46 AND n1.`kind` IN $p47 } OR NOT EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND n1.`comparisonGroup` IS NOT NULL })) THEN $p48 WHEN EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND (n1.`year` - n1.`baselineYear`) > $p49 AND n1.`comparisonGroup` = $p50 AND n1.`kind` IN $p51 } THEN $p52
ELSE $p23 END WHEN (EXISTS {
MATCH (n0)<-[:`ABOUT`]-(n1:`Lesson`)
WHERE n1.`status` = $p0 } OR EXISTS {
MATCH (n0)<-[:`OF`]-(n1:`Observation`)
WHERE n1.`status` = $p0 AND NOT (n1.`kind` = $p53) }) THEN $p54
ELSE $p20 END AS n0k0, COUNT {
MATCH (n0)<-[:`VARIANT_OF`]-(n1:`Innovation`)
WHERE n1.`status` = $p0 } AS n0k1
WHERE (n0k0 >= $p57 AND (n0k0 > $p57 OR (n0k1 <= $p56 AND (n0k1 < $p56 OR n0.`slug` <= $p55))))
RETURN n0 }], null, [revision, null]] AS data
