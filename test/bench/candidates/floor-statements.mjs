/** Floor B's statements, written out: the cheapest that give the service's answers. */

const columns = `s.id, s.name, s.description, s.definition, o.id, o.name, p.id, p.name, p.asset_type, m.id, m.name, m.version,
  s.created_at, s.updated_at, cu.id, cu.full_name, cu.email, uu.id, uu.full_name, uu.email`;
const joins = `LEFT JOIN organization o ON o.id = s.organization_id LEFT JOIN project p ON p.id = s.project_id
  LEFT JOIN model m ON m.id = s.model_id LEFT JOIN user cu ON cu.id = s.created_by_id LEFT JOIN user uu ON uu.id = s.updated_by_id`;

const page = (where, order) => ({
  count: `SELECT COUNT(*) FROM segment s WHERE ${where}`,
  page: `SELECT ${columns} FROM (SELECT s.id AS id FROM segment s WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?) page
    LEFT JOIN segment s ON s.id = page.id ${joins} ORDER BY ${order}`,
});

const word = (column) => `INSTR(${column}, ?) > 0`;
const found = `(${[
  word('s.name_folded'),
  word('s.description_folded'),
  word('s.definition_folded'),
  `s.project_id IN (SELECT id FROM project WHERE ${word('name_folded')})`,
  `s.model_id IN (SELECT id FROM model WHERE ${word('name_folded')} OR ${word('version_folded')})`,
  `s.created_by_id IN (SELECT id FROM user WHERE ${word('full_name_folded')} OR ${word('email_folded')})`,
].join(' OR ')})`;

export const searchedColumns = 8;

export const statements = {
  one: `SELECT ${columns} FROM segment s ${joins} WHERE s.id = ? AND s.organization_id = ?`,
  all: page('s.organization_id = ?', 's.name, s.id'),
  ofModel: page('s.organization_id = ? AND s.model_id = ?', 's.name, s.id'),
  named: page('s.organization_id = ? AND s.model_id = ? AND s.name = ?', 's.name, s.id'),
  search: page(`s.organization_id = ? AND ${found}`, 's.name, s.id'),
  insert: `INSERT INTO segment (id, organization_id, project_id, model_id, name, name_folded, description, description_folded, definition,
    definition_folded, fingerprint, created_at, updated_at, created_by_id, updated_by_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
};
