-- What every installation begins with: the policies with the numbers of their clauses, meeting types, equipment.

INSERT INTO policy (id, name_zh, name_en, position) VALUES
  ('K', '客户接待会议管理制度', 'Rules for customer-reception meetings', 1),
  ('F', '客服的会议室管理制度', 'Rules for customer-service meetings and meeting rooms', 2),
  ('C', '公司默认规则', 'The company''s default rules', 3);

INSERT INTO policy_version (policy_id, version, effective_from, note)
SELECT id, 1, '2000-01-01Z', 'initial' FROM policy;

-- value: minutes unless the name says otherwise.
INSERT INTO policy_parameter (policy_version_id, name, value, clause)
SELECT v.id, p.name, p.value::jsonb, p.clause
FROM policy_version v
JOIN (VALUES
  ('K', 'booking.hold-before', '15', 'K-4.3.2'),
  ('F', 'booking.hold-before', '0', NULL),
  ('C', 'booking.hold-before', '0', NULL),
  ('*', 'booking.shortest', '5', NULL),
  ('*', 'booking.longest', '1440', NULL),
  ('*', 'booking.horizon-days', '365', NULL),
  ('*', 'booking.late-entry', '15', NULL),
  ('*', 'door.preparing', '15', 'K-4.3.2'),
  ('*', 'door.ending', '10', NULL),
  ('*', 'door.over-time', '15', NULL),
  ('*', 'door.book', '[15, 30, 45, 60]', NULL),
  ('*', 'door.longest', '120', NULL),
  ('*', 'door.extend', '[5, 15, 30]', NULL),
  ('*', 'door.undo-seconds', '10', NULL)
) AS p (policy_id, name, value, clause) ON p.policy_id IN (v.policy_id, '*');

INSERT INTO meeting_type (id, policy_id, name_zh, name_en, reception, level, priority, position) VALUES
  ('regular', NULL, '例会', 'Regular meeting', false, 'internal', 'normal', 1),
  ('ad-hoc', NULL, '临时会议', 'Ad-hoc meeting', false, 'internal', 'normal', 2),
  ('special-topic', NULL, '专题会', 'Special-topic meeting', false, 'internal', 'normal', 3),
  ('new-client', 'K', '新客户洽谈', 'New-client negotiation', true, 'confidential', 'important', 4),
  ('return-visit', 'K', '现有客户回访', 'Return visit', true, 'internal', 'normal', 5),
  ('key-account', 'K', '大客户接待', 'Key-account reception', true, 'confidential', 'important', 6),
  ('important-client', 'K', '重要客户沟通', 'Important-client communication', true, 'confidential', 'important', 7),
  ('interview', NULL, '面试', 'Interview', false, 'confidential', 'normal', 8),
  ('training', NULL, '培训', 'Training', false, 'internal', 'normal', 9),
  ('walk-up', NULL, '现场使用', 'Walk-up', false, 'internal', 'normal', 10);

INSERT INTO equipment (code, name_zh, name_en, position) VALUES
  ('projector', '投影仪', 'Projector', 1),
  ('screen', '显示屏', 'Screen', 2),
  ('whiteboard', '白板', 'Whiteboard', 3),
  ('phone', '电话会议系统', 'Conference phone', 4),
  ('video', '视频会议系统', 'Video conference', 5),
  ('sound', '音响', 'Sound', 6);
