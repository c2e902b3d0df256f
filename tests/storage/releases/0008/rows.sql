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

INSERT INTO person (workspace, "user", area, language, reminders, paused_until, absence_start, absence_end)
VALUES
    ('T0RAPORTOI', 'U0AINO0001', '853', NULL, true, NULL, NULL, NULL),
    ('T0RAPORTOI', 'U0CECILIA1', '445', 'sv', true, NULL, NULL, NULL),
    ('T0RAPORTOI', 'U0ILSE0001', NULL, NULL, false, NULL, NULL, NULL),
    ('T0RAPORTOI', 'U0JARI0001', NULL, 'fi', true, '2025-03-31', '2025-03-03', '2025-03-14');

INSERT INTO term (workspace, vocabulary, version, code, parent, position, fi, sv, en)
VALUES
    ('T0RAPORTOI', 'kind', '1', 'E', '', 1, 'Rakenteellinen epäkohta', 'Strukturellt missförhållande', 'Structural problem'),
    ('T0RAPORTOI', 'theme', 'SHL11-2019', 'V-01', '', 1, 'Vanha teema', 'Gammalt tema', 'Old theme');

INSERT INTO network (workspace, channel, language, reminder_cadence, reminder_weekday, reminder_time, reminder_place,
    digest_weekday, digest_time, min_group)
VALUES ('T0RAPORTOI', NULL, 'fi', 'monthly', 3, '13:00', 'private', 0, '08:00', 7);

INSERT INTO coordinator (workspace, "user") VALUES ('T0RAPORTOI', 'U0KOORD002');

INSERT INTO wording (workspace, kind, language, text)
VALUES ('T0RAPORTOI', 'report_reminder', 'sv', 'Har du märkt något som vi borde föra vidare?');

INSERT INTO run (workspace, kind, occurrence, due_at, expires_at, state)
VALUES
    ('T0RAPORTOI', 'reminder_rule', 'since', '2025-01-15T07:00:00.000000Z', '2025-01-15T07:00:00.000000Z', 'closed'),
    ('T0RAPORTOI', 'report_reminder', '2025-03-06', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z',
     'expanded');

INSERT INTO answered (workspace, occurrence, "user") VALUES ('T0RAPORTOI', '2025-03-06', 'U0KALLE001');

INSERT INTO delivery (key, workspace, kind, occurrence, recipient, channel, params, priority, state, not_before,
    expires_at, first_intent_at, lease_owner, lease_until, fence, attempts, verifies, ts, sent_at, evidence, error)
VALUES
    ('000000000000000000000000000000a1', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0AINO0001', NULL, '{}', 7,
     'pending', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL,
     NULL),
    ('000000000000000000000000000000a2', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0CECILIA1', NULL, '{}', 7,
     'pending', '2025-03-06T13:00:00.000000Z', '2025-03-10T15:00:00.000000Z', NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL,
     NULL),
    ('000000000000000000000000000000a3', 'T0RAPORTOI', 'reminder_tomorrow', '2025-03-06:2025-03-07', 'U0EINO0001', NULL,
     '{}', 6, 'pending', '2025-03-07T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', NULL, NULL, NULL, 0, 0, 0, NULL,
     NULL, NULL, NULL),
    ('000000000000000000000000000000b1', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0FIA00001', NULL, '{}', 7,
     'sending', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', '2025-03-06T11:00:20.000000Z',
     '0123456789abcdef', '2025-03-06T11:01:20.000000Z', 1, 1, 0, NULL, NULL, NULL, NULL),
    ('000000000000000000000000000000b2', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0GUN00001', NULL, '{}', 7,
     'sending', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', '2025-03-06T11:00:21.000000Z',
     '0123456789abcdef', '2025-03-06T11:01:21.000000Z', 1, 1, 0, NULL, NULL, NULL, NULL),
    ('000000000000000000000000000000c1', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0EINO0001', 'D0VANHA002', '{}',
     7, 'sent', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', '2025-03-06T11:00:10.000000Z',
     '0123456789abcdef', NULL, 2, 1, 0, '1741258810.000100', '2025-03-06T11:00:10.000100Z', 'reply', NULL),
    ('000000000000000000000000000000d1', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0ILSE0001', NULL, '{}', 7,
     'pending', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL,
     NULL),
    ('000000000000000000000000000000d2', 'T0RAPORTOI', 'report_reminder', '2025-03-06', 'U0KALLE001', NULL, '{}', 7,
     'pending', '2025-03-06T11:00:00.000000Z', '2025-03-10T15:00:00.000000Z', NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL,
     NULL);

INSERT INTO channel_gate (workspace, channel, free_at)
VALUES ('T0RAPORTOI', 'U0EINO0001', '2025-03-06T11:00:11.050000Z');

INSERT INTO rate_gate (workspace, method, tat, blocked_until)
VALUES ('T0RAPORTOI', 'chat.postMessage', '2025-03-06T11:00:23.000000Z', NULL);

UPDATE observation SET status = 'yhdistetty', phenomenon = 'aa00000000000000000000000000000a', noted_on = '2025-02-13',
    opened_on = '2025-02-12', version = 1, words_by = 'simplemma 1.0'
WHERE number = '2025-K7QF';

INSERT INTO phenomenon (key, workspace, number, once, title, text, theme, status, receiver, outcome, review_on, started_on,
    noted_on, due_on, version, published_on, words_by, stale)
VALUES ('aa00000000000000000000000000000a', 'T0RAPORTOI', 'I-AB23', 'form-1', 'Tukiasuntoja ei riitä',
    'Nuorille ei löydy tukiasuntoja.', 'SHL11-02', 'viety', 'HYTE-työryhmä', '', NULL, '2025-02-13', '2025-02-14',
    '2025-04-15', 2, '2025-02-14', 'simplemma 1.0', false);

INSERT INTO same (workspace, phenomenon, who, area)
VALUES ('T0RAPORTOI', 'aa00000000000000000000000000000a', '00ff00ff', '853');

INSERT INTO move (key, workspace, subject, step, what, on_day, actor, status, reason, receiver, review_on, words, phenomenon,
    told_in, read_on)
VALUES
    ('bb00000000000000000000000000000a', 'T0RAPORTOI', '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a10', 1, 'status', '2025-02-13',
     'U0KOORD002', 'yhdistetty', '', '', NULL, 'Kiitos, muutkin ovat huomanneet tämän.', 'aa00000000000000000000000000000a',
     'told-before', '2025-02-14'),
    ('bb00000000000000000000000000000b', 'T0RAPORTOI', 'aa00000000000000000000000000000a', 1, 'status', '2025-02-14',
     'U0KOORD002', 'viety', '', 'HYTE-työryhmä', NULL, '', NULL, NULL, NULL);

INSERT INTO audit (key, workspace, at, who, what, subject)
VALUES ('cc00000000000000000000000000000a', 'T0RAPORTOI', '2025-02-12T09:00:00.000000Z', 'U0KOORD002',
    'observation.opened', '2025-K7QF');

INSERT INTO word (workspace, lemma, part, day, subject)
VALUES ('T0RAPORTOI', 'tukiasunto', false, '2025-02-11', '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a10');

INSERT INTO meeting (key, workspace, once, title, starts_at, ends_at, place, link, deadline, capacity, agenda, status, version,
    changed_at, minutes, followed, line, changes, drawn, drawing_until)
VALUES ('dd00000000000000000000000000000a', 'T0RAPORTOI', 'form-2', 'Kevään verkostotapaaminen', '2025-03-20T10:00:00.000000Z',
    '2025-03-20T12:00:00.000000Z', 'Turku', '', '2025-03-13', 20, '', 'planned', 1, '2025-03-01T08:00:00.000000Z', '', '', 1, 2,
    2, NULL);

INSERT INTO rsvp (workspace, meeting, "user", answer, place, waits)
VALUES ('T0RAPORTOI', 'dd00000000000000000000000000000a', 'U0AINO0001', 'yes', 1, false);

INSERT INTO agenda_item (key, workspace, once, text, proposer, meeting, place)
VALUES ('ee00000000000000000000000000000a', 'T0RAPORTOI', 'command-1', 'Tukiasuntojen tilanne', 'U0AINO0001', NULL, 0);

INSERT INTO useful (workspace, meeting, who, answer)
VALUES ('T0RAPORTOI', 'dd00000000000000000000000000000b', '00ff00ff', 'yes');

INSERT INTO membership (workspace, named, channel, changes) VALUES ('T0RAPORTOI', 'keskustelu', 'C0KESKUST1', 1);

INSERT INTO handled (workspace, mark, on_day) VALUES ('T0RAPORTOI', '0123456789abcdef0123456789abcdef', '2025-03-01');

INSERT INTO erasure (workspace, number, language, channel, ts, version, author)
VALUES ('T0RAPORTOI', '2025-P8RM', 'fi', NULL, NULL, 3, 'U0AINO0001');

INSERT INTO hidden (key, workspace, number, until, "by", counted, status, text, proposal, author, filed_at, phenomenon, same_as,
    review_on, noted_on, due_on, receipt_channel, receipt_ts)
VALUES ('ff00000000000000000000000000000a', 'T0RAPORTOI', '2025-P8RM', '2025-03-02T09:00:00.000000Z', 'U0KOORD002', true,
    'kasittelyssa', 'Jonot ovat pidentyneet.', '', 'U0AINO0001', '2025-02-20T09:00:00.000000Z', NULL, NULL, NULL, '2025-02-21',
    '2025-04-22', NULL, NULL);

UPDATE phenomenon SET kind = 'E', proposal = 'Varha nimeää yhteyshenkilön.', addressee = 'county', actor = 'Asumispalvelut',
    deadline = 'Syksyllä 2025', statistics = 'Asunnottomat; Turku; 2024; 3,1; 2,4; Varke'
WHERE number = 'I-AB23';

UPDATE observation SET imported = true WHERE number = '2025-R9TB';

INSERT INTO published (workspace, first, version, last, floor, made_on, median_days)
VALUES ('T0RAPORTOI', '2024-04-01', 1, '2024-09-30', 7, '2024-10-07', 9);

INSERT INTO published_cell (workspace, first, version, attribute, name, codes, count)
VALUES ('T0RAPORTOI', '2024-04-01', 1, 'kind', 'E', 'E', 21);

INSERT INTO published_member (workspace, first, version, subject, codes)
VALUES ('T0RAPORTOI', '2024-04-01', 1, '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a10', '{"kind": "E"}');

INSERT INTO summary_words (workspace, first, language, subtitle, highlights, proposals, residents, residents_source, handled)
VALUES ('T0RAPORTOI', '2024-04-01', 'fi', 'Asuminen edellä', 'Tukiasuntoja puuttuu.', '', '', '', '');

INSERT INTO forgetting (key, workspace, "user", what, due_at, language, state, channel, ts)
VALUES ('ab00000000000000000000000000000a', 'T0RAPORTOI', 'U0JARI0001', 'author', '2025-03-07T09:00:00.000000Z', 'fi', 'waiting',
    NULL, NULL);

INSERT INTO departure (workspace, "user", on_day) VALUES ('T0RAPORTOI', 'U0LEA00001', '2025-01-20');

INSERT INTO clearing (key, workspace, "user", channel, ts, file, language, due_at)
VALUES ('ac00000000000000000000000000000a', 'T0RAPORTOI', 'U0AINO0001', 'D0VANHA001', '1741258811.000100', NULL, 'fi',
    '2025-03-13T09:00:00.000000Z');

UPDATE observation SET way = 'team', people = 4, chosen = '{"theme": "X-90"}', warned = true WHERE number = '2025-K7QF';

UPDATE phenomenon SET unchanged_on = '2025-03-04' WHERE number = 'I-AB23';

UPDATE person SET area_set = true WHERE "user" = 'U0AINO0001';

INSERT INTO hearing (workspace, "user", wanted, at) VALUES ('T0RAPORTOI', 'U0KOORD002', true, '09:00');

INSERT INTO news (workspace, "user", subject, told, seen)
VALUES ('T0RAPORTOI', 'U0KOORD002', '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a10', true, true);

INSERT INTO practice (key, workspace, number, author, name, what, benefits, challenges, regional, improve, example, support, unit,
    target, resources, evidence, link, area, theme, contact, said, version, started_on, published_on, stale, words_by)
VALUES ('ba00000000000000000000000000000a', 'T0RAPORTOI', 'T-K7QF', 'U0AINO0001', 'Kävelytapaaminen',
    'Tapaaminen pidetään kävellen, jos asiakas niin toivoo.', 'Puhe sujuu.', '', '', '', '', '', 'Turun aikuissosiaalityö', '', '',
    '', '', '853', 'X-90', true, 'Kiitos.', 2, '2025-01-15', '2025-02-20', false, '');

INSERT INTO practice_draft (key, workspace, number, author, name, what, benefits, challenges, regional, improve, example, support,
    unit, target, resources, evidence, link, area, theme, contact, said, once, state, step, changed_on)
VALUES ('ba00000000000000000000000000000b', 'T0RAPORTOI', 'T-R9TB', 'U0AINO0001', 'Kesken', 'Vasta ajatus.', '', '', '', '', '', '',
    '', '', '', '', '', NULL, NULL, true, '', 'form-3', 'draft', 1, '2025-03-02');

INSERT INTO practice_tried (workspace, practice, who, named, words)
VALUES ('T0RAPORTOI', 'ba00000000000000000000000000000a', '00ff00fe', 'U0EINO0001', 'Toimi meilläkin.');

INSERT INTO follower (workspace, phenomenon, "user")
SELECT 'T0RAPORTOI', key, 'U0EINO0001' FROM phenomenon WHERE number = 'I-AB23';

INSERT INTO changed (workspace, subject, who, answer, words, on_day)
SELECT 'T0RAPORTOI', key, '00ff00fd', 'no', 'Jono on yhtä pitkä.', '2025-03-04' FROM phenomenon WHERE number = 'I-AB23';

INSERT INTO handling (workspace, observation, "user")
VALUES ('T0RAPORTOI', '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a10', 'U0KOORD002');

UPDATE network SET second_language = 'sv', new_blocks = 'on';

UPDATE summary_words SET sender = 'Verkosto. Lisätietoja: verkosto@example.org' WHERE language = 'fi';

INSERT INTO published_cell (workspace, first, version, attribute, name, codes, count)
VALUES ('T0RAPORTOI', '2024-04-01', 1, 'within', 'yes', 'yes', 21), ('T0RAPORTOI', '2024-04-01', 1, 'forward', 'no', 'no', 21);

INSERT INTO published_member (workspace, first, version, subject, codes)
VALUES ('T0RAPORTOI', '2024-04-01', 1, '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a11', 'E|X-90|853|SOS|nuoret|2-5|handled|yes|no'),
    ('T0RAPORTOI', '2024-04-01', 1, '0b6e2f5d9a4c4f0e8d1a7c3b5e9f2a12', 'E|X-90|853|SOS|nuoret|2-5|forward|no|yes');

INSERT INTO practice_version (practice, version, workspace, number, author, name, what, benefits, challenges, regional, improve,
    example, support, unit, target, resources, evidence, link, area, theme, contact, said, published_on)
VALUES ('ba00000000000000000000000000000a', 1, 'T0RAPORTOI', 'T-K7QF', 'U0AINO0001', 'Kävelytapaaminen', 'Tapaaminen kävellen.', '',
    '', '', '', '', '', '', '', '', '', '', '853', 'X-90', true, '', '2025-01-20');
