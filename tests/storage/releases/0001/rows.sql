INSERT INTO observation (key, workspace, number, once, author, filed_at, filed_on, week, kind, theme, theme_set, text,
    proposal, area, sector, client_group, scale, status, receipt_channel, receipt_ts)
VALUES
    ('0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a10', 'T0RAPORTOI', '2025-K7QF', 'form:n-aino-1', 'U0AINO0001',
     '2025-02-11T08:15:30.000000Z', '2025-02-11', 202507, 'E', 'SHL11-02', 'SHL11-2023',
     'Asunnottomille nuorille ei löydy tukiasuntoja', 'Lisää tukiasuntoja', '853', 'ASU', 'nuoret', '6-20', 'uusi',
     'D0VANHA001', '1739261730.000100'),
    ('5f1d3c7e2b9a4e6f8c0d1a2b3c4d5e6f', 'T0RAPORTOI', '2025-M2WX', 'form:n-aino-2', 'U0AINO0001',
     '2025-02-25T13:40:00.000000Z', '2025-02-25', 202509, 'M', 'X-90', 'SHL11-2023',
     '', '', NULL, NULL, NULL, NULL, 'peruttu', NULL, NULL),
    ('c4a8e1f07d3b4b5a9e6f2c1d0b8a7f93', 'T0RAPORTOI', '2025-R9TB',
     'code:0146f0e8b2178eefd1ce82dffeb7d91f70f731b4599387c4a016ffe0b0448472', NULL, NULL, '2025-02-20', 202508, 'H',
     'X-99', 'SHL11-2023', 'Velkaneuvonnan jonot pitenevät', '', 'turku', NULL, NULL, NULL, 'uusi', NULL, NULL);

INSERT INTO person (workspace, "user", area)
VALUES
    ('T0RAPORTOI', 'U0AINO0001', '853'),
    ('T0RAPORTOI', 'U0CECILIA1', '445');

INSERT INTO term (workspace, vocabulary, version, code, parent, position, fi, sv, en)
VALUES
    ('T0RAPORTOI', 'kind', '1', 'E', '', 1, 'Rakenteellinen epäkohta', 'Strukturellt missförhållande', 'Structural problem'),
    ('T0RAPORTOI', 'theme', 'SHL11-2019', 'V-01', '', 1, 'Vanha teema', 'Gammalt tema', 'Old theme');
