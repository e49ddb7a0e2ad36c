/** The columns of `AuditedEntity`, for the tables that have them. */
export const audit = { created_at: 'time', updated_at: 'time', created_by_id: 'id', updated_by_id: 'id' } as const;
export const auditReferences = { created_by_id: { table: 'user' }, updated_by_id: { table: 'user' } } as const;
