/** Which index gives which order of segments: by scope, for `Scope.indexes`. */
type Orders = Readonly<Record<string, string>>;

const orders = (prefix: string): Orders => ({
  'name,id': `${prefix}_name`,
  '-name,id': `${prefix}_name_down`,
  'created_at,id': `${prefix}_created`,
  '-created_at,id': `${prefix}_created_down`,
});

export const ordersInOrganization = orders('ix_segment');
export const ordersInProject = orders('ix_segment_in_project');
/** Names are unique here, so one index gives both directions. */
export const ordersInModel: Orders = { ...orders('ix_segment_in_model'), name: 'uq_segment_name' };
